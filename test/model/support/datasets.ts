// Small real data, exported once from scikit-learn: iris, breast cancer (first ten features) and diabetes (unscaled).
import { readFileSync } from 'node:fs';

export interface Dataset {
  readonly names: readonly string[];
  /** Features by name. */
  readonly columns: Record<string, Float32Array>;
  /** The last column, as text. */
  readonly target: readonly string[];
  readonly rows: number;
}

/** Reads one of the files in `test/model/data`. */
export function readDataset(name: 'iris' | 'breast-cancer' | 'diabetes'): Dataset {
  const text = readFileSync(new URL(`../data/${name}.csv`, import.meta.url), 'utf8');
  const [header = [], ...cells] = text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const names = header.slice(0, -1);
  const columns = Object.fromEntries(
    names.map((column, index) => [column, Float32Array.from(cells, (row) => Number(row[index]))]),
  );
  return { names, columns, target: cells.map((row) => row.at(-1) ?? ''), rows: cells.length };
}

/** Every fifth row for validation, the others for training. */
export function split(data: Dataset): { train: Dataset; val: Dataset } {
  return { train: pick(data, (row) => row % 5 !== 0), val: pick(data, (row) => row % 5 === 0) };
}

function pick(data: Dataset, wanted: (row: number) => boolean): Dataset {
  const columns = Object.fromEntries(
    Object.entries(data.columns).map(([name, values]) => [name, values.filter((_, row) => wanted(row))]),
  );
  const target = data.target.filter((_, row) => wanted(row));
  return { names: data.names, columns, target, rows: target.length };
}
