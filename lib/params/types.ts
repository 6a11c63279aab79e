// TrainParams, derived from the tables: what the tables allow is what compiles.
import type { GENERAL } from './general.js';
import type { AliasSpec, ChoiceSpec } from './kinds.js';
import type { LEARNING } from './learning.js';
import type { EvalMetric, Updater } from './names.js';
import type { LINEAR, TREE } from './tree.js';

export type { EvalMetric, Updater } from './names.js';
export type { Objective } from './objectives.js';

/** Numbers may come as text, as they do from forms and command lines. */
type NumberLike = number | `${number}`;

/** `cpu`, `cuda`, `cuda:1`; `gpu` is another word for `cuda`. */
export type Device = 'cpu' | 'cuda' | 'gpu' | `cuda:${number}` | `gpu:${number}`;

interface Forms {
  integer: NumberLike;
  float: NumberLike;
  double: NumberLike;
  long: NumberLike | bigint;
  reals: NumberLike | readonly number[] | `[${string}]`;
  switch: boolean;
  device: Device;
  updater: Updater;
  metrics: EvalMetric | readonly EvalMetric[];
  /** -1: predictions must not rise with the feature, 1: they must not fall, 0: free. */
  monotone: readonly number[] | Readonly<Record<string, number>> | `(${string})`;
  interactions: readonly (readonly (number | string)[])[] | `[${string}]`;
}

type ValueOf<S, Table> =
  S extends AliasSpec<infer Name>
    ? ValueOf<Table[Name & keyof Table], Table>
    : S extends ChoiceSpec<infer V>
      ? V
      : S extends { readonly kind: infer K extends keyof Forms }
        ? Forms[K]
        : never;

/** Written as `keyof`, so that the comments of the tables show in editors. `null` means "not given", as None does in Python. */
type Values<Table> = { -readonly [K in keyof Table]?: ValueOf<Table[K], Table> | null | undefined };

/**
 * Parameters of a booster, under XGBoost's own names. All are optional; unknown names do not compile.
 *
 * @example
 * const params: TrainParams = { objective: 'binary:logistic', max_depth: 6, eta: 0.1, eval_metric: ['auc', 'logloss'] };
 */
export interface TrainParams
  extends Values<typeof GENERAL>,
    Values<typeof TREE>,
    Values<typeof LINEAR>,
    Values<typeof LEARNING> {}
