// Which reader a file name asks for.
import { stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { DataError } from '../errors.js';

/** How a file is read: by apache-arrow, or by this function of DuckDB. */
export type Reader = 'arrow' | 'read_csv' | 'read_parquet' | 'read_json';

const READERS: Readonly<Record<string, Reader>> = {
  '.arrow': 'arrow',
  '.feather': 'arrow',
  '.ipc': 'arrow',
  '.csv': 'read_csv',
  '.tsv': 'read_csv',
  '.parquet': 'read_parquet',
  '.pq': 'read_parquet',
  '.json': 'read_json',
  '.jsonl': 'read_json',
  '.ndjson': 'read_json',
};
/** Compressions that DuckDB undoes by itself for text. */
const COMPRESSED = ['.gz', '.zst'];

export interface DataFile {
  /** Absolute. */
  readonly path: string;
  readonly reader: Reader;
}

/**
 * Finds the file and its reader.
 *
 * @throws Node's own `ENOENT` when there is no such file, DataError for a directory or an unknown ending
 */
export async function openDataFile(path: string): Promise<DataFile> {
  const full = resolve(path);
  const facts = await stat(full);
  if (!facts.isFile()) throw new DataError(`${path}: expected a file, found a directory or a device`);
  const last = extname(full).toLowerCase();
  const inner = COMPRESSED.includes(last) ? extname(full.slice(0, -last.length)).toLowerCase() : last;
  const reader = READERS[inner];
  if (reader === undefined || (inner !== last && (reader === 'arrow' || reader === 'read_parquet'))) {
    throw new DataError(`${path}: cannot tell the format from the name`, {
      hint: `known endings: ${Object.keys(READERS).join(', ')}; text also with ${COMPRESSED.join(' or ')}`,
    });
  }
  return { path: full, reader };
}
