// What can be wrong: a value a reader cannot take, and the problem that is reported.

/** What a parameter would have accepted, and how to get there. */
export class Refusal {
  /** Completes "expected ...". */
  readonly expected: string;
  readonly hint: string | undefined;
  /** Completes "received ..." where that is not the whole value. */
  readonly received: string | undefined;

  constructor(expected: string, hint?: string, received?: string) {
    this.expected = expected;
    this.hint = hint;
    this.received = received;
  }
}

/** One thing that is wrong with one parameter. */
export interface Problem {
  readonly name: string;
  readonly message: string;
  readonly hint?: string;
}

/** The text libxgboost gets, or why there is none. */
export type Reading = string | Refusal;

/** The same for parameters that may be set several times. */
export type Readings = Reading | readonly string[];

/** `'a', 'b' or 'c'`. */
export function listOf(values: readonly string[]): string {
  const quoted = values.map((value) => `'${value}'`);
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`;
}
