// Bounds in DataPipeline: columns of their own, of which a missing upper one was not seen.
import { afterAll, expect, test } from 'vitest';
import { ConfigError, DMatrix } from '../../lib/index.js';
import { DataPipeline } from '../../lib/pipeline/pipeline.js';
import { columnOf, Folder } from '../pipeline/files.js';

const folder = new Folder();
afterAll(() => folder.remove());

const config = {
  task: 'survival',
  data: { label_lower_column: 'lo', label_upper_column: 'hi', validation_split: 0.25 },
} as const;
const rows = 'FROM (VALUES (1, 2::BIGINT, 3.5), (2, 4, NULL), (3, 5, 5), (4, 6, NULL)) AS t(age, lo, hi)';

test('train, evaluate and predict: bounds are numbers without a gap, and no features', async () => {
  const path = await folder.sql('bounds.parquet', `SELECT * ${rows}`);
  const pipeline = new DataPipeline(config, 'cpu');
  const data = await pipeline.run(path, 'train');
  expect(data).toMatchObject({ lowerBound: 'lo', upperBound: 'hi', features: ['age'] });
  expect(data.target).toBeUndefined();
  expect(data.train.numRows + (data.validation?.numRows ?? 0)).toBe(4);
  const { table } = await pipeline.run(path, 'evaluate');
  expect(columnOf(table, 'lo')).toEqual([2, 4, 5, 6]);
  expect(columnOf(table, 'hi')).toEqual([3.5, Number.POSITIVE_INFINITY, 5, Number.POSITIVE_INFINITY]);
  expect((await pipeline.run(path, 'predict')).table.schema.fields.map(({ name }) => name)).toEqual(['age']);
});

test('evaluate with a target looks at that column alone', async () => {
  const path = await folder.sql('target.parquet', 'SELECT 1 AS age, -3.5 AS t UNION ALL SELECT 2, 4');
  const pipeline = new DataPipeline({ ...config, data: { ...config.data, features: ['age'] } }, 'cpu');
  const data = await pipeline.run(path, 'evaluate', { target: 't' });
  expect(data).toMatchObject({ target: 't', features: ['age'] });
  expect(data.lowerBound).toBeUndefined();
});

test('batches have them too', async () => {
  const path = await folder.sql('batches.parquet', `SELECT * ${rows}`);
  const { batches, lowerBound, upperBound } = new DataPipeline(config, 'cpu').batches(path);
  using matrix = await DMatrix.from(batches, { labelLowerBound: lowerBound, labelUpperBound: upperBound });
  expect(matrix.featureNames).toEqual(['age']);
  expect([...matrix.labelUpperBound]).toEqual([3.5, Number.POSITIVE_INFINITY, 5, Number.POSITIVE_INFINITY]);
});

test('a lower bound is there in every row, and something has to be learned', async () => {
  const path = await folder.sql('holes.parquet', 'SELECT 1 AS age, NULL::DOUBLE AS lo, 3.5 AS hi');
  await expect(new DataPipeline(config, 'cpu').run(path, 'train')).rejects.toThrow(
    "data.label_lower_column: column 'lo' is missing in 1 of 1 rows",
  );
  await expect(new DataPipeline({ task: 'survival' }, 'cpu').run(path, 'train')).rejects.toThrow(ConfigError);
});
