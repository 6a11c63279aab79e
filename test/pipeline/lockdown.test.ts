// A query may come with a model file from anywhere: it reads the data file, and reaches nothing else.
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, XGBoostError } from '../../lib/errors.js';
import { DataPipeline } from '../../lib/pipeline/pipeline.js';
import { columnOf, Folder } from './files.js';

const folder = new Folder();
const content = 'a,b\n1,2\n3,4\n';
let data = '';
beforeAll(() => {
  data = folder.text('data.csv', content);
  folder.text('secret.csv', 'password\nhunter2\n');
});
afterAll(() => folder.remove());

const run = async (query: string) => new DataPipeline({ data: { query } }, 'cpu').run(data, 'predict');

describe('data.query', () => {
  it.each([
    ['another file', () => `SELECT * FROM read_text('/etc/passwd')`],
    ['another file beside it', () => `SELECT * FROM '${folder.at('secret.csv')}'`],
    ['a path that climbs', () => `SELECT * FROM read_csv('${data}/../secret.csv')`],
    ['a folder listing', () => `SELECT * FROM glob('/etc/*')`],
    ['the environment', () => `SELECT * FROM read_text('/proc/self/environ')`],
    ['the network', () => `SELECT * FROM read_csv('https://example.org/a.csv')`],
  ])('cannot reach %s', async (_, query) => {
    await expect(run(query())).rejects.toBeInstanceOf(XGBoostError);
  });

  it.each([
    ['COPY to the data file', () => `COPY (SELECT 1 AS a) TO '${data}' (USE_TMP_FILE false)`],
    ['COPY elsewhere', () => `COPY (SELECT 1 AS a) TO '${folder.at('out.csv')}'`],
    ['INSTALL', () => 'INSTALL httpfs'],
    ['LOAD', () => 'LOAD httpfs'],
    ['ATTACH', () => `ATTACH '${data}' AS z`],
    ['SET', () => 'SET enable_external_access = true'],
    ['CREATE', () => 'CREATE TABLE t AS SELECT 1'],
    ['EXPLAIN', () => 'EXPLAIN SELECT 1'],
    ['PRAGMA', () => 'PRAGMA enable_profiling'],
    ['two statements', () => `SELECT 1 AS a; SELECT 2 AS a`],
    [
      'a statement hidden behind a SELECT',
      () => `SELECT 1 AS a; COPY (SELECT 1) TO '${data}' (USE_TMP_FILE false)`,
    ],
    ['nothing', () => ''],
    ['a parameter', () => 'SELECT a + $1 AS a FROM input'],
    ['broken SQL', () => 'SELEC 1'],
    ['an unknown column', () => 'SELECT zzz FROM input'],
  ])('refuses %s', async (_, query) => {
    await expect(run(query())).rejects.toBeInstanceOf(ConfigError);
    await expect(run(query())).rejects.toThrow(/^data\.query: /);
    expect(readFileSync(data, 'utf8')).toBe(content);
    expect(existsSync(folder.at('out.csv'))).toBe(false);
  });

  it('cannot write a log', async () => {
    const query = `SELECT * FROM enable_logging(storage = 'file', storage_config = {'path': '${folder.at('log')}'})`;
    await run(query).catch(() => undefined);
    expect(existsSync(folder.at('log'))).toBe(false);
  });

  it('takes WITH, FROM-first, comments and a final semicolon', async () => {
    const queries = [
      'WITH t AS (SELECT a * 2 AS c FROM input) SELECT * FROM t',
      'FROM input SELECT a * 2 AS c;',
      'SELECT a * 2 AS c FROM input; -- done',
      '/* first */ SELECT a * 2 AS c\nFROM input -- last',
    ];
    for (const query of queries) expect(columnOf((await run(query)).table, 'c')).toEqual([2, 6]);
  });

  it('cannot be bent by a type that a model file remembers', async () => {
    const evil = `INTEGER) AS a FROM input; COPY (SELECT 1) TO '${data}' (USE_TMP_FILE false); --`;
    const recipe = JSON.stringify({ version: 1, features: ['a'], categorical: [], columns: [['a', evil]] });
    const booster = {
      attr: () => recipe,
      setAttr: () => undefined,
      featureNames: undefined,
      featureTypes: undefined,
    };
    const { table } = await DataPipeline.fromBooster(booster).run(data, 'predict');
    expect(columnOf(table, 'a')).toEqual([1, 3]);
    expect(readFileSync(data, 'utf8')).toBe(content);
  });
});
