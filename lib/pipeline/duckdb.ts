// A DuckDB that may read one file and nothing else: opened, locked, and closed again.
import os from 'node:os';
import { ConfigError } from '../errors.js';
import { importDuckDB } from './import-duckdb.js';

/** The module, a peer that the user installs. */
export type DuckDB = typeof import('@duckdb/node-api');
export type Connection = InstanceType<DuckDB['DuckDBConnection']>;

/** In force from the start, before any file is named. */
const START = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  allow_persistent_secrets: 'false',
  enable_external_file_cache: 'false',
  temp_directory: '',
} as const;

/** Loads `@duckdb/node-api`; ConfigError with the install line when it is not there. */
export async function loadDuckDB(): Promise<DuckDB> {
  try {
    return await importDuckDB();
  } catch (cause) {
    throw new ConfigError(
      'CSV, Parquet and JSON files are read by the package @duckdb/node-api, which is not there',
      {
        hint: 'npm install @duckdb/node-api, or give an Arrow file',
        cause,
      },
    );
  }
}

/** `text` as a SQL string. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
/** `name` as a SQL identifier. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** An open database. */
export interface LockedDatabase {
  readonly connection: Connection;
  readonly duckdb: DuckDB;
  close(): void;
}

/**
 * Opens an in-memory database whose only reachable path is `path`: no other file, no network, no extension, and no way
 * to change that.
 */
export async function openLockedDatabase(path: string): Promise<LockedDatabase> {
  const duckdb = await loadDuckDB();
  const threads = String(os.availableParallelism());
  const instance = await duckdb.DuckDBInstance.create(':memory:', { ...START, threads });
  try {
    const connection = await instance.connect();
    const close = (): void => {
      connection.closeSync();
      instance.closeSync();
    };
    try {
      await connection.run(`SET allowed_paths = [${sqlText(path)}]`);
      await connection.run('SET enable_external_access = false');
      await connection.run('SET lock_configuration = true');
      return { connection, duckdb, close };
    } catch (error) {
      connection.closeSync();
      throw error;
    }
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

/** Runs `work` on such a database and closes it. */
export async function withLockedDatabase<T>(
  path: string,
  work: (connection: Connection, duckdb: DuckDB) => Promise<T>,
): Promise<T> {
  const { connection, duckdb, close } = await openLockedDatabase(path);
  try {
    return await work(connection, duckdb);
  } finally {
    close();
  }
}
