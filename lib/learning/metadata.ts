// What a model file says about itself besides its trees: the attribute `xgboost_gpu`, one JSON document.
import * as v from 'valibot';
import type { TrainingRecord } from '../booster/training-record.js';
import { ModelError } from '../errors.js';
import { Classes } from './classes.js';
import type { ModelType, Task } from './types.js';

/** The booster attribute that carries the document. */
export const ATTRIBUTE = 'xgboost_gpu';
const VERSION = 1;

/** Columns that training took out of the table; they are left out of later tables too. */
export interface RoleColumns {
  readonly label?: string | undefined;
  readonly weight?: string | undefined;
  readonly group?: string | undefined;
  /** The margin rows start from. Predictions use it where the table has it. */
  readonly margin?: string | undefined;
  /** Survival: the bounds of the times. */
  readonly lowerBound?: string | undefined;
  readonly upperBound?: string | undefined;
}

/** The names of those columns. */
export function roleNames({ label, weight, group, margin, lowerBound, upperBound }: RoleColumns): string[] {
  return [label, weight, group, margin, lowerBound, upperBound].filter((name) => name !== undefined);
}

/** In rankings a column of this name is the group of each row, as in Python. */
export const QID_COLUMN = 'qid';

/** What a model is, apart from its booster. */
export interface ModelMetadata {
  readonly model: ModelType;
  readonly task: Task;
  /** Only for classification. */
  readonly classes: Classes | undefined;
  readonly columns: RoleColumns;
  /** What the training depended on; absent in models made elsewhere. */
  readonly record?: TrainingRecord | undefined;
}

const Document = v.object({
  version: v.literal(VERSION),
  model: v.picklist(['xgboost', 'random_forest']),
  task: v.picklist(['classification', 'regression', 'ranking', 'survival']),
  classes: v.optional(
    v.object({
      kind: v.picklist(['number', 'bigint', 'boolean', 'string']),
      values: v.array(v.union([v.string(), v.number(), v.boolean()])),
    }),
  ),
  columns: v.optional(
    v.object({
      label: v.optional(v.string()),
      weight: v.optional(v.string()),
      group: v.optional(v.string()),
      margin: v.optional(v.string()),
      lowerBound: v.optional(v.string()),
      upperBound: v.optional(v.string()),
    }),
  ),
  record: v.optional(
    v.object({
      xgboostGpu: v.string(),
      xgboost: v.string(),
      platform: v.string(),
      device: v.string(),
      nthread: v.number(),
      processors: v.number(),
      seed: v.union([v.number(), v.string()]),
    }),
  ),
});

/** The document for `metadata`. */
export function writeMetadata({ model, task, classes, columns, record }: ModelMetadata): string {
  return JSON.stringify({ version: VERSION, model, task, classes: classes?.toJSON(), columns, record });
}

function damaged(path: string, problem: string, cause?: unknown): ModelError {
  return new ModelError(`${path}: the attribute '${ATTRIBUTE}' ${problem}`, {
    hint: 'load the file with Booster.load(), which does not read it',
    cause,
  });
}

/** Reads a document. @param path the file, for messages */
export function readMetadata(text: string, path: string): ModelMetadata {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw damaged(path, 'is not JSON', cause);
  }
  if (
    typeof parsed === 'object' &&
    parsed !== null &&
    'version' in parsed &&
    Number(parsed.version) > VERSION
  ) {
    throw damaged(path, `has version ${parsed.version}, written by a newer xgboost-gpu than this one`);
  }
  const result = v.safeParse(Document, parsed);
  if (!result.success) throw damaged(path, `is damaged: ${result.issues[0].message}`);
  const { model, task, classes: listed, columns = {}, record } = result.output;
  const classes = listed && Classes.fromJSON(listed.kind, listed.values);
  if ((task === 'classification') !== (classes !== undefined)) throw damaged(path, 'is damaged: its classes');
  return { model, task, classes, columns, record };
}
