// Values of another realm, as a test of Jest or a context of node:vm makes them: each class of the language is another
// one there, so whatever asked for it by `instanceof` would refuse these, or take them for something else.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import { DataError } from '../../lib/errors.js';
import { replaceFile } from '../../lib/files/atomic-file.js';
import { CompiledForest } from '../../lib/forest/compiled-forest.js';
import { getConfig, withConfig } from '../../lib/library.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { XGBoostGPUModel } from '../../lib/model/xgboost-model.js';
import type { TrainParams } from '../../lib/params/types.js';
import { train } from '../../lib/train/index.js';

const context = createContext({});
/** The value of an expression over there. */
const there = (code: string) => runInContext(`(${code})`, context);

const ROWS = 120;
const CELLS = `Float32Array.from({ length: ${ROWS * 3} }, (_, i) => (i * 37) % 101)`;
const PARAMS = { objective: 'reg:squarederror', max_depth: 3, nthread: 1 } as const;

interface Data {
  readonly values: Float32Array;
  readonly label: Float32Array;
}

/** The same numbers on this side. */
const here: Data = {
  values: Float32Array.from({ length: ROWS * 3 }, (_, i) => (i * 37) % 101),
  label: Float32Array.from({ length: ROWS }, (_, i) => ((i * 37) % 101) / 2),
};
const foreign: Data = there(`{
  values: ${CELLS},
  label: Float32Array.from({ length: ${ROWS} }, (_, i) => ((i * 37) % 101) / 2),
}`);

/** A signal of a realm with classes of its own for it, as jsdom has. */
const SIGNAL = `(() => {
  const listeners = new Set();
  return {
    aborted: false,
    reason: undefined,
    addEventListener: (_, listener) => listeners.add(listener),
    removeEventListener: (_, listener) => listeners.delete(listener),
    throwIfAborted() { if (this.aborted) throw this.reason; },
    abort() { this.aborted = true; this.reason = new Error('stopped over there'); for (const call of listeners) call(); },
  };
})()`;

const trainingData = (): Promise<DMatrix> =>
  DMatrix.from({ values: here.values, rows: ROWS, cols: 3 }, { label: here.label });

let folder = '';
let expected: Uint8Array;

async function model({ values, label }: Data, params: TrainParams = PARAMS): Promise<Booster> {
  using data = await DMatrix.from({ values, rows: ROWS, cols: 3 }, { label });
  return (await train(params, data, { numBoostRound: 4 })).booster;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realms-'));
  expected = (await model(here)).toBuffer();
});
afterAll(() => rm(folder, { recursive: true }));

it('is another realm', () => {
  expect(foreign.values instanceof Float32Array).toBe(false);
  expect(there('new Error()') instanceof Error).toBe(false);
});

