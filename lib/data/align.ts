// Aligns the columns of a table with a model's: which they are, in what order, and with which codes for their categories.
import { DataError } from '../errors.js';
import type { NativeCategories } from '../native/handles.js';
import { recodeColumn } from './align-categories.js';
import type { DescribedColumn, NamedColumn } from './column.js';
import { matchColumns } from './feature-match.js';
import type { Alignment } from './feature-reference.js';

/**
 * Reads the columns: those of the reference in its order where it has names, else all as they come.
 *
 * @param categoriesOf what is known of feature `index` without a reference, for columns without any value
 * @throws DataError for columns that are missing or too many, and for values that the reference does not know
 */
export function alignColumns(
  columns: readonly NamedColumn[],
  alignment: Alignment | undefined,
  owner: string,
  categoriesOf?: (index: number) => NativeCategories | undefined,
): DescribedColumn[] {
  if (alignment === undefined) {
    return columns.map(({ describe }, index) => withoutBlank(describe(), categoriesOf?.(index), owner));
  }
  const { reference, byName = true, extraColumns = 'error' } = alignment;
  const known = byName ? reference.names : undefined;
  const chosen = known === undefined ? columns : matchColumns(columns, known, extraColumns, owner);
  return chosen.map(({ describe }, index) => {
    const categories = reference.categories[index];
    const described = withoutBlank(describe(), categories, owner);
    if (categories !== undefined && categories !== null)
      return recoded(described, categories, alignment, owner);
    if (byName && chosen.length === reference.count) checkKind(described, reference.types?.[index], owner);
    return described;
  });
}

function recoded(
  { column, ...described }: DescribedColumn,
  categories: NativeCategories,
  { unknownCategory = 'error' }: Alignment,
  owner: string,
): DescribedColumn {
  const where = `${owner}: column '${column.name}'`;
  return { ...described, column: recodeColumn(column, categories, unknownCategory, where) };
}

/** Without this, the codes of categories would be taken for the numbers the model was trained on. */
function checkKind({ column, type }: DescribedColumn, expected: string | undefined, owner: string): void {
  if (type !== 'c' || column.kind !== 'category' || expected === 'c') return;
  throw new DataError(
    `${owner}: column '${column.name}': expected numbers, as in training, received categories`,
  );
}

/** Decides what a column without values is: missing categories where the reference has some, else missing numbers. */
function withoutBlank(
  described: DescribedColumn,
  categories: NativeCategories | null | undefined,
  owner: string,
): DescribedColumn {
  const { column, type, length, blank = false } = described;
  if (!blank) return described;
  const { name } = column;
  if (categories !== undefined && categories !== null) {
    const validity = new Uint8Array((length + 7) >>> 3);
    const chunks =
      length === 0 ? [] : [{ values: new Int32Array(length), length, validity, validityOffset: 0 }];
    return { column: { name, kind: 'category', chunks, categories }, type: 'c', length };
  }
  if (type !== 'c') return { column, type, length };
  if (length === 0) return { column: { name, kind: 'number', chunks: [] }, type, length };
  throw new DataError(
    `${owner}: column '${name}' is categorical but has no category: every value is missing`,
    {
      hint: 'leave the column out, or encode it with the dictionary of the training data',
    },
  );
}
