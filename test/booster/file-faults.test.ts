// Writing where it cannot be done, and being killed while it is done: the old file or the new one, and an error that
// names the path.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeFileAtomic } from '../../lib/files/atomic-file.js';
import { CheckpointStore } from '../../lib/model/checkpoint-store.js';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const compiled = mkdtempSync(join(tmpdir(), 'file-faults-writers-'));
const writers = join(compiled, 'writers.mjs');
const write = (...args: string[]) =>
  spawnSync(process.execPath, [here('./children/write-and-die.mjs'), writers, ...args], { encoding: 'utf8' });
const root = process.getuid?.() === 0;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const BIG = new Uint8Array(200_000).fill(7);

beforeAll(() => build({ input: here('./children/writers.ts'), platform: 'node', output: { file: writers } }));
afterAll(() => rmSync(compiled, { recursive: true }));

let folder: string;
const mounted: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-faults-'));
});
afterEach(() => {
  for (const path of mounted.splice(0)) execFileSync('umount', [path]);
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

/** Mounts a file system of 64 kB at a new folder; undefined where that is not allowed. */
function mountTiny(...options: string[]): string | undefined {
  const path = join(folder, 'disk');
  mkdirSync(path);
  const how = ['size=64k', ...options].join(',');
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', how, 'tmpfs', path]).status !== 0) return undefined;
  mounted.push(path);
  return path;
}

const STATE = {
  round: 1,
  library: '3.4.1',
  settings: {},
  data: {},
  history: {},
  stopping: null,
  config: '{}',
} as const;

describe('where a file cannot be written', () => {
  test('a full disk keeps the old model and names the path', async ({ skip }) => {
    const disk = mountTiny();
    if (disk === undefined) return skip('needs the right to mount a small file system');
    const path = join(disk, 'model.ubj');
    await writeFileAtomic(path, bytes('old'));
    await expect(writeFileAtomic(path, BIG)).rejects.toMatchObject({
      code: 'ENOSPC',
      path,
      message: expect.stringContaining(path),
    });
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(disk)).toEqual(['model.ubj']);
  });

  test('a full disk keeps the old checkpoint and names the new one', async ({ skip }) => {
    const disk = mountTiny();
    if (disk === undefined) return skip('needs the right to mount a small file system');
    const store = new CheckpointStore(disk);
    await store.write(STATE, bytes('model'), []);
    await expect(store.write({ ...STATE, round: 2 }, BIG, [1])).rejects.toMatchObject({
      code: 'ENOSPC',
      message: expect.stringContaining('round-000002'),
    });
    expect(await store.rounds()).toEqual([1]);
    expect((await store.read(1)).model).toEqual(Buffer.from('model'));
    expect(readdirSync(disk)).toEqual(['round-000001']);
  });

  test('a file system that is read only', async ({ skip }) => {
    const disk = mountTiny('ro');
    if (disk === undefined) return skip('needs the right to mount a small file system');
    const path = join(disk, 'model.ubj');
    await expect(writeFileAtomic(path, bytes('x'))).rejects.toMatchObject({ code: 'EROFS', path });
    await expect(new CheckpointStore(disk).write(STATE, bytes('x'), [])).rejects.toMatchObject({
      code: 'EROFS',
    });
  });

  test('a folder that may not be written', async ({ skip }) => {
    skip(root, 'root may write everywhere');
    writeFileSync(join(folder, 'model.ubj'), 'old');
    chmodSync(folder, 0o500);
    const path = join(folder, 'model.ubj');
    await expect(writeFileAtomic(path, bytes('x'))).rejects.toMatchObject({ code: 'EACCES', path });
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  test.each(['/dev/full', '/dev/null'])('a link to %s is refused, and the device stays', async (device) => {
    const path = join(folder, 'model.ubj');
    symlinkSync(device, path);
    await expect(writeFileAtomic(path, bytes('x'))).rejects.toMatchObject({ code: 'EINVAL', path });
    expect(spawnSync('test', ['-c', device]).status).toBe(0);
  });

  test('a link that goes round in circles', async () => {
    const path = join(folder, 'model.ubj');
    symlinkSync(path, path);
    await expect(writeFileAtomic(path, bytes('x'))).rejects.toMatchObject({ code: 'ELOOP', path });
  });

  test('no file can be opened any more', () => {
    const path = join(folder, 'model.ubj');
    writeFileSync(path, 'old');
    const result = write(path, 'no-files');
    expect(JSON.parse(result.stdout)).toMatchObject({ code: 'EMFILE', path });
    expect(readFileSync(path, 'utf8')).toBe('old');
  });
});

describe('killed in the middle', () => {
  test.each([
    ['open', 'old'],
    ['write', 'old'],
    ['chmod', 'old'],
    ['sync', 'old'],
    ['close', 'old'],
    ['rename', 'new'],
    ['sync-folder', 'new'],
  ])('after %s the file is the %s one', (point, content) => {
    const path = join(folder, 'model.ubj');
    writeFileSync(path, 'old');
    const result = write(path, point);
    expect(result.signal).toBe('SIGKILL');
    expect(readFileSync(path, 'utf8')).toBe(content);
    // What a killed writer leaves is never in the way of the next one.
    const next = write(path, 'never');
    expect({ status: next.status, content: readFileSync(path, 'utf8') }).toEqual({
      status: 0,
      content: 'new',
    });
  });

  test.each(['mkdtemp', 'open', 'write', 'sync', 'close', 'sync-folder', 'rename'])(
    'after %s a checkpoint that loads is there',
    async (point) => {
      const store = new CheckpointStore(folder);
      await store.write(STATE, bytes('old'), []);
      const result = write(folder, point, 'checkpoint');
      expect(result.signal).toBe('SIGKILL');
      const [newest] = await store.rounds();
      const { state, model } = await store.read(newest ?? 0);
      expect(model).toEqual(Buffer.from(state.round === 1 ? 'old' : 'new'));
      await store.sweep();
      expect(readdirSync(folder).every((name) => /^round-\d+$/.test(name))).toBe(true);
      expect(existsSync(store.folder(state.round))).toBe(true);
    },
  );
});
