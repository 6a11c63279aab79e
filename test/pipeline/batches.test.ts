// Files in batches: what is trained on them is what is trained on the whole.
import { afterAll, describe, expect, it } from 'vitest';
import {
  ConfigError,
  DataError,
  DataPipeline,
  DMatrix,
  ExtMemQuantileDMatrix,
  NotSupportedError,
  QuantileDMatrix,
  train,
} from '../../lib/index.js';
import { Folder } from './files.js';

const folder = new Folder();
afterAll(() => folder.remove());

const ROWS = 10_000;
const select = `SELECT (i * 7919 % 1000) / 8.0 AS a, CASE WHEN i % 11 = 0 THEN NULL ELSE i % 17 END AS b,
  ['Oslo', 'Rome', 'Bonn', 'Lima', 'Kyiv'][1 + (i // 2000 + i % 2) % 5] AS city, i % 3 = 0 AS odd,
  i % 5 + (i * 7919 % 1000) / 1000.0 AS y, 1 + i % 4 AS w FROM range(${ROWS}) t(i)`;
const pipeline = (data: object = {}) =>
  new DataPipeline({ data: { validation_split: 0, ...data }, model: { target_column: 'y' } }, 'cpu');

describe.each(['parquet', 'csv'])('a %s file', (format) => {
  it('gives the same data and model in batches as in one piece', async () => {
    const path = await folder.sql(`data.${format}`, select);
    const whole = await pipeline({ weight_column: 'w' }).run(path, 'train');
    const { batches, target, weight } = pipeline({ weight_column: 'w' }).batches(path, { rows: 2048 });
    expect([target, weight]).toEqual(['y', 'w']);
    const options = { label: 'y', weight: 'w', nthread: 1 };
    using one = await QuantileDMatrix.from(whole.train, options);
    using bins = await QuantileDMatrix.from(batches, options);
    using onDisk = await ExtMemQuantileDMatrix.from(batches, options);
    using numbers = await DMatrix.from(batches, options);
    const models = [];
    for (const matrix of [one, bins, onDisk, numbers]) {
      expect([matrix.numRow, matrix.featureNames, matrix.featureTypes]).toEqual([
        ROWS,
        ['a', 'b', 'city', 'odd'],
        one.featureTypes,
      ]);
      expect([matrix.label, matrix.weight]).toEqual([one.label, one.weight]);
      const { booster } = await train({ tree_method: 'hist', nthread: 1 }, matrix, { numBoostRound: 5 });
      models.push((await booster.inplacePredict(whole.train, { extraColumns: 'ignore' })).values);
      booster.dispose();
    }
    for (const model of models) {
      for (const [row, value] of model.entries()) expect(value).toBeCloseTo(models[0]?.[row] ?? 0, 4);
    }
  });
});

it('an Arrow file is one batch', async () => {
  const path = await folder.sql('source.parquet', select);
  const { train: table } = await pipeline().run(path, 'train');
  const { batches } = pipeline().batches(folder.arrow('data.arrow', table));
  const seen = [];
  for await (const batch of batches()) seen.push(batch.numRows);
  expect(seen).toEqual([ROWS]);
});

it('each batch has as many rows as asked for, or a few more', async () => {
  const path = await folder.sql('sizes.parquet', select);
  const seen: number[] = [];
  for await (const batch of pipeline().batches(path, { rows: 3000 }).batches()) seen.push(batch.numRows);
  expect(seen.reduce((sum, rows) => sum + rows, 0)).toBe(ROWS);
  for (const rows of seen.slice(0, -1)) expect(rows).toBeGreaterThanOrEqual(3000);
  expect(seen.length).toBeGreaterThan(1);
});

describe('errors', () => {
  it('come from the factory, with the words of the pipeline', async () => {
    const make = (path: string) => QuantileDMatrix.from(pipeline().batches(path).batches, { label: 'y' });
    await expect(make(folder.at('absent.parquet'))).rejects.toMatchObject({ code: 'ENOENT' });
    const other = await folder.sql('other.parquet', 'SELECT 1 AS a, 2 AS b');
    await expect(make(other)).rejects.toThrow(/model\.target_column: there is no column 'y'/);
    const gaps = await folder.sql('gaps.parquet', 'SELECT 1 AS a, NULL::DOUBLE AS y');
    await expect(make(gaps)).rejects.toThrow(DataError);
  });

  it('of the call come at once', () => {
    expect(() => new DataPipeline({}, 'cpu').batches('x.parquet')).toThrow(ConfigError);
    expect(() => pipeline({ group_column: 'q' }).batches('x.parquet')).toThrow(NotSupportedError);
    expect(() => pipeline().batches('x.parquet', { rows: 0 })).toThrow(/rows: expected an integer >= 1/);
    expect(() => pipeline().batches(5 as never)).toThrow(/expected the path of a file/);
    expect(() => pipeline().batches('x.parquet', { row: 5 } as never)).toThrow(/did you mean rows/);
  });

  it('an abort stops the reading', async () => {
    const path = await folder.sql('abort.parquet', select);
    const controller = new AbortController();
    const { batches } = pipeline().batches(path, { rows: 2048 });
    const stopping = async function* stopping() {
      for await (const batch of batches()) {
        yield batch;
        controller.abort('enough');
      }
    };
    const made = QuantileDMatrix.from(stopping, { label: 'y', signal: controller.signal });
    await expect(made).rejects.toBe('enough');
  });
});
