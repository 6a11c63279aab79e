// DMatrix: a table in XGBoost's own memory, with labels, weights and the like.
import type { ArrowVectorResult } from '../data/arrow.js';
import { type FeatureReference, registerSource } from '../data/feature-reference.js';
import { openTable } from '../data/open-table.js';
import type { Batches, FeatureType, NumericArray, TabularData } from '../data/types.js';
import { DisposedError } from '../errors.js';
import type { DMatrixHandle } from '../native/handles.js';
import { Lease } from '../native/lease.js';
import { native } from '../native/native.js';
import { flag, unchecked } from '../option-kinds.js';
import { describeValue, type OptionsOf, readOptions } from '../options.js';
import { type BatchRequest, buildFromFactory } from './batches/build.js';
import { makeCachePlace } from './batches/cache-files.js';
import { buildMatrix, buildMatrixSync, setEntry, setFeatures, unlessAborted } from './build.js';
import { checkStoredCodes } from './category-codes.js';
import { checkFeatureNames, checkFeatureTypes } from './feature-names.js';
import { type MatrixOrigin, noBatches, requireForm } from './form.js';
import { INFO_OPTIONS, readInfo, refuseColumnNames } from './info.js';
import {
  type DMatrixOptions,
  MATRIX_OPTIONS,
  planMatrix,
  readMatrixOptions,
  refuseBatchOptions,
} from './plan.js';
import {
  type InfoMatrix,
  type QuantileCut,
  readCategories,
  readFloats,
  readGroupBorders,
  readQuantileCut,
} from './read.js';
import { readSliceRows, sliceMatrix } from './slice-rows.js';

export type { DMatrixOptions } from './plan.js';
export type { InfoMatrix, QuantileCut } from './read.js';

const SET_INFO_OPTIONS = {
  ...INFO_OPTIONS,
  /** Null removes them. */
  featureNames: unchecked<readonly string[] | null>(),
  /** Null removes them. */
  featureTypes: unchecked<readonly FeatureType[] | null>(),
};

/** Settings of `setInfo`: those of the rows, and names and types. */
export interface DMatrixInfo extends OptionsOf<typeof SET_INFO_OPTIONS> {}

/** What a model wants to know of a matrix. The same arrays as long as nobody sets new ones. */
export interface MatrixFeatures {
  /** Tells matrices apart without keeping them. */
  readonly id: symbol;
  readonly origin: MatrixOrigin;
  readonly rows: number;
  readonly cols: number;
  readonly names: readonly string[] | undefined;
  readonly types: readonly FeatureType[] | undefined;
  /** Those the matrix was made with, whatever its types say now. */
  readonly categories: FeatureReference['categories'];
}

/** The cells that are there, as compressed sparse rows; a table that `DMatrix.from` takes. */
export interface CsrData {
  readonly indptr: BigUint64Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
  readonly cols: number;
}

const SLICE_OPTIONS = {
  /** Allows slicing a matrix with groups; the slice has none. Default false. */
  allowGroups: flag(false),
};

/** Settings of `slice`. */
export interface SliceOptions extends OptionsOf<typeof SLICE_OPTIONS> {}

/** Only this package makes matrices: a handle comes from native code. */
export const MAKE = Symbol('make a DMatrix');
let readHandle: (matrix: DMatrix) => DMatrixHandle;
let readFeatures: (matrix: DMatrix) => MatrixFeatures;
let wrap: (handle: DMatrixHandle) => DMatrix;

/**
 * A table in XGBoost's own memory.
 *
 * The data is copied once, by libxgboost; afterwards nothing of the caller's is referenced. Holds native memory:
 * declare it with `using` or call `dispose()`.
 *
 * @example
 * using dtrain = await DMatrix.from(table, { label: 'delayed', weight: weights });
 * const dtest = DMatrix.fromSync({ values: new Float32Array(6), rows: 2, cols: 3 });
 */
export class DMatrix {
  readonly #handle: DMatrixHandle;
  readonly #rows: number;
  readonly #cols: number;
  readonly #id = Symbol('matrix');
  readonly #origin: MatrixOrigin;
  // Kept here too, so that a model can check them while the matrix is busy on a native thread.
  #names: readonly string[] | undefined;
  #types: readonly FeatureType[] | undefined;
  readonly #categories: FeatureReference['categories'];
  #disposed = false;

  static {
    wrap = (handle) => new DMatrix(MAKE, handle);
    readHandle = (matrix) => {
      matrix.#live();
      return matrix.#handle;
    };
    readFeatures = (matrix) => {
      matrix.#live();
      return {
        id: matrix.#id,
        origin: matrix.#origin,
        rows: matrix.#rows,
        cols: matrix.#cols,
        names: matrix.#names,
        types: matrix.#types,
        categories: matrix.#categories,
      };
    };
  }

