// TrainParams follows the table: what the table refuses does not compile.
import { expectTypeOf } from 'vitest';
import type { EvalMetric, Objective, TrainParams } from '../../lib/index.js';

expectTypeOf<TrainParams['eta']>().toEqualTypeOf<number | `${number}` | null | undefined>();
expectTypeOf<TrainParams['learning_rate']>().toEqualTypeOf<TrainParams['eta']>();
expectTypeOf<TrainParams['seed']>().toEqualTypeOf<number | `${number}` | bigint | null | undefined>();
expectTypeOf<TrainParams['refresh_leaf']>().toEqualTypeOf<boolean | null | undefined>();
expectTypeOf<TrainParams['grow_policy']>().toEqualTypeOf<'depthwise' | 'lossguide' | null | undefined>();
expectTypeOf<TrainParams['objective']>().toEqualTypeOf<Objective | null | undefined>();
expectTypeOf<'ndcg@5-'>().toExtend<EvalMetric>();
expectTypeOf<'error@0.7'>().toExtend<EvalMetric>();
expectTypeOf<'rmse@3'>().not.toExtend<EvalMetric>();
expectTypeOf<'accuracy'>().not.toExtend<EvalMetric>();

export const good: TrainParams[] = [
  { objective: 'rank:ndcg', eval_metric: ['ndcg@5', 'map@10-', 'pre'] },
  { monotone_constraints: { age: 1 }, interaction_constraints: [['age', 0]] },
  { device: 'cuda:1', base_score: [0.1, 0.9], quantile_alpha: 0.5, updater: 'grow_colmaker,prune' },
];

export const bad: TrainParams[] = [
  // @ts-expect-error a slip of the hand
  { max_dept: 3 },
  // @ts-expect-error not an objective
  { objective: 'reg:linear' },
  // @ts-expect-error not a tree method any more
  { tree_method: 'gpu_hist' },
  // @ts-expect-error upper case
  { device: 'CUDA' },
  // @ts-expect-error a number, not words
  { eta: 'fast' },
];
