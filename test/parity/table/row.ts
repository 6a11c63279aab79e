// One row of the table of features: who has it, how it is called here, and what proves it.

/** Whether a package has a feature, and what is to be said of it. */
export type Has = 'yes' | 'no' | `partly: ${string}`;

/** What shows that a feature works: a case of the comparison with Python, or a test by its file and name. */
export type Proof = { readonly case: string } | { readonly file: string; readonly test: string };

export interface Row {
  readonly feature: string;
  readonly python: Has;
  readonly r: Has;
  /** Its name here, in Markdown; where it is left out, what to use instead. */
  readonly here: string;
  /** Why it is not here. */
  readonly leftOut?: string;
  readonly proof: readonly Proof[];
}

/** The rows of one subject. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** Cases of the comparison with Python. */
export function cases(...names: readonly string[]): Proof[] {
  return names.map((name) => ({ case: name }));
}

/** A test: its file below `test/` without the ending, and its name as it is written there. */
export function tested(file: string, test: string): Proof {
  return { file: `test/${file}.test.ts`, test };
}