  /** Use `DMatrix.from` or `DMatrix.fromSync`. */
  protected constructor(key: typeof MAKE, handle: DMatrixHandle, origin: MatrixOrigin = { form: 'plain' }) {
    if (key !== MAKE) {
      const { name } = new.target;
      throw new TypeError(`new ${name}(): use await ${name}.from(data) or ${name}.fromSync(data)`);
    }
    this.#handle = handle;
    this.#origin = origin;
    this.#rows = native.sync.XGDMatrixNumRow(handle);
    this.#cols = native.sync.XGDMatrixNumCol(handle);
    this.#readFeatures();
    // Only columns with types can have categories.
    this.#categories = this.#types === undefined ? [] : native.sync.getCategoriesDMatrix(handle);
    registerSource(this, () => {
      this.#live();
      return { names: this.#names, types: this.#types, count: this.#cols, categories: this.#categories };
    });
  }

  /**
   * Builds a matrix off the JavaScript thread.
   *
   * @param data any table, or a factory of batches, which are kept on disk (external memory); see docs/data.md
   * @throws DataError when the data cannot be used as given; always as a rejection
   */
  static async from(data: TabularData | Batches, given: DMatrixOptions = {}): Promise<DMatrix> {
    const owner = 'DMatrix.from()';
    const options = readMatrixOptions(MATRIX_OPTIONS, given, owner);
    if (typeof data === 'function') {
      const request = (): BatchRequest => {
        const cache = makeCachePlace(options.cachePrefix, owner);
        return { form: 'external', bins: undefined, config: {}, cache };
      };
      const handle = await buildFromFactory(data, options, owner, request);
      return new DMatrix(MAKE, handle, { form: 'external' });
    }
    refuseBatchOptions(options, owner);
    const table = openTable(data, 'data');
    const lease = new Lease(options.zeroCopy);
    try {
      const handle = await unlessAborted(options.signal, () =>
        buildMatrix(planMatrix(table, options, lease)),
      );
      return new DMatrix(MAKE, handle);
    } finally {
      lease.release();
    }
  }

  /** As `from`, on the calling thread, reading the caller's memory in place. */
  static fromSync(data: TabularData | Batches, given: DMatrixOptions = {}): DMatrix {
    const owner = 'DMatrix.fromSync()';
    if (typeof data === 'function') throw noBatches('DMatrix', owner);
    const options = readMatrixOptions(MATRIX_OPTIONS, given, owner);
    refuseBatchOptions(options, owner);
    return new DMatrix(
      MAKE,
      buildMatrixSync(planMatrix(openTable(data, 'data'), options, new Lease('sync'))),
    );
  }

  /**
   * Sets labels, weights, names and the like. Everything is checked before anything is set.
   *
   * @throws DataError when something does not fit; BusyError while the matrix is being trained on
   */
  setInfo(given: DMatrixInfo): void {
    if (given === undefined) throw new TypeError('setInfo(): expected an options object, received undefined');
    const info = readOptions(SET_INFO_OPTIONS, given, 'setInfo()');
    this.#live();
    refuseColumnNames(info);
    const groups = (): number => this.group.length;
    const entries = readInfo(info, { rows: this.#rows, cols: this.#cols, groups }, new Lease('sync'));
    const { featureNames, featureTypes } = info;
    const names = featureNames === null ? [] : checkFeatureNames(featureNames, this.#cols);
    const types = featureTypes === null ? [] : checkFeatureTypes(featureTypes, this.#cols);
    if (types !== undefined) {
      const why = 'the pages on disk have theirs';
      requireForm(this.#origin.form, ['plain', 'quantile'], 'setInfo({ featureTypes })', why);
      checkStoredCodes(this.#handle, types);
    }
    for (const entry of entries) setEntry(native.sync, this.#handle, entry);
    setFeatures(this.#handle, names, types);
    this.#readFeatures();
  }

  /** The number of rows. */
  get numRow(): number {
    this.#live();
    return this.#rows;
  }

  /** The number of features. */
  get numCol(): number {
    this.#live();
    return this.#cols;
  }

  /** The number of cells that are not missing. */
  get numNonMissing(): number {
    this.#live();
    return native.sync.XGDMatrixNumNonMissing(this.#handle);
  }

  /** The names of the features, if they have any. */
  get featureNames(): string[] | undefined {
    this.#live();
    return this.#names && [...this.#names];
  }

  /** The types of the features (`float`, `int`, `i`, `q`, `c`), if they have any. */
  get featureTypes(): FeatureType[] | undefined {
    this.#live();
    return this.#types && [...this.#types];
  }

  /** A copy of the labels, row-major when there are several outputs (`labelMatrix` has the shape); empty when not set. */
  get label(): Float32Array {
    return this.#floats('label').values;
  }

  /** A copy of the labels with their shape. */
  get labelMatrix(): InfoMatrix {
    return this.#floats('label');
  }

  /** A copy of the weights; empty when not set. */
  get weight(): Float32Array {
    return this.#floats('weight').values;
  }

  /** A copy of the base margins, row-major when there are several outputs; empty when not set. */
  get baseMargin(): Float32Array {
    return this.#floats('base_margin').values;
  }

  /** A copy of the base margins with their shape. */
  get baseMarginMatrix(): InfoMatrix {
    return this.#floats('base_margin');
  }

  /** The sizes of the ranking groups, also when they were given as `qid`; empty when not set. */
  get group(): Uint32Array {
    this.#live();
    const borders = readGroupBorders(this.#handle);
    return Uint32Array.from({ length: Math.max(0, borders.length - 1) }, (_, index) => {
      return (borders[index + 1] ?? 0) - (borders[index] ?? 0);
    });
  }

  /** A copy of the lower bounds of censored labels; empty when not set. */
  get labelLowerBound(): Float32Array {
    return this.#floats('label_lower_bound').values;
  }

  /** A copy of the upper bounds of censored labels; empty when not set. */
  get labelUpperBound(): Float32Array {
    return this.#floats('label_upper_bound').values;
  }

  /** A copy of the feature weights; empty when not set. */
  get featureWeights(): Float32Array {
    return this.#floats('feature_weights').values;
  }

  /**
   * The features as compressed sparse rows, without the missing cells. Categories are their codes; a quantile matrix
   * has kept bins only, and gives a value of the bin for each number.
   *
   * @throws NotSupportedError for external memory
   */
  getData(): CsrData {
    this.#live();
    const why = 'external memory is not held in one piece';
    requireForm(this.#origin.form, ['plain', 'quantile'], 'getData()', why);
    const [indptr, indices, values] = native.sync.getDataAsCsr(this.#handle);
    return { indptr, indices, values, cols: this.#cols };
  }

  /** The histogram borders. A plain DMatrix has them after it was trained on with `hist`. */
  getQuantileCut(): QuantileCut {
    this.#live();
    return readQuantileCut(this.#handle);
  }

  /** The categories of each categorical feature that was given with names or numbers, in the order of their codes. */
  getCategories(): Record<string, ArrowVectorResult> {
    this.#live();
    return readCategories(this.#handle, this.#names);
  }

  /**
   * A new matrix with some of the rows, in the order given; a row may occur more than once.
   *
   * @param rows row numbers from 0
   * @throws DataError when a row does not exist, or when there are groups and `allowGroups` is not set;
   *   NotSupportedError for quantile matrices and external memory
   */
  async slice(rows: NumericArray, options: SliceOptions = {}): Promise<DMatrix> {
    const { allowGroups } = readOptions(SLICE_OPTIONS, options, 'slice()');
    this.#live();
    const why = 'rows can only be taken out of a plain DMatrix';
    requireForm(this.#origin.form, ['plain'], 'slice()', why);
    const copy = readSliceRows(rows, this.#rows);
    return new DMatrix(MAKE, await sliceMatrix(this.#handle, copy, allowGroups));
  }

  /** Frees the native memory, after calls in flight have ended. Calling it again does nothing. */
  dispose(): void {
    this.#disposed = true;
    native.dispose(this.#handle);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  toString(): string {
    const size = this.#disposed ? 'disposed' : `rows: ${this.#rows}, cols: ${this.#cols}`;
    return `${this.constructor.name} { ${size} }`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  #live(): void {
    if (this.#disposed) throw new DisposedError(`this ${this.constructor.name} was disposed`);
  }

  #readFeatures(): void {
    const names = native.sync.XGDMatrixGetStrFeatureInfo(this.#handle, 'feature_name');
    const types = native.sync.XGDMatrixGetStrFeatureInfo(this.#handle, 'feature_type');
    this.#names = names.length === 0 ? undefined : names;
    this.#types = types.length === 0 ? undefined : checkFeatureTypes(types, types.length);
  }

  #floats(field: string): InfoMatrix {
    this.#live();
    return readFloats(this.#handle, field);
  }
}

/** A plain matrix around a handle, for our own classes. */
export function wrapMatrix(handle: DMatrixHandle): DMatrix {
  return wrap(handle);
}

/** The native handle of a matrix, for our own classes. @param name the argument, for messages: `dtrain` */
export function dmatrixHandle(matrix: unknown, name = 'dmatrix'): DMatrixHandle {
  if (matrix instanceof DMatrix) return readHandle(matrix);
  throw new TypeError(`${name}: expected a DMatrix, received ${describeValue(matrix)}`);
}

/** Size, names and types of a matrix, for our own classes; also while native code works on it. */
export function dmatrixFeatures(matrix: DMatrix): MatrixFeatures {
  return readFeatures(matrix);
}
