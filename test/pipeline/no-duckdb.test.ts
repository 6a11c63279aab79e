// Without the optional peer: Arrow files still work, the others say what to install.
import { Table, vectorFromArray } from 'apache-arrow';
import { afterAll, expect, it, vi } from 'vitest';
import { ConfigError } from '../../lib/errors.js';
import { DataPipeline } from '../../lib/pipeline/pipeline.js';
import { columnOf, Folder } from './files.js';

vi.mock('../../lib/pipeline/import-duckdb.js', () => ({
  importDuckDB: () => Promise.reject(new Error("Cannot find package '@duckdb/node-api'")),
}));

const folder = new Folder();
afterAll(() => folder.remove());

it('asks for the package', async () => {
  const run = new DataPipeline({}).run(folder.text('a.csv', 'a\n1\n'), 'predict');
  await expect(run).rejects.toBeInstanceOf(ConfigError);
  await expect(run).rejects.toThrow(/npm install @duckdb\/node-api/);
});

it('reads Arrow files', async () => {
  const path = folder.arrow('a.arrow', new Table({ a: vectorFromArray(Float32Array.of(1, 2)) }));
  expect(columnOf((await new DataPipeline({}).run(path, 'predict')).table, 'a')).toEqual([1, 2]);
});
