// Every format and every type, from real files.
import {
  Bool,
  Dictionary,
  Int8,
  makeBuilder,
  Table,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { afterAll, describe, expect, it } from 'vitest';
import { DataPipeline } from '../../lib/pipeline/pipeline.js';
import { columnOf, Folder, typeOf } from './files.js';

const folder = new Folder();
afterAll(() => folder.remove());

const predict = async (path: string, data: object = {}) =>
  (await new DataPipeline({ data }, 'cpu').run(path, 'predict')).table;

describe('CSV', () => {
  it('reads numbers, strings, booleans and missing fields', async () => {
    const path = folder.text('a.csv', 'n,x,s,b\n1,1.5,red,true\n2,,blue,false\n,3.5,,true\n4,4,red,\n');
    const table = await predict(path);
    expect(table.batches).toHaveLength(1);
    expect(columnOf(table, 'n')).toEqual([1, 2, null, 4]);
    expect(columnOf(table, 'x')).toEqual([1.5, null, 3.5, 4]);
    expect(columnOf(table, 's')).toEqual(['red', 'blue', null, 'red']);
    expect(columnOf(table, 'b')).toEqual([true, false, true, null]);
    expect(table.schema.fields.map((field) => String(field.type))).toEqual([
      'Int64',
      'Float64',
      'Dictionary<Int32, Utf8>',
      'Bool',
    ]);
  });

  it('looks at all rows for the types, not at a sample', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => `${i},${i}`);
    const path = folder.text('late.csv', `a,b\n${rows.join('\n')}\n1.5,zzz\n`);
    const table = await predict(path);
    expect(typeOf(table, 'a')).toBe('Float64');
    expect(table.getChild('a')?.get(30_000)).toBe(1.5);
    expect(typeOf(table, 'b')).toBe('Dictionary<Int32, Utf8>');
  });

  it('reads tab separated and compressed files', async () => {
    const path = await folder.sql('t.csv.gz', 'SELECT i AS a, i * 2 AS b FROM range(5) t(i)');
    expect(columnOf(await predict(path), 'b')).toEqual([0, 2, 4, 6, 8]);
    expect(columnOf(await predict(folder.text('t.tsv', 'a\tb\n1\t2\n')), 'b')).toEqual([2]);
  });

  it('keeps names with quotes, spaces and capitals', async () => {
    const path = folder.text("it's [1]*.csv", '"My ""col""",B c\n1,2\n');
    const table = await predict(path);
    expect(table.schema.fields.map((field) => field.name)).toEqual(['My "col"', 'B c']);
  });
});

describe('Parquet', () => {
  it('reads each numeric type as it is, and casts decimals and 128-bit integers', async () => {
    const path = await folder.sql(
      'types.parquet',
      `SELECT i::TINYINT i8, i::SMALLINT i16, i::INTEGER i32, i::BIGINT i64, i::UTINYINT u8, i::USMALLINT u16,
         i::UINTEGER u32, i::UBIGINT u64, (i + 0.5)::FLOAT f32, (i + 0.25)::DOUBLE f64, (i + 0.75)::DECIMAL(9, 2) AS "dec",
         i::HUGEINT huge FROM range(3) t(i)`,
    );
    const table = await predict(path);
    const types = Object.fromEntries(table.schema.fields.map((field) => [field.name, String(field.type)]));
    expect(types).toEqual({
      i8: 'Int8',
      i16: 'Int16',
      i32: 'Int32',
      i64: 'Int64',
      u8: 'Uint8',
      u16: 'Uint16',
      u32: 'Uint32',
      u64: 'Uint64',
      f32: 'Float32',
      f64: 'Float64',
      dec: 'Float64',
      huge: 'Float64',
    });
    for (const name of ['i8', 'i16', 'i32', 'i64', 'u8', 'u16', 'u32', 'u64', 'huge']) {
      expect(columnOf(table, name), name).toEqual([0, 1, 2]);
    }
    expect(columnOf(table, 'dec')).toEqual([0.75, 1.75, 2.75]);
  });

  it('keeps order, values and missing values over many chunks and blocks', async () => {
    const path = await folder.sql(
      'many.parquet',
      `SELECT i AS i, CASE WHEN i % 7 <> 3 THEN i * 0.5 END AS x, CASE WHEN i % 5 > 0 THEN 'c' || (i % 1000) END AS s,
         CASE WHEN i % 3 > 0 THEN i % 2 = 0 END AS b FROM range(300000) t(i)`,
    );
    const table = await predict(path);
    const [i, x, s, b] = ['i', 'x', 's', 'b'].map((name) => columnOf(table, name));
    expect(table.numRows).toBe(300_000);
    for (let row = 0; row < 300_000; row++) {
      if (i?.[row] !== row) throw new Error(`row ${row} holds ${String(i?.[row])}`);
      if (x?.[row] !== (row % 7 !== 3 ? row * 0.5 : null)) throw new Error(`x differs in row ${row}`);
      if (s?.[row] !== (row % 5 > 0 ? `c${row % 1000}` : null)) throw new Error(`s differs in row ${row}`);
      if (b?.[row] !== (row % 3 > 0 ? row % 2 === 0 : null)) throw new Error(`b differs in row ${row}`);
    }
  });

  it('sorts categories by code point, long strings and enums included', async () => {
    const path = await folder.sql(
      'words.parquet',
      `SELECT unnest(['b', 'a', 'a longer string than twelve bytes', '', '\u{1F600}', '\uFF21', 'b']) AS s,
         unnest(['y', 'x', 'y', 'x', 'y', 'x', 'y'])::ENUM('y', 'x') AS e`,
    );
    const table = await predict(path);
    const dictionary = table.getChild('s')?.data[0]?.dictionary;
    expect([...(dictionary ?? [])]).toEqual([
      '',
      'a',
      'a longer string than twelve bytes',
      'b',
      '\uFF21',
      '\u{1F600}',
    ]);
    expect(columnOf(table, 'e')).toEqual(['y', 'x', 'y', 'x', 'y', 'x', 'y']);
  });

  it.each([
    ['DATE', "DATE '2001-01-01'", /column 'c' has the type DATE.*data\.query.*month\("c"\)/],
    ['TIMESTAMP', "TIMESTAMP '2001-01-01 10:00:00'", /column 'c' has the type TIMESTAMP.*hour\("c"\)/],
    ['TIME', "TIME '10:00:00'", /column 'c' has the type TIME.*minute\("c"\)/],
    ['INTERVAL', 'INTERVAL 3 DAY', /column 'c' has the type INTERVAL.*epoch\("c"\)/],
    ['INTEGER[]', '[1, 2]', /column 'c' has the type INTEGER\[\].*"c"\[1\]/],
    ['STRUCT', '{a: 1}', /column 'c' has the type STRUCT.*"c"\.field/],
    ['BLOB', "'a'::BLOB", /column 'c' has the type BLOB/],
  ])('refuses a %s column with the SQL that fixes it', async (_, value, message) => {
    const path = await folder.sql('odd.parquet', `SELECT 1 AS a, ${value} AS c`);
    await expect(predict(path)).rejects.toThrow(message);
    expect(columnOf(await predict(path, { features: ['a'] }), 'a')).toEqual([1]);
  });
});

