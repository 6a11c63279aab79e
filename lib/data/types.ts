// The shapes of data that callers may hand in. Arrow is described by structure, so any copy of apache-arrow fits.
import type { NumericTypedArray } from '../native/handles.js';

export type { NumericTypedArray } from '../native/handles.js';

/** Numbers in a typed array or a plain array. */
export type NumericArray = NumericTypedArray | readonly number[] | readonly bigint[];

/** Feature types as XGBoost spells them: real number, integer, indicator (boolean), quantity, category. */
export type FeatureType = 'float' | 'int' | 'i' | 'q' | 'c';

/** What we read of an Arrow type. */
export interface ArrowType {
  readonly typeId: number;
  toString(): string;
}

/** What we read of one chunk of an Arrow column. */
export interface ArrowData {
  readonly type: ArrowType;
  readonly length: number;
  /** In elements; only bitmaps are addressed with it, `values` is already cut. */
  readonly offset: number;
  readonly nullCount: number;
  readonly values: unknown;
  readonly valueOffsets: unknown;
  readonly nullBitmap: unknown;
  /** Utf8View only: where the longer strings stand. */
  readonly variadicBuffers?: unknown;
  readonly dictionary?: ArrowVector | undefined;
  readonly children: readonly ArrowData[];
}

/** An Arrow column: any `Vector` of apache-arrow 17 or newer, whichever copy made it. */
export interface ArrowVector {
  readonly type: ArrowType;
  readonly length: number;
  readonly data: readonly ArrowData[];
}

/** What we read of an Arrow schema. */
export interface ArrowSchema {
  readonly fields: readonly { readonly name: string; readonly type: ArrowType }[];
}

/** An Arrow record batch of apache-arrow 17 or newer. */
export interface ArrowRecordBatch {
  readonly schema: ArrowSchema;
  readonly numRows: number;
  readonly data: ArrowData;
}

/** An Arrow table of apache-arrow 17 or newer. */
export interface ArrowTable {
  readonly schema: ArrowSchema;
  readonly numRows: number;
  readonly batches: readonly ArrowRecordBatch[];
}

/**
 * One named column. In plain arrays `null` and `undefined` are missing; strings become a category whose
 * names are sorted; booleans become an indicator. Typed arrays and Arrow vectors are read where they lie.
 */
export type ColumnInput =
  | NumericTypedArray
  | ArrowVector
  | readonly (number | null | undefined)[]
  | readonly (bigint | null | undefined)[]
  | readonly (string | null | undefined)[]
  | readonly (boolean | null | undefined)[];

/** Columns by name, all of one length. */
export interface NamedColumns {
  readonly [column: string]: ColumnInput;
}

/** A dense matrix of `rows` × `cols`, row-major. */
export interface DenseMatrix {
  readonly values: NumericTypedArray;
  readonly rows: number;
  readonly cols: number;
  /** Elements (not bytes) from one row to the next and from one column to the next. Default `[cols, 1]`. */
  readonly strides?: readonly [number, number];
}

/** Compressed sparse rows. A cell that is not stored is missing, not zero. */
export interface CsrMatrix {
  /** `rows + 1` positions into `indices` and `values`. */
  readonly indptr: NumericArray;
  /** The column of each stored value. */
  readonly indices: NumericArray;
  readonly values: NumericArray;
  readonly cols: number;
  readonly csc?: false;
}

/** Compressed sparse columns. A cell that is not stored is missing, not zero. */
export interface CscMatrix {
  /** `cols + 1` positions into `indices` and `values`. */
  readonly indptr: NumericArray;
  /** The row of each stored value. */
  readonly indices: NumericArray;
  readonly values: NumericArray;
  readonly rows: number;
  readonly csc: true;
}

/** Rows as arrays of numbers, for convenience. `null` and `undefined` are missing. */
export type RowArrays = readonly (readonly (number | null | undefined)[] | NumericTypedArray)[];

/** One cell of a row object. */
export type Cell = number | bigint | string | boolean | null | undefined;

/** Rows as objects, for convenience. Absent keys, `null` and `undefined` are missing. */
export type Records = readonly { readonly [column: string]: Cell }[];

/** Every form of table that can be trained on or predicted for. */
export type TabularData =
  | ArrowTable
  | ArrowRecordBatch
  | NamedColumns
  | DenseMatrix
  | CsrMatrix
  | CscMatrix
  | RowArrays
  | Records;

/** A factory of batches. XGBoost reads the data several times, so each call must start from the beginning. */
export type Batches = () => Iterable<TabularData> | AsyncIterable<TabularData>;

/** One number for each row: as values, or as the name of a column, which then leaves the features. */
export type VectorOption = NumericTypedArray | readonly number[] | readonly bigint[] | ArrowVector | string;

/** Several numbers for each row, row-major. */
export interface MatrixValues {
  readonly values: NumericTypedArray | readonly number[];
  readonly rows: number;
  readonly cols: number;
}

/** Several numbers for each row, as predictions come. */
export interface TensorValues {
  readonly values: NumericTypedArray;
  /** `[rows]` or `[rows, outputs]`. */
  readonly shape: readonly number[];
}

/** One number for each row, or several: as a matrix, or as a prediction, whose margins can be trained on further. */
export type MatrixOption = VectorOption | MatrixValues | TensorValues;

/** Labels of a model: numbers, booleans, strings, or the name of a column of the table. */
export type Labels =
  | NumericTypedArray
  | readonly number[]
  | readonly bigint[]
  | readonly boolean[]
  | readonly string[]
  | ArrowVector
  | string;
