// The options of a matrix made from batches: the part of each vector that belongs to one batch.

import type { Table } from '../../data/table.js';
import type { MatrixOption, NumericTypedArray } from '../../data/types.js';
import { matrixParts, numericVector } from '../../data/vectors.js';
import { DataError } from '../../errors.js';
import type { Lease } from '../../native/lease.js';
import { checkGrouping } from '../groups.js';
import type { InfoOptions } from '../info.js';
import type { DMatrixOptions } from '../plan.js';

const PER_ROW = ['label', 'weight', 'baseMargin', 'qid', 'labelLowerBound', 'labelUpperBound'] as const;
type PerRow = (typeof PER_ROW)[number];

/** Numbers for all rows: `cols` of them for each. */
interface RowValues {
  readonly values: NumericTypedArray;
  readonly cols: number;
  readonly matrix: boolean;
}

function rowValues(value: MatrixOption, name: string, lease: Lease): RowValues {
  const parts = matrixParts(value);
  const values = numericVector(parts?.values ?? value, name, lease);
  return { values, cols: parts === undefined ? 1 : Number(parts.cols), matrix: parts !== undefined };
}

/**
 * Options given for all rows at once, cut up along the batches. Those that name a column are left to each batch.
 *
 * Groups may not reach from one batch into the next: libxgboost would make two of such a group.
 */
export class BatchOptions {
  readonly #options: DMatrixOptions;
  readonly #vectors = new Map<PerRow, RowValues>();
  readonly #group: NumericTypedArray | undefined;
  /** Weights belong to groups instead of rows. */
  readonly #groupWeights: boolean;
  #groups = 0;
  #lastGroup: number | bigint | undefined;

  constructor(options: DMatrixOptions, lease: Lease) {
    this.#options = options;
    checkGrouping(options);
    for (const name of PER_ROW) {
      const value = options[name];
      if (value !== undefined && typeof value !== 'string')
        this.#vectors.set(name, rowValues(value, name, lease));
    }
    if (options.group !== undefined) this.#group = numericVector(options.group, 'group');
    this.#groupWeights =
      this.#group !== undefined && this.#vectors.get('weight')?.values.length === this.#group.length;
  }

  /** A pass begins. */
  rewind(): void {
    this.#groups = 0;
    this.#lastGroup = undefined;
  }

  /** The options for one batch. @param rowsBefore rows of the batches before it */
  of(batch: Table, rowsBefore: number): DMatrixOptions {
    const cut: { -readonly [K in keyof InfoOptions]: InfoOptions[K] } = {};
    const before = this.#groups;
    if (this.#group !== undefined) cut.group = this.#cutGroups(this.#group, batch);
    for (const [name, { values, cols, matrix }] of this.#vectors) {
      const byGroup = name === 'weight' && this.#groupWeights;
      const [begin, end] = byGroup ? [before, this.#groups] : [rowsBefore, rowsBefore + batch.rows];
      if (end * cols > values.length) throw tooFew(name, values.length / cols, end, batch);
      const part = values.subarray(begin * cols, end * cols);
      Object.assign(cut, { [name]: matrix ? { values: part, rows: end - begin, cols } : part });
    }
    this.#checkIds(cut.qid, batch);
    return { ...this.#options, ...cut };
  }

  /** A pass has ended: nothing may be left over. */
  end(rows: number): void {
    for (const [name, { values, cols }] of this.#vectors) {
      const expected = name === 'weight' && this.#groupWeights ? this.#groups : rows;
      if (values.length === expected * cols) continue;
      throw new DataError(
        `${name}: expected ${expected} rows, as all batches have together, received ${values.length / cols}`,
      );
    }
    if (this.#group !== undefined && this.#groups !== this.#group.length) {
      throw new DataError(`group: the batches end after ${this.#groups} of ${this.#group.length} groups`);
    }
  }

  #cutGroups(sizes: NumericTypedArray, { owner, rows }: Table): NumericTypedArray {
    const begin = this.#groups;
    let sum = 0;
    let end = begin;
    while (sum < rows && end < sizes.length) sum += Number(sizes[end++]);
    if (sum === rows) {
      this.#groups = end;
      return sizes.subarray(begin, end);
    }
    throw sum < rows ? tooFewGroups(owner) : spans(owner, `group ${end - 1}`);
  }

  #checkIds(cut: unknown, batch: Table): void {
    const { qid } = this.#options;
    const { owner } = batch;
    if (qid === undefined || batch.rows === 0) return;
    const ids = numericVector(typeof qid === 'string' ? batch.column(qid, 'qid') : cut, 'qid');
    const [first, last] = [ids[0] ?? 0, ids[ids.length - 1] ?? 0];
    const before = this.#lastGroup;
    this.#lastGroup = last;
    if (before === undefined || first > before) return;
    if (first === before) throw spans(owner, `the group with qid ${first}`);
    throw new DataError(`${owner}: qid begins with ${first} after ${before} in the batch before`, {
      hint: 'sort the rows by qid first',
    });
  }
}

function tooFew(name: string, given: number, end: number, batch: Table): DataError {
  return new DataError(`${name}: holds ${given} rows, but ${batch.owner} reaches row ${end}`, {
    hint: 'it has to cover the rows of all batches',
  });
}

function tooFewGroups(owner: string): DataError {
  return new DataError(`group: the sizes end before ${owner} does`, { hint: 'they add up to all rows' });
}

function spans(owner: string, group: string): DataError {
  return new DataError(`${owner}: ${group} lies in two batches`, {
    hint: 'let batches end where groups end; XGBoost would make two groups of it',
  });
}
