// How features are made from a file, as a text that travels inside the model file and comes back at prediction.
import * as v from 'valibot';
import type { ResolvedConfig } from '../config/config.js';
import { ModelError } from '../errors.js';
import { parseJson } from '../native/json.js';
import type { ColumnRoles } from './types.js';

/** The attribute of the booster that holds the recipe. */
export const RECIPE_ATTRIBUTE = 'xgboost_gpu_data';
const VERSION = 1;

/** Everything that turns a file of the same kind into the same features. */
export interface Recipe extends ColumnRoles {
  readonly query?: string;
  /** Undefined: every column of the file without another part. */
  readonly features?: readonly string[];
  readonly categorical: readonly string[];
  /** Columns and SQL types of the file that was trained on. */
  readonly columns: ReadonlyMap<string, string>;
}

/** What a booster says about its features. */
export interface FeatureFacts {
  readonly featureNames: readonly string[] | undefined;
  readonly featureTypes: readonly string[] | undefined;
}

/** What the configuration says. */
export function recipeOf(config: ResolvedConfig): Recipe {
  const { query, features, categorical, group_column: group, weight_column: weight } = config.data;
  const { label_lower_column: lowerBound, label_upper_column: upperBound } = config.data;
  const target = config.model.target_column;
  return {
    ...(query === undefined ? {} : { query }),
    ...(target === undefined ? {} : { target }),
    ...(group === undefined ? {} : { group }),
    ...(weight === undefined ? {} : { weight }),
    ...(lowerBound === undefined ? {} : { lowerBound }),
    ...(upperBound === undefined ? {} : { upperBound }),
    ...(features === undefined ? {} : { features }),
    categorical,
    columns: new Map(),
  };
}

/** For a model that another tool trained: its feature names, and which of them are categories. */
export function recipeOfFeatures(booster: FeatureFacts): Recipe {
  const { featureNames: names, featureTypes: types } = booster;
  const categorical = (names ?? []).filter((_, i) => types?.[i] === 'c');
  return { ...(names === undefined ? {} : { features: names }), categorical, columns: new Map() };
}

export function writeRecipe(recipe: Recipe): string {
  const { columns, ...rest } = recipe;
  return JSON.stringify({ version: VERSION, ...rest, columns: [...columns] });
}

/** The record form in the attribute. Undefined keys are left out by JSON. */
const Document = v.object({
  version: v.literal(VERSION),
  query: v.exactOptional(v.string()),
  target: v.exactOptional(v.string()),
  group: v.exactOptional(v.string()),
  weight: v.exactOptional(v.string()),
  lowerBound: v.exactOptional(v.string()),
  upperBound: v.exactOptional(v.string()),
  features: v.exactOptional(v.array(v.string())),
  categorical: v.array(v.string()),
  columns: v.array(v.tuple([v.string(), v.string()])),
});

/** @throws ModelError when the text is not a recipe of this version: a model file may come from anywhere */
export function readRecipe(text: string): Recipe {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (cause) {
    throw damaged('it is no JSON', cause);
  }
  const result = v.safeParse(Document, value);
  if (!result.success) throw damaged(result.issues[0].message);
  const { version: _, columns, ...rest } = result.output;
  return { ...rest, columns: new Map(columns) };
}

function damaged(what: string, cause?: unknown): ModelError {
  return new ModelError(`the model's attribute ${RECIPE_ATTRIBUTE} cannot be read: ${what}`, {
    hint: 'the file was edited, or written by another version of xgboost-gpu',
    ...(cause === undefined ? {} : { cause }),
  });
}
