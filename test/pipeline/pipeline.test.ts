// What run() makes of a configuration: parts, roles, recipes, errors.
import { afterAll, describe, expect, it } from 'vitest';
import type { ModelConfig } from '../../lib/config/config.js';
import { ConfigError, DataError, ModelError } from '../../lib/errors.js';
import { DataPipeline } from '../../lib/pipeline/pipeline.js';
import { RandomState } from '../../lib/python/random-state.js';
import { columnOf, Folder, typeOf } from './files.js';

const folder = new Folder();
afterAll(() => folder.remove());

const csv = (name: string, rows: number, line: (i: number) => string, header: string): string =>
  folder.text(name, `${header}\n${Array.from({ length: rows }, (_, i) => line(i)).join('\n')}\n`);

const config = (data: ModelConfig['data'] = {}, target = 'y'): ModelConfig => ({
  data: data ?? {},
  model: { target_column: target },
});

/** What a Booster keeps. */
class Attributes {
  readonly featureNames = undefined;
  readonly featureTypes = undefined;
  readonly #kept = new Map<string, string>();
  attr(key: string): string | null {
    return this.#kept.get(key) ?? null;
  }
  setAttr(attributes: Readonly<Record<string, string | null>>): void {
    for (const [key, value] of Object.entries(attributes)) if (value !== null) this.#kept.set(key, value);
  }
}

describe('train', () => {
  const path = csv('train.csv', 100, (i) => `${i},${i % 3},${i % 2}`, 'a,b,y');

  it('splits as numpy.random.RandomState(seed).permutation does, rows in file order', async () => {
    const data = await new DataPipeline(config({ validation_split: 0.25, seed: 5 }), 'cpu').run(
      path,
      'train',
    );
    const drawn = [...new RandomState(5).permutation(100).subarray(0, 25)].sort((a, b) => a - b);
    expect(columnOf(data.validation ?? data.train, 'a')).toEqual(drawn);
    expect(data.train.numRows).toBe(75);
    expect(data).toMatchObject({ mode: 'train', target: 'y', features: ['a', 'b'] });
    expect(data.train.schema.fields.map((field) => field.name)).toEqual(['a', 'b', 'y']);
  });

  it('takes a fifth by default, and nothing when validation_split is 0', async () => {
    const some = await new DataPipeline(config()).run(path, 'train');
    expect(some.validation?.numRows).toBe(20);
    const none = await new DataPipeline(config({ validation_split: 0 })).run(path, 'train');
    expect(none.validation).toBeUndefined();
    expect(none.train.numRows).toBe(100);
  });

  it('selects features, makes categories of them and takes the weight out', async () => {
    const data = config({ features: ['b', 'y'], categorical: ['b'], weight_column: 'a' }, 'y');
    await expect(new DataPipeline(data).run(path, 'train')).rejects.toThrow(/'y' is the target/);
    const good = config({ features: ['b'], categorical: ['b'], weight_column: 'a', validation_split: 0 });
    const { train, features, weight } = await new DataPipeline(good).run(path, 'train');
    expect(features).toEqual(['b']);
    expect(weight).toBe('a');
    expect(typeOf(train, 'b')).toBe('Dictionary<Int32, Int64>');
    expect(columnOf(train, 'b').slice(0, 4)).toEqual([0, 1, 2, 0]);
    expect(typeOf(train, 'a')).toBe('Float64');
  });

  it('keeps ranking groups whole and their rows together', async () => {
    const ranking = csv('rank.csv', 60, (i) => `${i},q${(i * 7) % 10},${i % 3}`, 'a,q,y');
    const { train, validation, group } = await new DataPipeline(config({ group_column: 'q' })).run(
      ranking,
      'train',
    );
    expect(group).toBe('q');
    const parts = [columnOf(train, 'q'), validation === undefined ? [] : columnOf(validation, 'q')];
    for (const part of parts) expect(part).toEqual([...part].sort((a, b) => Number(a) - Number(b)));
    expect(new Set(parts[1]).size).toBe(2);
    expect([...new Set(parts[0])].filter((g) => parts[1]?.includes(g))).toEqual([]);
    expect(train.numRows + (validation?.numRows ?? 0)).toBe(60);
  });

  it.each([
    [{}, 'zz', /model\.target_column: there is no column 'zz'/],
    [{ features: ['aa'] }, 'y', /data\.features: there is no column 'aa'/],
    [{ categorical: ['bb'] }, 'y', /data\.categorical: there is no column 'bb'/],
    [{ weight_column: 'w' }, 'y', /data\.weight_column: there is no column 'w'/],
    [{ group_column: 'g' }, 'y', /data\.group_column: there is no column 'g'/],
    [{ features: ['a', 'a'] }, 'y', /'a' is listed twice/],
  ])('names what is wrong in %j', async (data, target, message) => {
    await expect(new DataPipeline(config(data, target)).run(path, 'train')).rejects.toThrow(message);
    await expect(new DataPipeline(config(data, target)).run(path, 'train')).rejects.toBeInstanceOf(DataError);
  });

  it('needs a target, labels and weights without gaps, and rows', async () => {
    await expect(new DataPipeline({}).run(path, 'train')).rejects.toThrow(ConfigError);
    const gaps = folder.text('gaps.csv', 'a,w,s,y\n1,1,x,1\n2,,y,\n3,1,z,0\n');
    await expect(new DataPipeline(config()).run(gaps, 'train')).rejects.toThrow(
      /column 'y' is missing in 1 of 3 rows \(in data\.query write WHERE "y" IS NOT NULL\)/,
    );
    await expect(new DataPipeline(config({ weight_column: 'w' }, 'a')).run(gaps, 'train')).rejects.toThrow(
      /'w'/,
    );
    await expect(new DataPipeline(config({ weight_column: 's' }, 'a')).run(gaps, 'train')).rejects.toThrow(
      /'s' holds strings/,
    );
    await expect(
      new DataPipeline(config({ query: 'SELECT * FROM input WHERE a > 9' })).run(gaps, 'train'),
    ).rejects.toThrow(/no rows to train on/);
    const fraction = config({ categorical: ['x'] });
    const numbers = folder.text('fraction.csv', 'x,y\n1.5,0\n2,1\n');
    await expect(new DataPipeline(fraction).run(numbers, 'train')).rejects.toThrow(/CAST\("x" AS VARCHAR\)/);
  });
});

