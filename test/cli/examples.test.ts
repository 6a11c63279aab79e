// The examples run as they are, on small data.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { XGBoostGPUModel } from '../../lib/model/xgboost-model.js';
import { Folder } from '../pipeline/files.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = new Folder();
// Inside the package, so that `xgboost-gpu` in an example is the package itself.
mkdirSync(join(root, 'build'), { recursive: true });
const inside = mkdtempSync(join(root, 'build', 'examples-'));
afterAll(async () => {
  rmSync(inside, { recursive: true, force: true });
  await folder.remove();
});

const run = (file: string, ...args: string[]) =>
  spawnSync(process.execPath, [file, ...args], { cwd: folder.path, encoding: 'utf8', timeout: 55_000 });

describe('examples/flights', () => {
  it('learns, saves, reloads and tests by time', async () => {
    const all = join(root, 'node_modules/vega-datasets/data/flights-3m.parquet');
    const some = `SELECT * EXCLUDE n FROM (SELECT *, row_number() OVER () AS n FROM '${all}') WHERE n % 60 = 0`;
    const file = await folder.sql('flights.parquet', `${some} ORDER BY n`);
    const { status, stdout, stderr } = run(join(root, 'examples/flights/main.mjs'), file);
    expect(stderr).not.toMatch(/Error/);
    expect(stdout).toMatch(/read 40,000 flights and 10,000 flights for validation/);
    expect(stdout).toMatch(/saved to .*best_model\.ubj, reloaded: the same 10,000 flights/);
    expect(stdout).toMatch(/on 8,\d+ flights: AUC 0\.[5-9]/);
    expect(status).toBe(0);
  });
});

describe('examples/train.ts', () => {
  it('runs', () => {
    const source = readFileSync(join(root, 'examples/train.ts'), 'utf8');
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    });
    writeFileSync(join(inside, 'train.mjs'), outputText);
    const { status, stdout, stderr } = run(join(inside, 'train.mjs'));
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\d+ rounds, test RMSE \d+\.\d → \d+\.\d+\n80 m²: \d+ in Oslo, \d+ in Bergen\n$/);
    expect(status).toBe(0);
  });
});

describe('examples/serve.mjs', () => {
  const columns = {
    age: Float32Array.from({ length: 200 }, (_, i) => i % 80),
    city: Array.from({ length: 200 }, (_, i) => ['Oslo', 'Bergen'][i % 2] ?? null),
  };
  const labels = Array.from(columns.age, (age) => (age > 40 ? 'yes' : 'no'));

  it('answers with probabilities, and tells clients what they did wrong', async () => {
    const path = folder.at('model.ubj');
    using model = new XGBoostGPUModel({ training: { epochs: 5 } }, 'cpu');
    await model.train(columns, labels);
    await model.save(path);
    const server = spawn(process.execPath, [join(root, 'examples/serve.mjs'), path, '0'], {
      timeout: 55_000,
    });
    try {
      const address = await listening(server);
      const ask = (body: string) => fetch(`${address}/predict`, { method: 'POST', body });
      const good = await ask(JSON.stringify([{ age: 70, city: 'Oslo' }, { age: 3 }]));
      expect(good.status).toBe(200);
      const rows: unknown = await good.json();
      expect(rows).toEqual([expect.objectContaining({ yes: expect.any(Number) }), expect.anything()]);
      const { values } = await model.predictProba({ age: Float32Array.of(70, 3), city: ['Oslo', null] });
      expect(rows).toEqual([0, 1].map((row) => ({ no: values[2 * row], yes: values[2 * row + 1] })));
      for (const bad of [
        'nonsense',
        '[]',
        '[{"age": "old", "city": "Oslo"}]',
        '[{"age": 1, "city": "Rome"}]',
      ]) {
        const refused = await ask(bad);
        expect(refused.status, bad).toBe(400);
        expect(await refused.json()).toHaveProperty('error');
      }
      expect((await fetch(`${address}/healthz`)).status).toBe(200);
      expect((await fetch(`${address}/`)).status).toBe(404);
    } finally {
      server.kill('SIGTERM');
      const [code] = await once(server, 'close');
      expect(code).toBe(0);
    }
  });
});

/** Resolves to the address once the server says that it listens. */
async function listening(server: ChildProcess): Promise<string> {
  let said = '';
  for await (const text of server.stderr ?? []) {
    said += String(text);
    const port = /listening on port (\d+)/.exec(said)?.[1];
    if (port !== undefined) return `http://127.0.0.1:${port}`;
  }
  throw new Error(`the server ended: ${said}`);
}
