// Puts a folder in the place of another in one step, so that an interruption leaves nothing half done.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Whether `replaceFolder` has made `folder` from what has this SHA-256. */
export function isStamped(folder, sha256) {
  const stamp = join(folder, 'sha256');
  return existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === sha256;
}

/**
 * @param sha256 of what the folder is made of; written into it last
 * @param fill gets an empty folder for its own use, and the one to fill; both lie beside `folder`, so the last step is a rename
 */
export async function replaceFolder(folder, sha256, fill) {
  mkdirSync(dirname(folder), { recursive: true });
  const work = mkdtempSync(join(dirname(folder), '.fetch-'));
  try {
    const filled = join(work, 'unpacked');
    await fill(work, filled);
    writeFileSync(join(filled, 'sha256'), `${sha256}\n`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(filled, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
