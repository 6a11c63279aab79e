// What all batches of a matrix must have in common, and their categories brought together.

import { listed, nameDifference } from '../../data/feature-match.js';
import { columnCount } from '../../data/features.js';
import { DataError } from '../../errors.js';
import type { NativeBatch, NativeCategories, NativeColumn } from '../../native/handles.js';
import type { MatrixPlan } from '../plan.js';
import { CategoryUnion } from './category-union.js';
import { toBatch } from './split.js';

/** How messages call what the others are compared with. */
const FIRST = 'the first batch';

/** The part of a plan that must be the same in each batch. */
interface Shape {
  readonly cols: number;
  readonly names: readonly string[] | undefined;
  readonly types: readonly string[] | undefined;
  readonly fields: string;
}

function shapeOf(plan: MatrixPlan): Shape {
  const fields = plan.info.map(({ field }) => field).join(', ');
  return { cols: columnCount(plan.features), names: plan.names, types: plan.types, fields };
}

function firstDifference(a: readonly string[] | undefined, b: readonly string[] | undefined): number {
  if (a === undefined || b === undefined) return a === b ? -1 : 0;
  return b.findIndex((value, index) => value !== a[index]);
}

function checkSameNames(
  wanted: readonly string[] | undefined,
  got: readonly string[] | undefined,
  owner: string,
): void {
  const at = firstDifference(wanted, got);
  if (at < 0 && wanted?.length === got?.length) return;
  if (wanted === undefined || got === undefined) {
    const [bare, named] = got === undefined ? [owner, FIRST] : [FIRST, owner];
    throw new DataError(`${owner}: ${bare} has no column names, ${named} has`);
  }
  const { missing, extra } = nameDifference(wanted, got);
  const parts = [
    ...(missing.length > 0 ? [`lacks ${listed(missing)}`] : []),
    ...(extra.length > 0 ? [`has ${listed(extra)}, which ${FIRST} does not know`] : []),
  ];
  if (parts.length === 0) parts.push(`has '${got[at]}' as column ${at}, in ${FIRST} it is '${wanted[at]}'`);
  throw new DataError(`${owner}: ${parts.join('; ')}`, { hint: 'the same columns in the same order' });
}

/**
 * Throws unless `got` is like `wanted`.
 */
function checkAlike(wanted: Shape, got: Shape, owner: string): void {
  checkSameNames(wanted.names, got.names, owner);
  if (got.cols !== wanted.cols) {
    throw new DataError(`${owner}: has ${got.cols} columns, ${FIRST} has ${wanted.cols}`);
  }
  const type = firstDifference(wanted.types, got.types);
  if (type < 0) return;
  const label = got.names?.[type] ?? String(type);
  const [mine, theirs] = [got.types?.[type] ?? 'untyped', wanted.types?.[type] ?? 'untyped'];
  throw new DataError(`${owner}: column '${label}' has type ${mine}, in ${FIRST} it has ${theirs}`, {
    hint: 'cast it; a column of plain values that are all missing has no type of its own',
  });
}

/** Gathers what the batches have in common. One for a matrix, for all passes. */
export class BatchShape {
  #first: Shape | undefined;
  readonly #unions = new Map<number, CategoryUnion>();
  #size = 0;

  /** How many categories there are in all; grows when a batch brings new ones. */
  get categories(): number {
    return this.#size;
  }

  /** The categories known for feature `index`. */
  categoriesOf(index: number): NativeCategories | undefined {
    return this.#unions.get(index)?.toNative();
  }

  /** Checks a batch and gives it the categories of all. @throws DataError naming the batch and the column */
  batch(plan: MatrixPlan, owner: string): NativeBatch {
    const { features } = plan;
    if (features.kind === 'csc') {
      throw new DataError(`${owner}: compressed columns (csc) cannot be a batch`, {
        hint: 'pass compressed rows (csr)',
      });
    }
    const shape = shapeOf(plan);
    this.check(shape, owner);
    if (features.kind !== 'columns') return toBatch(plan, features);
    const columns = features.columns.map((column, index) => this.#recode(column, index, owner));
    this.#size = [...this.#unions.values()].reduce((sum, union) => sum + union.size, 0);
    return toBatch(plan, { ...features, columns });
  }

  private check(shape: Shape, owner: string): void {
    this.#first ??= shape;
    checkAlike(this.#first, shape, owner);
    if (shape.fields !== this.#first.fields) {
      throw new DataError(
        `${owner}: has ${shape.fields || 'no labels'}, the first batch has ${this.#first.fields || 'none'}`,
      );
    }
  }

  #recode(column: NativeColumn, index: number, owner: string): NativeColumn {
    const { categories } = column;
    if (categories === undefined) return column;
    const known = this.#unions.get(index);
    const union = known ?? new CategoryUnion(categories);
    if (known === undefined) this.#unions.set(index, union);
    const remap = union.add(categories, `${owner}: column '${column.name}'`);
    const chunks = remap === undefined ? column.chunks : column.chunks.map((chunk) => recoded(chunk, remap));
    return { ...column, chunks, categories: union.toNative() };
  }
}

/** Maps a chunk's codes on: through its own map first, where it has one. */
function recoded(chunk: NativeColumn['chunks'][number], remap: Int32Array): NativeColumn['chunks'][number] {
  const own = chunk.remap;
  if (own === undefined) return { ...chunk, remap };
  return { ...chunk, remap: own.map((code) => (code < 0 ? code : (remap[code] ?? -2))) };
}
