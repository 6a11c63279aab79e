// docs/first-minutes.md as a newcomer follows it: the two programs, in JavaScript and in TypeScript, and a request.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'first-minutes.md'), 'utf8');
const [train = '', serve = ''] = [...page.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
const [, tsconfig = ''] = /^```json\n([\s\S]*?)^```$/m.exec(page) ?? [];
const [, question = ''] = /curl \S+ -d '(.*)'/.exec(page) ?? [];
let project: string;

beforeAll(() => {
  mkdirSync(join(root, 'build'), { recursive: true });
  project = mkdtempSync(join(root, 'build', 'first-minutes-'));
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(root, join(project, 'node_modules', 'xgboost-gpu'));
  for (const name of ['vega-datasets', '@types'])
    symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(project, 'tsconfig.json'), tsconfig);
  for (const extension of ['js', 'ts']) {
    const folder = extension === 'js' ? project : join(project, 'source');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `train.${extension}`), train);
    writeFileSync(join(folder, `serve.${extension}`), serve);
  }
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });

/** Trains, serves and asks, with programs in `folder`. */
async function follow(folder: string): Promise<void> {
  const trained = run(join(folder, 'train.js'));
  expect(trained.status, trained.stderr).toBe(0);
  const [, accuracy] = /accuracy: ([\d.]+)/.exec(trained.stdout) ?? [];
  expect(Number(accuracy)).toBeGreaterThan(0.95);

  const server = spawn(process.execPath, [join(folder, 'serve.js')], {
    cwd: project,
    env: { ...process.env, PORT: '0' },
  });
  try {
    const [said] = await once(server.stdout, 'data');
    const [, port] = /port: (\d+)/.exec(String(said)) ?? [];
    const ask = (body: string) => fetch(`http://127.0.0.1:${port}`, { method: 'POST', body });
    const answer = Object(await (await ask(question)).json());
    expect(answer.Gentoo).toBeGreaterThan(0.9);
    expect((await ask('{')).status).toBe(400);
  } finally {
    server.kill();
    await once(server, 'exit');
  }
}

test('in JavaScript', () => follow(project));

test('in TypeScript', async () => {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const compiled = run(compiler, '--rootDir', 'source');
  expect(compiled.stdout).toBe('');
  await follow(join(project, 'dist'));
});
