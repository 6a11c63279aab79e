// Which rows are for validation: shuffled as NumPy and scikit-learn do for the same seed, ranking groups kept whole.
import { DataError } from '../errors.js';
import { RandomState } from '../python/random-state.js';

/** Row numbers of the two parts, each ascending. */
export interface SplitRows {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/**
 * Draws the validation rows.
 *
 * The units drawn are rows, or groups when `groups` is given: the first `ceil(fraction × units)` of
 * `numpy.random.RandomState(seed).permutation(units)`, which is what scikit-learn's `ShuffleSplit` and
 * `GroupShuffleSplit` take as their test part. Both parts then keep the order of the file.
 *
 * @param groups for each row its group, numbered from 0 in the order of the sorted group values
 * @throws DataError when a part would be empty
 */
export function splitRows(rows: number, fraction: number, seed: number, groups?: Int32Array): SplitRows {
  const units = groups === undefined ? rows : groups.reduce((most, group) => Math.max(most, group + 1), 0);
  const drawn = Math.ceil(fraction * units);
  if (drawn < 1 || drawn >= units) {
    const what = groups === undefined ? 'rows' : 'groups';
    throw new DataError(`data.validation_split: ${fraction} of ${units} ${what} leaves one part empty`, {
      hint: 'use another fraction, more data, or 0 to train without validation',
    });
  }
  const chosen = new Uint8Array(units);
  for (const unit of new RandomState(seed).permutation(units).subarray(0, drawn)) chosen[unit] = 1;
  return partition(rows, (row) => chosen[groups === undefined ? row : (groups[row] ?? 0)] === 1);
}

function partition(rows: number, isValidation: (row: number) => boolean): SplitRows {
  let count = 0;
  for (let row = 0; row < rows; row++) if (isValidation(row)) count++;
  const train = new Int32Array(rows - count);
  const validation = new Int32Array(count);
  let t = 0;
  let v = 0;
  for (let row = 0; row < rows; row++) {
    if (isValidation(row)) validation[v++] = row;
    else train[t++] = row;
  }
  return { train, validation };
}