describe('a pipeline that travels in a model', () => {
  const query =
    "SELECT a * 2 AS twice, zip, when_ - DATE '2001-01-01' AS days, delay > 15 AS late FROM input";
  const path = csv(
    'full.csv',
    50,
    (i) => `${i},0${i % 10}x,2001-01-0${1 + (i % 9)},${i}`,
    'a,zip,when_,delay',
  );

  const trained = async (): Promise<Attributes> => {
    const pipeline = new DataPipeline(config({ query }, 'late'));
    await pipeline.run(path, 'train');
    const booster = new Attributes();
    pipeline.attachTo(booster);
    return booster;
  };

  it('makes the same features from files without the target', async () => {
    const booster = await trained();
    const raw = folder.text('new.csv', 'zip,a,when_\n03,4,2001-01-05\n');
    const data = await DataPipeline.fromBooster(booster).run(raw, 'predict');
    expect(data.features).toEqual(['twice', 'zip', 'days']);
    expect(columnOf(data.table, 'twice')).toEqual([8]);
    expect(columnOf(data.table, 'days')).toEqual([4]);
    // A number by the look of this file, a string in the file the model saw.
    expect(columnOf(data.table, 'zip')).toEqual(['03']);
    expect(typeOf(data.table, 'zip')).toBe('Dictionary<Int32, Utf8>');
  });

  it('casts in Parquet too, and says which column is missing', async () => {
    const booster = await trained();
    const other = await folder.sql('other.parquet', "SELECT 4 AS a, 3 AS zip, '2001-01-05' AS when_");
    const { table } = await DataPipeline.fromBooster(booster).run(other, 'predict');
    expect(columnOf(table, 'zip')).toEqual(['3']);
    expect(columnOf(table, 'days')).toEqual([4]);
    const less = folder.text('less.csv', 'a,zip\n1,2\n');
    await expect(DataPipeline.fromBooster(booster).run(less, 'predict')).rejects.toThrow(
      /column 'when_' is not in the data file, and data\.query needs it/,
    );
    await expect(DataPipeline.fromBooster(booster).run(other, 'evaluate')).rejects.toThrow(
      /column 'delay' is not/,
    );
  });

  it('evaluates on all rows with the target', async () => {
    const data = await DataPipeline.fromBooster(await trained()).run(path, 'evaluate');
    expect(data.target).toBe('late');
    expect(data.table.numRows).toBe(50);
    expect(columnOf(data.table, 'late').filter((late) => late === true)).toHaveLength(34);
    const by = await DataPipeline.fromBooster(await trained())
      .run(path, 'evaluate', { target: 'twice' })
      .catch((e) => e);
    expect(by).toBeInstanceOf(DataError);
  });

  it('goes by feature names when the model has none', async () => {
    const booster = {
      attr: () => null,
      setAttr: () => undefined,
      featureNames: ['b', 'a'],
      featureTypes: ['c', 'int'],
    };
    const data = folder.text('plain.csv', 'a,b,y\n1,2,3\n4,5,6\n');
    const { table } = await DataPipeline.fromBooster(booster).run(data, 'predict');
    expect(table.schema.fields.map((field) => field.name)).toEqual(['b', 'a']);
    expect(typeOf(table, 'b')).toBe('Dictionary<Int32, Int64>');
    const bad = { ...booster, featureNames: ['bb', 'a'] };
    await expect(DataPipeline.fromBooster(bad).run(data, 'predict')).rejects.toThrow(
      /no column 'bb'.*did you mean/,
    );
  });

  it.each(['', '[]', '{"version": 2}', '{"version": 1, "columns": 3, "categorical": []}'])(
    'refuses the damaged recipe %j',
    (text) => {
      const booster = {
        attr: () => text,
        setAttr: () => undefined,
        featureNames: undefined,
        featureTypes: undefined,
      };
      expect(() => DataPipeline.fromBooster(booster)).toThrow(ModelError);
    },
  );
});

