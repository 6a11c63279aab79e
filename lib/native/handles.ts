// The shapes that cross into the addon. C++ checks every length in them against the real buffer.

declare const brand: unique symbol;

/** A native object of one kind. Opaque; freed by `native.dispose` or, as a safety net, by garbage collection. */
interface Handle<Kind extends string> {
  readonly [brand]: Kind;
}
export type DMatrixHandle = Handle<'DMatrix'>;
export type BoosterHandle = Handle<'Booster'>;
export type TrackerHandle = Handle<'Tracker'>;
/** A compiled forest: the function that predicts one row, transformed, and answers with its first output. */
export interface ForestHandle extends Handle<'Forest'> {
  (features: Float32Array, out?: Float32Array): number;
}
/** Through which a native thread asks for batches. */
export type FeedHandle = Handle<'Feed'>;
export type AnyHandle = DMatrixHandle | BoosterHandle | TrackerHandle | ForestHandle | FeedHandle;

/** The typed arrays XGBoost can read numbers from. */
export type NumericTypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** One block of numbers with one or two dimensions. */
export interface NativeArray {
  readonly values: NumericTypedArray;
  readonly shape: readonly number[];
  /** In elements, positive; row-major and dense when absent. */
  readonly strides?: readonly number[];
  /** `values` is a Uint16Array that holds float16 bits. */
  readonly half?: boolean;
}

/** One batch of a column. */
export interface NativeChunk {
  readonly values: NumericTypedArray;
  readonly length: number;
  /** Kind `bool` only: where the first bit stands in `values`. */
  readonly bitOffset?: number;
  /** Least significant bit first, 1 = valid; absent when nothing is missing. */
  readonly validity?: Uint8Array;
  /** Where the first validity bit stands. */
  readonly validityOffset?: number;
  /** Kind `category` only: this batch's code -> code in `categories`; -1 is missing. */
  readonly remap?: Int32Array;
}

/** Names of categories as one UTF-8 block with offsets, or integer categories. */
export type NativeCategories =
  | { readonly offsets: Int32Array; readonly bytes: Uint8Array }
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** One feature, in as many batches as the caller's table has. */
export interface NativeColumn {
  /** For messages. */
  readonly name: string;
  readonly kind: 'number' | 'bool' | 'half' | 'category';
  readonly chunks: readonly NativeChunk[];
  readonly categories?: NativeCategories;
}

/** A compressed sparse matrix: rows compressed (`count` = columns) or columns compressed (`count` = rows). */
export interface NativeCsr {
  readonly indptr: NumericTypedArray;
  readonly indices: NumericTypedArray;
  readonly values: NumericTypedArray;
  readonly count: number;
}

/** A table that a compiled forest reads in place. */
export type NativeTable =
  | { readonly kind: 'dense'; readonly array: NativeArray }
  | { readonly kind: 'columns'; readonly columns: readonly NativeColumn[] }
  | { readonly kind: 'csr'; readonly matrix: NativeCsr };

/** What of a prediction is wanted. */
export type NativeForestOutput = 'value' | 'margin' | 'contributions' | 'interactions';

/** How a compiled forest predicts. */
export interface NativeForestOptions {
  readonly output: NativeForestOutput;
  /** Rounds `[begin, end)`; both 0: all. */
  readonly begin: number;
  readonly end: number;
  readonly missing: number;
  /** 0: one for each core. */
  readonly threads: number;
  readonly baseMargin: Float32Array | null;
}

/** What a compiled forest says of itself. */
export interface NativeForestFacts {
  readonly numFeatures: number;
  /** Values per row of a prediction; `numMargins`: of one with margins. */
  readonly numOutputs: number;
  readonly numMargins: number;
  readonly numTrees: number;
  readonly numRounds: number;
  readonly bytes: number;
  readonly kernel: string;
  readonly objective: string;
  /** Empty when the model has none; so are types. */
  readonly featureNames: string[];
  readonly featureTypes: string[];
  readonly bestIteration?: number;
}

/** One call of XGDMatrixSetInfoFromInterface. */
export interface NativeInfoEntry {
  readonly field: string;
  readonly array: NativeArray;
}

/** One batch of a matrix: its features, and what belongs to its rows. Empty names or types are none. */
export interface NativeBatch {
  readonly features:
    | { readonly kind: 'columns'; readonly columns: readonly NativeColumn[] }
    | { readonly kind: 'dense'; readonly array: NativeArray }
    | { readonly kind: 'csr'; readonly matrix: NativeCsr };
  readonly info: readonly NativeInfoEntry[];
  readonly names: readonly string[];
  readonly types: readonly string[];
}

/** A result: values in row-major order. */
export interface NativeTensor {
  readonly values: Float32Array;
  readonly shape: number[];
}

/** A result whose element type libxgboost decides. */
export interface NativeInfo {
  readonly values: NumericTypedArray;
  readonly shape: number[];
}
