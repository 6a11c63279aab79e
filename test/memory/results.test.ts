// What calls answer with lies in ordinary buffers: a program can give it to another thread, whatever its size.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Booster } from '../../lib/booster/booster.js';
import type { CompiledForest } from '../../lib/forest/compiled-forest.js';
import { DMatrix, type DMatrixOptions } from '../../lib/matrix/dmatrix.js';
import { train } from '../../lib/train/train.js';

const COLS = 4;
// Below and above the sizes from which memory is usually handed over instead of copied.
const SIZES = [10, 100_000];

const table = (rows: number): { values: Float32Array; rows: number; cols: number } => {
  const values = Float32Array.from({ length: rows * COLS }, (_, i) => ((i * 31) % 97) / 97);
  return { values, rows, cols: COLS };
};

let booster: Booster;
let forest: CompiledForest;
beforeAll(async () => {
  using dtrain = DMatrix.fromSync(table(500), { label: Float32Array.from({ length: 500 }, (_, i) => i % 2) });
  ({ booster } = await train({ objective: 'binary:logistic', max_depth: 3 }, dtrain, { numBoostRound: 5 }));
  forest = await booster.compile();
});
afterAll(() => {
  booster.dispose();
  forest.dispose();
});

type Answer = (rows: number) => ArrayBufferView | Promise<ArrayBufferView>;

const ones = (rows: number): Float32Array => new Float32Array(rows).fill(1);

function withMatrix(
  read: (matrix: DMatrix) => ArrayBufferView | Promise<ArrayBufferView>,
  info: (rows: number) => DMatrixOptions = (rows) => ({ label: ones(rows), weight: ones(rows) }),
): Answer {
  return async (rows) => {
    using matrix = DMatrix.fromSync(table(rows), info(rows));
    return await read(matrix);
  };
}

const ANSWERS: Record<string, Answer> = {
  'Booster.predict': withMatrix(async (matrix) => (await booster.predict(matrix)).values),
  'Booster.predictSync': withMatrix((matrix) => booster.predictSync(matrix).values),
  'SHAP values': withMatrix(async (matrix) => {
    return (await booster.predict(matrix, { predContribs: true })).values;
  }),
  'Booster.inplacePredict': async (rows) => (await booster.inplacePredict(table(rows))).values,
  'CompiledForest.predict': async (rows) => (await forest.predict(table(rows))).values,
  'CompiledForest.predictSync': (rows) => forest.predictSync(table(rows)).values,
  'DMatrix.label': withMatrix((matrix) => matrix.label),
  'DMatrix.weight': withMatrix((matrix) => matrix.weight),
  'DMatrix.group': withMatrix(
    (matrix) => matrix.group,
    (rows) => ({ group: new Uint32Array(rows).fill(1) }),
  ),
  'getData().indptr': withMatrix((matrix) => matrix.getData().indptr),
  'getData().indices': withMatrix((matrix) => matrix.getData().indices),
  'getData().values': withMatrix((matrix) => matrix.getData().values),
  'Booster.toBuffer': () => booster.toBuffer(),
  'Booster.serialize': () => booster.serialize(),
};

describe.each(SIZES)('%i rows', (rows) => {
  test.each(Object.entries(ANSWERS))('%s can be transferred', async (_, answer) => {
    const given = await answer(rows);
    const { byteLength } = given;
    const buffer = given.buffer as ArrayBuffer;
    expect(byteLength).toBeGreaterThan(0);
    const moved = structuredClone(given, { transfer: [buffer] });
    expect(buffer.byteLength).toBe(0);
    expect(moved.byteLength).toBe(byteLength);
  });
});