describe('training', () => {
  it('reads numbers and parameters', async () => {
    expect((await model(foreign, there(JSON.stringify(PARAMS)))).toBuffer()).toEqual(expected);
  });

  it.each([
    ['rows as objects', `Array.from({ length: 40 }, (_, i) => ({ a: i % 7, b: i % 3 === 0 ? 'x' : 'y' }))`],
    ['named columns', `{ a: Int32Array.from({ length: 40 }, (_, i) => i % 7), b: new BigInt64Array(40) }`],
    ['rows as arrays', `Array.from({ length: 40 }, (_, i) => [i % 7, 1])`],
    [
      'a sparse matrix',
      `{ indptr: Uint32Array.of(0, 1, 2), indices: Uint32Array.of(0, 1), values: Float32Array.of(1, 2), cols: 2 }`,
    ],
  ])('reads %s', (_, code) => {
    using fromThere = DMatrix.fromSync(there(code));
    // biome-ignore lint/security/noGlobalEval: the same text, on this side
    using fromHere = DMatrix.fromSync(globalThis.eval(`(${code})`));
    expect(fromThere.getData()).toEqual(fromHere.getData());
  });

  it('takes parameters with lists of numbers', async () => {
    const params = there(
      `{ objective: 'reg:quantileerror', quantile_alpha: Float64Array.of(0.25, 0.75), nthread: 1 }`,
    );
    const booster = await model(foreign, params);
    expect(booster.inplacePredictSync({ values: here.values, rows: ROWS, cols: 3 }).shape).toEqual([ROWS, 2]);
  });

  it('hears gradients, and keeps what an objective throws as it is', async () => {
    using data = await trainingData();
    const objective = there(
      `({ values }) => ({ grad: Float32Array.from(values), hess: new Float64Array(values.length).fill(1) })`,
    );
    const { booster } = await train(PARAMS, data, { numBoostRound: 2, objective });
    expect(booster.numBoostedRounds).toBe(2);
    const failing = there(`() => { throw new RangeError('of mine') }`);
    await expect(train(PARAMS, data, { objective: failing })).rejects.toThrow('of mine');
  });

  it('stops at a signal', async () => {
    using data = await trainingData();
    const signal = there(SIGNAL);
    const callbacks = [{ afterIteration: () => signal.abort() }];
    const thrown: unknown = await train(PARAMS, data, { signal, callbacks }).catch((error: unknown) => error);
    expect(thrown).toBe(signal.reason);
    expect(thrown).toHaveProperty('message', 'stopped over there');
  });

  it('goes on with a model in bytes', async () => {
    using data = await trainingData();
    const bytes: Uint8Array = there(`Uint8Array.from([${expected.join()}])`);
    const { booster } = await train(PARAMS, data, { numBoostRound: 1, xgbModel: bytes });
    expect(booster.numBoostedRounds).toBe(5);
  });

  it('says what to do about dates and promises', async () => {
    expect(() => DMatrix.fromSync(there(`{ when: [new Date(0)] }`))).toThrow(/value\.getTime\(\)/);
    const batches = there('async () => []');
    await expect(DMatrix.from(batches)).rejects.toThrow(/an async function gives a promise/);
  });

  it('names wrong values as before', async () => {
    await expect(DMatrix.from(there('[1, 2]'))).rejects.toThrow(DataError);
    expect(() => DMatrix.fromSync(here as never, there('{ labels: [] }'))).toThrow(/did you mean label/);
    await expect(
      train(PARAMS, await trainingData(), { signal: there('{ aborted: false }') }),
    ).rejects.toThrow('train(): signal: expected an AbortSignal, received an object');
  });
});

describe('prediction', () => {
  it('takes bytes and rows', async () => {
    const bytes: Uint8Array = there(`Uint8Array.from([${expected.join()}])`);
    const table = { values: foreign.values, rows: ROWS, cols: 3 };
    const answer = Booster.loadSync(expected).inplacePredictSync({ ...table, values: here.values }).values;
    for (const booster of [await Booster.load(bytes), Booster.loadSync(bytes)])
      expect(booster.inplacePredictSync(table).values).toEqual(answer);
    for (const forest of [await CompiledForest.load(bytes), CompiledForest.loadSync(bytes)]) {
      expect(forest.predictSync(table).values).toEqual(answer);
      expect(forest.predictRow(foreign.values.subarray(0, 3))).toBe(answer[0]);
    }
  });

  it('opens a snapshot', () => {
    const bytes = Booster.loadSync(expected).serialize();
    const copy: Uint8Array = there(`Uint8Array.from([${bytes.join()}])`);
    expect(Booster.unserialize(copy).toBuffer()).toEqual(expected);
  });

  it('saves and opens a model of an object', async () => {
    const config = there(
      `{ task: 'regression', training: { epochs: 3 }, model: { params: { max_depth: 2, nthread: 1 } } }`,
    );
    const trained = new XGBoostGPUModel(config);
    await trained.train({ values: foreign.values, rows: ROWS, cols: 3 }, foreign.label);
    const path = join(folder, 'model.ubj');
    await trained.save(path);
    const again = await XGBoostGPUModel.open(path);
    const table = { values: foreign.values, rows: ROWS, cols: 3 };
    expect((await again.predict(table)).values).toEqual((await trained.predict(table)).values);
  });
});

describe('what Node throws in a realm of its own', () => {
  it('keeps its code', async () => {
    const writing = replaceFile(join(folder, 'any'), () => {
      throw there(`Object.assign(new Error('the disk is full'), { code: 'ENOSPC' })`);
    });
    await expect(writing).rejects.toMatchObject({ code: 'ENOSPC', message: /the disk is full$/ });
  });

  it('and its promises end a change of settings', async () => {
    const before = getConfig().verbosity;
    await withConfig({ verbosity: 0 }, there('async () => {}'));
    expect(getConfig().verbosity).toBe(before);
  });
});
