// Everything that is compared about one case, as both sides report it.

/** float32 values in base64, little-endian. */
export interface Tensor {
  shape: number[];
  values: string;
}

/** A number, or the text of one that JSON does not have: NaN, Infinity, -Infinity. */
export type Spelled = number | string;
export type SpelledHistory = Record<string, Record<string, Spelled[]>>;
export type History = Record<string, Record<string, number[]>>;
export type Scores = Record<string, Record<string, Spelled | Spelled[]>>;

export interface Outcome {
  /** The saved model: JSON text, and UBJ in base64. */
  model: string;
  ubj: string;
  config: string;
  /**
   * Model and configuration of the booster after saving and loading, after loading its configuration, of its copy and
   * of what its snapshot restores; and the checkpoints of its training.
   */
  twins: Record<string, string>;
  history: SpelledHistory;
  /** The built-in metrics of the finished model on the test data. */
  evaluated: Record<string, Spelled>;
  attributes: Record<string, string | null>;
  rounds: number;
  features: number;
  featureNames: readonly string[] | null;
  featureTypes: readonly string[] | null;
  bestIteration: number | null;
  bestScore: Spelled | null;
  scores: Scores;
  dumps: Record<string, string[]>;
  categories: Record<string, unknown[]>;
  /** The table of trees by column; null where a column does not apply. */
  trees: Record<string, unknown[]>;
  /** Rows, columns and present cells of the test matrix. */
  testMatrix: number[];
  predictions: Record<string, Tensor>;
}

/** What oracle.py writes. */
export interface OracleAnswer {
  xgboost: string;
  /** SHA-256 of the libxgboost that it ran. */
  library: string;
  cases: Record<string, Outcome>;
  /** What the Python package raised, by case. */
  failures: Record<string, string>;
}
