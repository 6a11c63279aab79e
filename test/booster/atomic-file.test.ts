// Atomic writing: the old file or the new one, and nothing left behind.
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileAtomic } from '../../lib/files/atomic-file.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atomic-'));
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('writeFileAtomic', () => {
  it('writes and replaces, leaving no temporary file', async () => {
    const path = join(folder, 'model.ubj');
    await writeFileAtomic(path, bytes('old'));
    await writeFileAtomic(path, bytes('new content'));
    expect(await readFile(path, 'utf8')).toBe('new content');
    expect(await readdir(folder)).toEqual(['model.ubj']);
  });

  it('keeps the rights of an existing file', async () => {
    const path = join(folder, 'model.ubj');
    await writeFile(path, 'old');
    await chmod(path, 0o640);
    await writeFileAtomic(path, bytes('new'));
    expect((await stat(path)).mode & 0o777).toBe(0o640);
  });

  it('follows a link to the real file', async () => {
    await mkdir(join(folder, 'real'));
    await writeFile(join(folder, 'real', 'model.ubj'), 'old');
    await symlink(join('real', 'model.ubj'), join(folder, 'link.ubj'));
    await writeFileAtomic(join(folder, 'link.ubj'), bytes('new'));
    expect(await readFile(join(folder, 'real', 'model.ubj'), 'utf8')).toBe('new');
    expect(await readdir(join(folder, 'real'))).toEqual(['model.ubj']);
  });

  it('names the path and keeps the code when the folder is missing', async () => {
    const path = join(folder, 'nowhere', 'model.ubj');
    await expect(writeFileAtomic(path, bytes('x'))).rejects.toMatchObject({
      code: 'ENOENT',
      path,
      message: expect.stringContaining(`cannot write '${path}'`),
    });
  });

  it('leaves a folder in the way alone', async () => {
    const path = join(folder, 'model.ubj');
    await mkdir(path);
    await expect(writeFileAtomic(path, bytes('x'))).rejects.toMatchObject({ path });
    expect(await readdir(folder)).toEqual(['model.ubj']);
  });

  it('takes the longest name the file system takes', async () => {
    const path = join(folder, `${'m'.repeat(251)}.ubj`);
    await writeFileAtomic(path, bytes('x'));
    expect(await readFile(path, 'utf8')).toBe('x');
    const longer = join(folder, `${'m'.repeat(252)}.ubj`);
    await expect(writeFileAtomic(longer, bytes('x'))).rejects.toMatchObject({
      code: 'ENAMETOOLONG',
      path: longer,
    });
  });
});
