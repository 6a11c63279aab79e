// examples/serve, as it is: answers, refusals, a full queue, and an end that loses nothing.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CompiledForest } from '../../lib/predict.js';
import { categorical } from './support.js';

const main = fileURLToPath(new URL('../../examples/serve/main.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'serve-'));
const model = join(folder, 'model.ubj');
let forest: CompiledForest;

beforeAll(async () => {
  const booster = await categorical();
  await booster.save(model);
  forest = await CompiledForest.load(model);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Served {
  readonly process: ChildProcess;
  readonly address: string;
}

async function serve(...options: string[]): Promise<Served> {
  const server = spawn(process.execPath, [main, model, '0', ...options], { timeout: 55_000 });
  let said = '';
  for await (const text of server.stderr ?? []) {
    said += String(text);
    const port = /listening on port (\d+)/.exec(said)?.[1];
    if (port !== undefined) return { process: server, address: `http://127.0.0.1:${port}` };
  }
  throw new Error(`the server ended: ${said}`);
}

async function end({ process: server }: Served): Promise<unknown> {
  const closed = once(server, 'close');
  server.kill('SIGTERM');
  return (await closed)[0];
}

const ask = (served: Served, body: unknown) =>
  fetch(`${served.address}/predict`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const rows = Array.from({ length: 60 }, (_, i) => ({
  age: i,
  city: ['Oslo', 'Molde', 'Rome'][i % 3],
  member: i > 9,
}));
/** What the server must answer, as JSON carries it. */
function expected(): number[] {
  const encoder = forest.rowEncoder({ unknownCategory: 'missing' });
  return rows.map((row) => forest.predictRow(encoder.encode(row)));
}

describe.each([[[]], [['--no-batching']]])('examples/serve %j', (options) => {
  it('answers many clients at once, and tells them what they did wrong', async () => {
    const served = await serve(...options);
    const answers = await Promise.all(rows.map(async (row) => (await ask(served, row)).json()));
    expect(answers).toEqual(expected());
    expect(await (await ask(served, rows)).json()).toEqual(expected());
    expect(await (await ask(served, [[30, 1, 0]])).json()).toEqual([
      forest.predictRow(Float32Array.of(30, 1, 0)),
    ]);
    for (const bad of [
      'nonsense',
      'null',
      '3',
      [1, 2],
      { age: 'old' },
      { town: 'Oslo' },
      [{ age: 3 }, null],
    ]) {
      const refused = await ask(served, bad);
      expect(refused.status, JSON.stringify(bad)).toBe(400);
      expect(await refused.json()).toHaveProperty('error');
    }
    const health = await fetch(`${served.address}/healthz`);
    expect([health.status, await health.json()]).toMatchObject([
      200,
      { features: ['age', 'city', 'member'] },
    ]);
    expect((await fetch(`${served.address}/`)).status).toBe(404);
    expect(await end(served)).toBe(0);
  });
});

describe('examples/serve', () => {
  it('refuses what does not fit into its queue, and goes on', async () => {
    const served = await serve('--queue', '50');
    const refused = await ask(served, rows);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    await refused.text();
    expect(await (await ask(served, rows.slice(0, 50))).json()).toEqual(expected().slice(0, 50));
    expect(await end(served)).toBe(0);
  });

  it('answers what it has begun before it ends', async () => {
    const served = await serve();
    const stopped = once(served.process, 'close');
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(new TextEncoder().encode('['));
        // The server has this request once it answers another one on its own connection.
        await (await fetch(`${served.address}/healthz`)).text();
        served.process.kill('SIGTERM');
        while ((await fetch(`${served.address}/healthz`).catch(() => undefined)) !== undefined);
        controller.enqueue(new TextEncoder().encode(JSON.stringify(rows).slice(1)));
        controller.close();
      },
    });
    const request: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' };
    const answer = await fetch(`${served.address}/predict`, request);
    expect(await answer.json()).toEqual(expected());
    expect((await stopped)[0]).toBe(0);
  });
});
