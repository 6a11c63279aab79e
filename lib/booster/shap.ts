// SHAP values apart from their bias, for a matrix or a table.
import type { FitRules } from '../data/feature-reference.js';
import type { TabularData } from '../data/types.js';
import type { IterationRange } from '../iteration-range.js';
import { DMatrix } from '../matrix/dmatrix.js';
import { checkOptions, describeValue } from '../options.js';
import { type Prediction, TensorPrediction } from '../prediction.js';
import { PredictingBooster } from './predicting.js';

/** Settings of `shapValues`. `missing` and the rules about columns and categories are for tables. */
export interface ShapOptions extends FitRules {
  /** Use only the rounds `[begin, end)`. Default `[0, 0]`: all rounds. */
  readonly iterationRange?: IterationRange | undefined;
  /** The value that means missing besides NaN. Default NaN. */
  readonly missing?: number | undefined;
  /** Names and number of the columns of a matrix must be the model's. Default true. */
  readonly validateFeatures?: boolean | undefined;
  /** Approximate values, faster. Default false. */
  readonly approximate?: boolean | undefined;
}

/** What each feature adds to the margin of each row, and what they add to. */
export interface ShapValues {
  /** `[rows, features]`, or `[rows, outputs, features]`. */
  readonly values: Prediction;
  /** `[rows]`, or `[rows, outputs]`. */
  readonly bias: Prediction;
}

const FOR_TABLES = ['missing', 'extraColumns', 'unknownCategory'] as const;

function boosterOf(model: unknown): PredictingBooster {
  if (model instanceof PredictingBooster) return model;
  const inside =
    typeof model === 'object' && model !== null && 'booster' in model ? model.booster : undefined;
  if (inside instanceof PredictingBooster) return inside;
  throw new TypeError(
    `shapValues(): expected a Booster or a trained model, received ${describeValue(model)}`,
  );
}

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

/**
 * SHAP values: how much each feature moves the margin of a row away from the bias. Together with it they add up to
 * the margin. The numbers are those of `predict(…, { predContribs: true })`.
 *
 * @param model a Booster, or a trained model
 * @param data a DMatrix, or a table, whose columns are found by name
 * @throws DataError when the features are not the model's
 * @example
 * const { values, bias } = await shapValues(booster, table);
 */
export async function shapValues(
  model: PredictingBooster | { readonly booster: PredictingBooster },
  data: DMatrix | TabularData,
  options: ShapOptions = {},
): Promise<ShapValues> {
  const owner = 'shapValues()';
  checkOptions(options, [...FOR_TABLES, 'iterationRange', 'validateFeatures', 'approximate'], owner);
  const booster = boosterOf(model);
  const { iterationRange, validateFeatures, approximate, missing, extraColumns, unknownCategory } = options;
  const request = {
    predContribs: true,
    ...(approximate === undefined ? {} : { approxContribs: approximate }),
    ...(iterationRange === undefined ? {} : { iterationRange }),
    ...(validateFeatures === undefined ? {} : { validateFeatures }),
  };
  if (data instanceof DMatrix) {
    const stray = FOR_TABLES.find((name) => options[name] !== undefined);
    if (stray !== undefined) throw new TypeError(`${owner}: ${stray} belongs to the DMatrix`);
    return splitLast(await booster.predict(data, request));
  }
  using matrix = await DMatrix.from(data, { ref: booster, missing, extraColumns, unknownCategory });
  return splitLast(await booster.predict(matrix, request));
}
