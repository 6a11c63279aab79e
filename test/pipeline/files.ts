// Small data files of every format, made with DuckDB or apache-arrow in a folder of the test's own.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Table, tableToIPC } from 'apache-arrow';

/** A folder that `remove` deletes. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'pipeline-'));

  /** The full path of `name` in the folder. */
  at(name: string): string {
    return join(this.path, name);
  }

  text(name: string, content: string): string {
    writeFileSync(this.at(name), content);
    return this.at(name);
  }

  arrow(name: string, table: Table, format: 'file' | 'stream' = 'file'): string {
    writeFileSync(this.at(name), tableToIPC(table, format));
    return this.at(name);
  }

  /** Writes what `select` gives, by DuckDB; the format follows the ending. */
  async sql(name: string, select: string): Promise<string> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (${select}) TO '${this.at(name).replaceAll("'", "''")}'`);
    connection.closeSync();
    instance.closeSync();
    return this.at(name);
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

/** A column as plain values, whatever its Arrow type. */
export function columnOf(table: Table, name: string): unknown[] {
  const vector = table.getChild(name);
  if (vector === null) throw new Error(`no column ${name}`);
  return Array.from(vector, (value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
}

/** The Arrow type of a column as text. */
export function typeOf(table: Table, name: string): string {
  return String(table.getChild(name)?.type);
}
