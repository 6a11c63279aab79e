// The times of a survival: until when each row was watched, and between which times its event lies.
import type { Table } from '../data/table.js';
import type { NumericTypedArray, VectorOption } from '../data/types.js';
import { numericVector } from '../data/vectors.js';
import { DataError } from '../errors.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import type { Intervals } from '../metrics/concordance.js';

/** Between which times the event of each row lies. Strings are names of columns of X. */
export interface GivenBounds {
  readonly labelLowerBound?: VectorOption | undefined;
  /** `Infinity`: it was not seen until the lower one. */
  readonly labelUpperBound?: VectorOption | undefined;
}

/** How messages call the bounds. */
export type BoundNames = Readonly<Record<'labelLowerBound' | 'labelUpperBound', string>>;

/** How the times were given: labels whose sign says whether the event was seen, or two bounds. */
export type TimesForm = 'signed' | 'bounds';

/** Bounds that were read. */
export interface Bounds {
  readonly labelLowerBound: NumericTypedArray;
  readonly labelUpperBound: NumericTypedArray;
}

/** Labels of a survival that was not told its times. */
export function needsTimes(y: string, { labelLowerBound, labelUpperBound }: BoundNames): DataError {
  return new DataError(`${y}: a survival needs the time of each row, received undefined`, {
    hint: `survival:cox: pass ${y}, negative where the event was not seen until then; survival:aft: pass ${labelLowerBound} and ${labelUpperBound}`,
  });
}

/**
 * Times whose sign says whether the event was seen.
 *
 * @throws DataError for a time that is no number other than 0, and when no event was seen
 */
export function checkSignedTimes(times: ArrayLike<number | bigint>, what: string): void {
  let seen = times.length === 0;
  for (let row = 0; row < times.length; row++) {
    const time = Number(times[row]);
    if (time !== 0 && Number.isFinite(time)) {
      seen ||= time > 0;
      continue;
    }
    throw new DataError(`${what}[${row}]: expected a time, negative if it is censored, received ${time}`, {
      hint: time === 0 ? 'the sign says whether the event was seen, and 0 has none' : 'leave the row out',
    });
  }
  if (seen) return;
  throw new DataError(`${what}: expected at least one event, received ${times.length} censored times`, {
    hint: 'the time of an event is positive, that of a row without one is negative',
  });
}

/** @throws DataError naming the row whose bounds are no times, or cross */
export function checkBounds({ labelLowerBound, labelUpperBound }: Bounds, names: BoundNames): void {
  const rows = Math.max(labelLowerBound.length, labelUpperBound.length);
  if (labelLowerBound.length !== labelUpperBound.length) {
    throw new DataError(
      `${names.labelUpperBound}: expected ${labelLowerBound.length} times, one for each of ${names.labelLowerBound}, received ${labelUpperBound.length}`,
    );
  }
  for (let row = 0; row < rows; row++) {
    const [lower, upper] = [Number(labelLowerBound[row]), Number(labelUpperBound[row])];
    if (!(lower >= 0 && lower < Number.POSITIVE_INFINITY)) {
      throw new DataError(`${names.labelLowerBound}[${row}]: expected a time >= 0, received ${lower}`, {
        hint: lower < 0 ? 'signed times are those of survival:cox' : '0 where nothing is known',
      });
    }
    if (!(upper > 0)) {
      throw new DataError(`${names.labelUpperBound}[${row}]: expected a time > 0, received ${upper}`, {
        hint: 'Infinity where the event was not seen',
      });
    }
    if (upper >= lower) continue;
    throw new DataError(
      `${names.labelUpperBound}[${row}]: expected at least ${lower}, the lower bound, received ${upper}`,
    );
  }
}

/**
 * The bounds of a table; undefined when there are none.
 *
 * @param X the table; undefined where there is none to take columns of
 * @throws DataError when one of the two is missing, or they are no bounds
 */
export function readBounds(given: GivenBounds, X: Table | undefined, names: BoundNames): Bounds | undefined {
  const read = (key: keyof GivenBounds): NumericTypedArray | undefined => {
    const value = given[key];
    if (value === undefined) return undefined;
    return numericVector(typeof value === 'string' ? X?.column(value, names[key]) : value, names[key]);
  };
  const [labelLowerBound, labelUpperBound] = [read('labelLowerBound'), read('labelUpperBound')];
  if (labelLowerBound === undefined && labelUpperBound === undefined) return undefined;
  if (labelLowerBound === undefined || labelUpperBound === undefined) {
    const [missing, other] =
      labelLowerBound === undefined
        ? [names.labelLowerBound, names.labelUpperBound]
        : [names.labelUpperBound, names.labelLowerBound];
    throw new DataError(`${missing}: expected the other bound too, since ${other} is given`, {
      hint: 'equal bounds are an event that was seen, an upper one of Infinity one that was not',
    });
  }
  const bounds = { labelLowerBound, labelUpperBound };
  checkBounds(bounds, names);
  return bounds;
}

/**
 * The times that a matrix brings, checked: bounds where it has any, else its labels; undefined when it has neither.
 *
 * @param name how messages call the matrix: `X`
 */
export function matrixTimes(
  { labelLowerBound, labelUpperBound, label }: DMatrix,
  name: string,
): { readonly form: TimesForm; readonly intervals: Intervals } | undefined {
  if (labelLowerBound.length + labelUpperBound.length > 0) {
    const bounds = { labelLowerBound, labelUpperBound };
    const names = { labelLowerBound: `${name}.labelLowerBound`, labelUpperBound: `${name}.labelUpperBound` };
    checkBounds(bounds, names);
    return { form: 'bounds', intervals: intervalsOf(bounds) };
  }
  if (label.length === 0) return undefined;
  checkSignedTimes(label, `${name}.label`);
  return { form: 'signed', intervals: intervalsOfSigned(label) };
}

/** @throws DataError for bounds of another task */
export function refuseBounds(given: GivenBounds, task: string, names: BoundNames): void {
  for (const key of ['labelLowerBound', 'labelUpperBound'] as const) {
    if (given[key] === undefined) continue;
    throw new DataError(`${names[key]}: a ${task} has labels, not times`, {
      hint: 'set task: survival',
    });
  }
}

/** survival:aft without bounds, which other tasks have only in a DMatrix. */
export function needsBounds(task: string): DataError {
  return new DataError(
    `objective: survival:aft learns from the times that each event lies between; a ${task} has labels`,
    {
      hint: 'use XGBoostGPUModel with task: survival, or train() and a DMatrix with labelLowerBound and labelUpperBound',
    },
  );
}

/** Signed times as what is known of them: the time of the event, or that it is later. */
export function intervalsOfSigned(times: ArrayLike<number>): Intervals {
  return {
    lower: Float64Array.from(times, Math.abs),
    upper: Float64Array.from(times, (time) => (time > 0 ? time : Number.POSITIVE_INFINITY)),
  };
}

/** Bounds as numbers of one type. */
export function intervalsOf({ labelLowerBound, labelUpperBound }: Bounds): Intervals {
  return {
    lower: Float64Array.from(labelLowerBound, Number),
    upper: Float64Array.from(labelUpperBound, Number),
  };
}
