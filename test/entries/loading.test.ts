// What the entries load, and when: a package that is not needed yet costs time, and one that is never needed costs a
// service its size.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadedBy, packagesOf, runModule } from './loaded.js';

const TRAIN = `
import { CompiledForest, DMatrix, train } from 'xgboost-gpu';
const values = Float32Array.from({ length: 400 }, (_, i) => (i * 7) % 100);
const label = values.filter((_, i) => i % 4 === 0);
const dtrain = await DMatrix.from({ values, rows: 100, cols: 4 }, { label });
const { booster } = await train({ max_depth: 2 }, dtrain, { numBoostRound: 3 });
const prediction = await booster.predict(dtrain);
const inPlace = booster.inplacePredictSync({ values, rows: 100, cols: 4 });
const forest = await booster.compile();
forest.predictSync({ values, rows: 100, cols: 4 });
`;

const folder = mkdtempSync(join(tmpdir(), 'entries-'));
const model = join(folder, 'model.ubj');
beforeAll(() => {
  const { status, stderr } = runModule(`${TRAIN}await booster.save(${JSON.stringify(model)});`);
  expect(status, stderr).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true }));

const SERVE = `
import { CompiledForest } from 'xgboost-gpu/predict';
const forest = await CompiledForest.load(${JSON.stringify(model)});
forest.predictRow(Float32Array.of(1, 2, 3, 4));
const prediction = await forest.predict({ values: Float32Array.of(1, 2, 3, 4), rows: 1, cols: 4 });
`;

const packages = (code: string): string[] => packagesOf(loadedBy(code).scripts);

describe('the entry xgboost-gpu', () => {
  test('loads nothing but itself when it is imported', () => {
    expect(packages("import 'xgboost-gpu';")).toEqual(['xgboost-gpu']);
  });

  test('opens no shared library when it is imported', () => {
    const { libraries } = loadedBy("import 'xgboost-gpu';");
    expect(libraries.filter((path) => /xgboost/.test(path))).toEqual([]);
  });

  test('needs no more than the loader of the addon to train and predict with typed arrays', () => {
    expect(packages(TRAIN)).toEqual(['node-gyp-build', 'xgboost-gpu']);
  });

  test.each([
    ['prediction.toArrow()', 'apache-arrow'],
    ['booster.treesToTable()', 'apache-arrow'],
  ])('loads what %s needs when it is called', (call, name) => {
    expect(packages(`${TRAIN}${call};`)).toContain(name);
  });
});

describe('the entry xgboost-gpu/predict', () => {
  test('loads nothing but itself when it is imported', () => {
    expect(packages("import 'xgboost-gpu/predict';")).toEqual(['xgboost-gpu']);
  });

  test('needs no more than the loader of the addon to predict, and no libxgboost', () => {
    const { scripts, libraries } = loadedBy(SERVE);
    expect(packagesOf(scripts)).toEqual(['node-gyp-build', 'xgboost-gpu']);
    expect(libraries.filter((path) => /\.node$/.test(path))).toHaveLength(1);
    expect(libraries.filter((path) => /libxgboost|libgomp/.test(path))).toEqual([]);
  });

  test('reaches less than 5 MB of files on one platform', () => {
    const { scripts, libraries } = loadedBy(SERVE);
    const reached = [...new Set([...scripts, ...libraries.filter((path) => path.endsWith('.node'))])];
    const bytes = reached.reduce((sum, path) => sum + statSync(path).size, 0);
    expect(bytes).toBeGreaterThan(500_000);
    expect(bytes).toBeLessThan(5_000_000);
  });

  test('loads apache-arrow when a result has to be one of its values', () => {
    expect(packages(`${SERVE}prediction.toArrow();`)).toContain('apache-arrow');
  });
});

describe('both entries', () => {
  const compare = `
    const names = Object.keys(part);
    console.log(JSON.stringify(names.filter((name) => part[name] !== whole[name])), names.length > 10);`;

  test.each([
    ['imported', "import * as whole from 'xgboost-gpu'; import * as part from 'xgboost-gpu/predict';"],
    [
      'required',
      `import { createRequire } from 'node:module';
      const require = createRequire(import.meta.url);
      const part = require('xgboost-gpu/predict'), whole = require('xgboost-gpu');`,
    ],
    [
      'imported and required',
      `import { createRequire } from 'node:module';
      import * as part from 'xgboost-gpu/predict';
      const whole = createRequire(import.meta.url)('xgboost-gpu');`,
    ],
  ])('have the same classes, %s', (_, code) => {
    const { stdout, stderr } = runModule(code + compare);
    expect(stdout, stderr).toBe('[] true\n');
  });
});
