// Reads the benchmark's Arrow files.
import { readFileSync } from 'node:fs';
import { tableFromIPC } from 'apache-arrow';

/** The Arrow file, read into memory as a whole. */
export function readTable(path) {
  return tableFromIPC(readFileSync(path));
}
