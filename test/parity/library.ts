// The libxgboost that this package runs, by its content.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** SHA-256 of the library file that `buildInfo()` names. */
export function libraryHash({ path }: { path: string }): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
