// Writes a file so that readers, and a crash at any moment, see the old content or the new one, never a part.

import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf, messageOf } from '../realm.js';

/** A failed write names the file the caller asked for, not the temporary one, and keeps Node's error code. */
export class WriteError extends Error {
  readonly code: string | undefined;
  readonly path: string;

  constructor(path: string, cause: unknown) {
    const reason = messageOf(cause);
    super(`cannot write '${path}': ${reason}`, { cause });
    this.code = codeOf(cause);
    this.path = path;
  }
}

/** Nothing but a file is replaced: a rename would put a file in the place of a device such as /dev/null. */
function checkFile(info: Stats): void {
  if (info.isFile()) return;
  const code = info.isDirectory() ? 'EISDIR' : 'EINVAL';
  throw Object.assign(new Error(`${code}: ${info.isDirectory() ? 'it is a folder' : 'it is not a file'}`), {
    code,
  });
}

/** A link is followed, as an ordinary write would; a new file has no real path yet. */
async function targetOf(path: string): Promise<{ target: string; mode: number }> {
  try {
    const target = await realpath(path);
    const info = await stat(target);
    checkFile(info);
    return { target, mode: info.mode & 0o777 };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return { target: path, mode: 0o666 & ~process.umask() };
    }
    throw error;
  }
}

/** Gives the finished file its rights and flushes it to the disk. */
async function seal(file: FileHandle, mode: number): Promise<void> {
  try {
    await file.chmod(mode);
    await file.sync();
  } finally {
    // A full disk may be reported only here.
    await file.close();
  }
}

/** A new file or a rename is durable only once its folder is; Windows cannot open folders and needs no such step. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function replace(
  path: string,
  write: (file: FileHandle, temporary: string) => Promise<void>,
): Promise<void> {
  const { target, mode } = await targetOf(path);
  const folder = dirname(target);
  // Not derived from the whole name: that could grow beyond the longest name the file system takes.
  const temporary = join(folder, `.${basename(target).slice(0, 40)}.${randomBytes(6).toString('hex')}.tmp`);
  const file = await open(temporary, 'wx', 0o600);
  try {
    try {
      await write(file, temporary);
    } catch (error) {
      await file.close();
      throw error;
    }
    await seal(file, mode);
    await rename(temporary, target);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}

/**
 * Replaces the file at `path` with what `write` puts into the temporary file whose path it gets, atomically and
 * durably: the temporary file, in the same folder and readable by its owner only, is flushed to the disk and renamed,
 * then the folder is flushed. On any error the old file is untouched.
 *
 * @throws an Error with Node's `code` (`ENOENT`, `EACCES`, `ENOSPC`, ...) whose message and `path` name `path`
 */
export async function replaceFile(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  try {
    await replace(path, async (_, temporary) => await write(temporary));
  } catch (error) {
    throw new WriteError(path, error);
  }
}

/** {@link replaceFile} with `bytes`. */
export async function writeFileAtomic(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await replace(path, async (file) => await file.writeFile(bytes));
  } catch (error) {
    throw new WriteError(path, error);
  }
}
