// What the readers are asked for and what DataPipeline.run answers.
import type { ColumnTable } from './columns.js';
import type { Table } from './to-arrow.js';

/** `train` splits, `evaluate` keeps the target and all rows, `predict` gives features only. */
export type PipelineMode = 'train' | 'evaluate' | 'predict';

/** The parts that columns play, by name. */
export interface ColumnRoles {
  readonly target?: string;
  readonly group?: string;
  readonly weight?: string;
  /** Survival: the bounds of the times. */
  readonly lowerBound?: string;
  readonly upperBound?: string;
}

/** Data to train on. Target, bounds, weight and group are columns of both tables. A survival with bounds needs no target. */
export interface TrainingData extends ColumnRoles {
  readonly mode: 'train';
  /** All rows, or those not drawn for validation. */
  readonly train: Table;
  /** Absent when `data.validation_split` is 0. */
  readonly validation?: Table;
  /** The other columns, in order. */
  readonly features: readonly string[];
}

/** Data to evaluate on: features, the target, and bounds, weight and group where configured. */
export interface EvaluationData extends ColumnRoles {
  readonly mode: 'evaluate';
  readonly table: Table;
  readonly features: readonly string[];
}

/** Data to predict for: features only. */
export interface PredictionData {
  readonly mode: 'predict';
  readonly table: Table;
  readonly features: readonly string[];
}

/** Data to train on that stays in the file. Target, bounds and weight are columns of each batch. */
export interface BatchedData extends Omit<ColumnRoles, 'group'> {
  /** Reads the file anew each time it is called, for matrices of external memory or of bins. */
  readonly batches: () => AsyncIterable<Table>;
}

/** What a reader is asked to do. */
export interface ReadRequest {
  /** SQL over the table `input`. */
  readonly query: string | undefined;
  /** Columns and SQL types of the file that the model was trained on, when it is known. */
  readonly remembered: ReadonlyMap<string, string>;
  /** Picks from the columns that there are; throws when one is missing. */
  readonly choose: (available: readonly string[]) => readonly string[];
  readonly signal: AbortSignal | undefined;
}

/** What a reader found. */
export interface ReadResult {
  /** The chosen columns, in the order chosen. */
  readonly table: ColumnTable;
  /** Columns and SQL types of the file itself; empty for Arrow files. */
  readonly raw: ReadonlyMap<string, string>;
}
