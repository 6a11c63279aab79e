// The types of data: every form of table and label that api.md names is accepted, and nothing that would fail at once.
import * as arrow from 'apache-arrow';
import { type RecordBatch, type Table, tableFromArrays, type Vector } from 'apache-arrow';
import { expectTypeOf } from 'vitest';
import { DMatrix, type DMatrixOptions, type Labels, setArrow, type TabularData } from '../../lib/index.js';

declare const table: Table;
declare const batch: RecordBatch;
declare const vector: Vector;

expectTypeOf(table).toExtend<TabularData>();
expectTypeOf(batch).toExtend<TabularData>();
expectTypeOf(tableFromArrays({ a: new Float32Array(3) })).toExtend<TabularData>();
expectTypeOf<{ a: Float32Array; b: (string | null)[]; c: number[]; d: Vector }>().toExtend<TabularData>();
expectTypeOf<{ values: Float64Array; rows: number; cols: number }>().toExtend<TabularData>();
expectTypeOf<{
  indptr: BigInt64Array;
  indices: Int32Array;
  values: Float32Array;
  cols: number;
}>().toExtend<TabularData>();
expectTypeOf<number[][]>().toExtend<TabularData>();
expectTypeOf<{ age: number; city: string; late: boolean | null }[]>().toExtend<TabularData>();
expectTypeOf<string>().not.toExtend<TabularData>();
expectTypeOf<Date[][]>().not.toExtend<TabularData>();

expectTypeOf(setArrow).toBeCallableWith(arrow);

expectTypeOf<number[]>().toExtend<Labels>();
expectTypeOf<bigint[]>().toExtend<Labels>();
expectTypeOf<boolean[]>().toExtend<Labels>();
expectTypeOf<string[]>().toExtend<Labels>();
expectTypeOf<Uint8Array>().toExtend<Labels>();
expectTypeOf(vector).toExtend<Labels>();
expectTypeOf<'target'>().toExtend<Labels>();
expectTypeOf<Date[]>().not.toExtend<Labels>();

expectTypeOf(DMatrix.from).returns.resolves.toEqualTypeOf<DMatrix>();
expectTypeOf(DMatrix.fromSync).returns.toEqualTypeOf<DMatrix>();
const options: DMatrixOptions = {
  label: 'late',
  weight: new Float32Array(3),
  baseMargin: { values: new Float32Array(6), rows: 3, cols: 2 },
  group: [2, 1],
  featureTypes: ['float', 'c'],
  missing: -999,
  zeroCopy: false,
};
void DMatrix.from(table, options);
// @ts-expect-error Python's spelling of an option
void DMatrix.from(table, { base_margin: [1] });
// @ts-expect-error a feature type that XGBoost does not know
void DMatrix.from(table, { featureTypes: ['double'] });

declare const matrix: DMatrix;
expectTypeOf(matrix).toExtend<Disposable>();
expectTypeOf(matrix.numRow).toEqualTypeOf<number>();
// @ts-expect-error counts are read only
matrix.numRow = 3;
