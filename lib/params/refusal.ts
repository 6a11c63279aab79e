// The answer of a reader that cannot take a value.

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
