// SHAP values apart from their bias: of a booster, a model or an estimator, for a matrix or a table.

import { Booster } from '../booster/booster.js';
import { FIT_RULES } from '../data/feature-reference.js';
import type { Table } from '../data/table.js';
import type { TabularData } from '../data/types.js';
import type { IterationRange } from '../iteration-range.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { flag, unchecked } from '../option-kinds.js';
import { describeValue, type OptionsOf, optionNames, readOptions } from '../options.js';
import { type Prediction, TensorPrediction } from '../prediction.js';
import { isMatrix, opened } from './data-set.js';
import { predictThroughMatrix } from './inference-engine.js';
import { given } from './trained-model.js';
import { heldBy } from './trained-slot.js';

/** How a table is read; a matrix has been read already. */
const TABLE_OPTIONS = {
  ...FIT_RULES,
  /** The value that means missing besides NaN. Default NaN. */
  missing: unchecked<number>(),
};

const SHAP_OPTIONS = {
  ...TABLE_OPTIONS,
  /** Use only the rounds `[begin, end)`. Default `[0, 0]`: all rounds. */
  iterationRange: unchecked<IterationRange>(),
  /** Names and number of the columns of a matrix must be the model's. Default true. */
  validateFeatures: flag(),
  /** Approximate values, faster. Default false. */
  approximate: flag(false),
};

/** Settings of `shapValues`. `missing` and the rules about columns and categories are for tables. */
export interface ShapOptions extends OptionsOf<typeof SHAP_OPTIONS> {}

/** What each feature adds to the margin of each row, and what they add to. */
export interface ShapValues {
  /** `[rows, features]`, or `[rows, outputs, features]`. */
  readonly values: Prediction;
  /** `[rows]`, or `[rows, outputs]`. */
  readonly bias: Prediction;
}

/** What can be explained: a Booster, what `train` resolved to, or a trained model or estimator. */
export type Explainable = Booster | { readonly booster: Booster };

/** The last dimension cut into all but its last entry, and that one. */
function splitLast({ values, shape }: Prediction): ShapValues {
  const width = shape.at(-1) ?? 1;
  const rest = shape.slice(0, -1);
  const lines = values.length / width;
  const features = new Float32Array(lines * (width - 1));
  const bias = new Float32Array(lines);
  for (let line = 0; line < lines; line++) {
    const end = (line + 1) * width - 1;
    features.set(values.subarray(line * width, end), line * (width - 1));
    bias[line] = values[end] ?? Number.NaN;
  }
  return {
    values: new TensorPrediction(features, [...rest, width - 1]),
    bias: new TensorPrediction(bias, rest),
  };
}

function boosterOf(model: unknown): Booster {
  if (model instanceof Booster) return model;
  const inside =
    typeof model === 'object' && model !== null && 'booster' in model ? model.booster : undefined;
  if (inside instanceof Booster) return inside;
  throw new TypeError(
    `shapValues(): expected a Booster, a model or an estimator, received ${describeValue(model)}`,
  );
}

/** Contributions of a booster on its own: all of its rounds. */
async function boosterContributions(
  booster: Booster,
  data: DMatrix | Table,
  request: Omit<ShapOptions, 'approximate'>,
  approximate: boolean,
): Promise<Prediction> {
  const kind = { predContribs: true, approxContribs: approximate };
  if (isMatrix(data)) return await booster.predict(data, { ...given(request), ...kind });
  return await predictThroughMatrix(booster, data, given(request), kind);
}

/**
 * SHAP values: how much each feature moves the margin of a row away from the bias. Together with it they add up to
 * the margin. The numbers are those of `predict(…, { predContribs: true })`.
 *
 * A model or an estimator explains what it predicts: the rounds up to its best one, its `missing`, without the columns
 * that training took out. A Booster explains all of its rounds.
 *
 * @param model a Booster, or a trained model or estimator
 * @param data a DMatrix, or a table, whose columns are found by name
 * @throws DataError when the features are not the model's
 * @example
 * const { values, bias } = await shapValues(model, table);
 */
export async function shapValues(
  model: Explainable,
  data: DMatrix | TabularData,
  options: ShapOptions = {},
): Promise<ShapValues> {
  const owner = 'shapValues()';
  const { approximate, ...asked } = readOptions(SHAP_OPTIONS, options, owner);
  const stray = isMatrix(data)
    ? optionNames(TABLE_OPTIONS).find((name) => asked[name] !== undefined)
    : undefined;
  if (stray !== undefined) throw new TypeError(`${owner}: ${stray} belongs to the DMatrix`);
  const features = opened(data, 'data');
  const held = heldBy(model, owner);
  if (held === undefined) {
    return splitLast(await boosterContributions(boosterOf(model), features, asked, approximate));
  }
  const missing = asked.missing ?? held.missing;
  const request = isMatrix(data) ? asked : { ...asked, missing };
  return splitLast(await held.trained.contributions(features, request, approximate));
}