describe('arguments', () => {
  it('are checked', async () => {
    const path = folder.text('b.csv', 'a\n1\n');
    const pipeline = new DataPipeline({});
    await expect(Reflect.apply(pipeline.run, pipeline, [path, 'guess'])).rejects.toThrow(/expected the mode/);
    await expect(Reflect.apply(pipeline.run, pipeline, [3, 'train'])).rejects.toThrow(/path of a file/);
    await expect(Reflect.apply(pipeline.run, pipeline, [path, 'predict', { signl: 1 }])).rejects.toThrow(
      /did you mean signal/,
    );
    expect(() => Reflect.construct(DataPipeline, [{}, 'tpu'])).toThrow(/'gpu' or 'cpu'/);
  });

  it('stops on an abort', async () => {
    const reason = new Error('enough');
    const path = folder.text('c.csv', 'a\n1\n');
    const before = new DataPipeline({}).run(path, 'predict', { signal: AbortSignal.abort(reason) });
    await expect(before).rejects.toBe(reason);
    const controller = new AbortController();
    const query = 'SELECT sum(x.i * y.i) AS a FROM range(1000000) x(i), range(1000000) y(i)';
    const during = new DataPipeline({ data: { query } }).run(path, 'predict', { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 300);
    await expect(during).rejects.toBe(reason);
  });
});
