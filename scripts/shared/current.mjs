// What needs no building again.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

function modified(path) {
  return statSync(path).mtimeMs;
}

/** Whether an addon is newer than everything it is made of, `more` included. Folders count: a removed file changes them. */
export function isCurrent(addon, more = []) {
  if (!existsSync(addon)) return false;
  const native = join(root, 'native');
  const sources = readdirSync(native, { recursive: true }).map((name) => join(native, name));
  const built = modified(addon);
  return [native, ...sources, join(root, 'CMakeLists.txt'), ...more].every((path) => modified(path) <= built);
}