describe('JSON', () => {
  it('reads arrays and lines', async () => {
    const array = folder.text('a.json', '[{"a": 1, "s": "x"}, {"a": 2.5}, {"a": null, "s": "y"}]');
    const lines = folder.text('a.ndjson', '{"a": 1, "s": "x"}\n{"a": 2.5}\n{"s": "y"}\n');
    for (const path of [array, lines]) {
      const table = await predict(path);
      expect(columnOf(table, 'a')).toEqual([1, 2.5, null]);
      expect(columnOf(table, 's')).toEqual(['x', null, 'y']);
    }
  });
});

describe('Arrow', () => {
  const table = new Table({
    i: vectorFromArray([1, null, 3], new Int8()),
    b: vectorFromArray([true, false, null], new Bool()),
    s: vectorFromArray(['x', null, 'a'], new Utf8()),
    d: vectorFromArray(['q', 'p', null], new Dictionary(new Utf8(), new Int8())),
  });

  it.each(['file', 'stream'] as const)('reads the %s format', async (format) => {
    for (const ending of ['arrow', 'feather', 'ipc']) {
      const read = await predict(folder.arrow(`${format}.${ending}`, table, format));
      expect(columnOf(read, 'i')).toEqual([1, null, 3]);
      expect(columnOf(read, 'b')).toEqual([true, false, null]);
      expect(columnOf(read, 's')).toEqual(['x', null, 'a']);
      expect(columnOf(read, 'd')).toEqual(['q', 'p', null]);
      expect(typeOf(read, 's')).toBe('Dictionary<Int32, Utf8>');
    }
  });

  it('joins batches whose dictionaries differ', async () => {
    const part = (words: string[]) =>
      new Table({ d: vectorFromArray(words, new Dictionary(new Utf8(), new Int8(), 7)) }).batches;
    const many = new Table([...part(['b', 'c']), ...part(['a', 'b', 'a'])]);
    const read = await predict(folder.arrow('batches.arrow', many, 'stream'));
    expect(columnOf(read, 'd')).toEqual(['b', 'c', 'a', 'b', 'a']);
    expect([...(read.getChild('d')?.data[0]?.dictionary ?? [])]).toEqual(['a', 'b', 'c']);
  });

  it('refuses dates, queries and files of another kind', async () => {
    const dates = makeBuilder({ type: new TimestampMillisecond() });
    dates.append(0);
    const path = folder.arrow('date.arrow', new Table({ when: dates.finish().toVector() }));
    await expect(predict(path)).rejects.toThrow(/column 'when' has the Arrow type Timestamp/);
    const good = folder.arrow('good.arrow', table);
    await expect(predict(good, { query: 'SELECT * FROM input' })).rejects.toThrow(
      /DuckDB for Node cannot scan/,
    );
    await expect(predict(folder.text('bad.arrow', 'not arrow at all'))).rejects.toThrow(
      /not an Arrow IPC file/,
    );
  });
});

describe('files that are not there or not known', () => {
  it('reports a missing file as Node does', async () => {
    await expect(predict(folder.at('nope.csv'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(predict(folder.at('nope.arrow'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('refuses folders and unknown endings', async () => {
    await expect(predict(folder.path)).rejects.toThrow(/expected a file/);
    await expect(predict(folder.text('a.xlsx', 'x'))).rejects.toThrow(/known endings: .*\.parquet/);
  });

  it('names the file when its content is of another kind', async () => {
    await expect(predict(folder.text('fake.parquet', 'a,b\n1,2\n'))).rejects.toThrow(/fake\.parquet/);
  });
});
