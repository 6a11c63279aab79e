// The forms of a matrix: what each can do, and what it is called.
import { NotSupportedError } from '../errors.js';
import type { BatchForm } from './batches/build.js';

/** How a matrix was made, as far as training has to know. */
export interface MatrixOrigin {
  readonly form: 'plain' | BatchForm;
  /** Quantile forms: how many bins a feature has at most. */
  readonly maxBin?: number;
  /** Quantile forms: the identity of the matrix whose bins it has. */
  readonly ref?: symbol | undefined;
}

type Form = MatrixOrigin['form'];

/** The form of a matrix in words. */
export function describeForm(form: Form): string {
  const words = {
    plain: 'DMatrix',
    external: 'DMatrix of external memory',
    quantile: 'QuantileDMatrix',
    externalQuantile: 'ExtMemQuantileDMatrix',
  };
  return words[form];
}

/** Throws when `call` is not for matrices of this form. */
export function requireForm(form: Form, allowed: readonly Form[], call: string, why: string): void {
  if (allowed.includes(form)) return;
  throw new NotSupportedError(`${call}: not of a ${describeForm(form)}: ${why}`, {
    hint: 'take the rows out of the table, or make a DMatrix of it',
  });
}

/** Batches come from JavaScript, which cannot run while a blocking call does. @param name of the class */
export function noBatches(name: string, owner: string): NotSupportedError {
  return new NotSupportedError(`${owner}: batches need the asynchronous form`, {
    hint: `await ${name}.from(batches)`,
  });
}
