// The smallest real work: a prediction by the forest engine, which needs no libxgboost, and a training.

import { CompiledForest } from '../../forest/compiled-forest.js';
import { DMatrix } from '../../matrix/dmatrix.js';
import { findAddon } from '../../native/find-addon.js';
import { messageOf } from '../../realm.js';
import { train } from '../../train/train.js';
import { type Check, withoutDoctor } from './check.js';

/** A model file with one split: -1 below 0.5 and 1 above, as XGBoost would write it. */
const STUMP = JSON.stringify({
  version: [3, 4, 1],
  learner: {
    attributes: {},
    feature_names: [],
    feature_types: [],
    gradient_booster: {
      name: 'gbtree',
      model: {
        gbtree_model_param: { num_parallel_tree: '1', num_trees: '1' },
        iteration_indptr: [0, 1],
        tree_info: [0],
        cats: { enc: [], feature_segments: [], sorted_idx: [] },
        trees: [
          {
            base_weights: [0, -1, 1],
            categories: [],
            categories_nodes: [],
            categories_segments: [],
            categories_sizes: [],
            default_left: [0, 0, 0],
            id: 0,
            left_children: [1, -1, -1],
            right_children: [2, -1, -1],
            parents: [2147483647, 0, 0],
            loss_changes: [1, 0, 0],
            split_conditions: [0.5, -1, 1],
            split_indices: [0, 0, 0],
            split_type: [0, 0, 0],
            sum_hessian: [2, 1, 1],
            tree_param: { num_deleted: '0', num_feature: '1', num_nodes: '3', size_leaf_vector: '1' },
          },
        ],
      },
    },
    learner_model_param: {
      base_score: '0',
      boost_from_average: '0',
      num_class: '0',
      num_feature: '1',
      num_target: '1',
    },
    objective: { name: 'reg:squarederror', reg_loss_param: { scale_pos_weight: '1' } },
  },
});

/** Where the addon lies, and whether it predicts. */
export async function addonChecks(): Promise<Check[]> {
  let path: string;
  try {
    path = findAddon();
  } catch (error) {
    return [{ name: 'addon', state: 'failed', detail: withoutDoctor(error) }];
  }
  try {
    using forest = await CompiledForest.load(new TextEncoder().encode(STUMP));
    const low = forest.predictRow(Float32Array.of(0));
    const high = forest.predictRow(Float32Array.of(1));
    const right = low === -1 && high === 1;
    const detail = right ? `kernel ${forest.kernel}` : `expected -1 and 1, received ${low} and ${high}`;
    return [
      { name: 'addon', state: 'ok', detail: path },
      { name: 'prediction', state: right ? 'ok' : 'failed', detail },
    ];
  } catch (error) {
    return [{ name: 'addon', state: 'failed', detail: withoutDoctor(error) }];
  }
}

/** Trains two rounds on 256 rows and looks at the loss. */
export async function trainingCheck(device: 'cpu' | 'cuda'): Promise<Check> {
  const name = device === 'cpu' ? 'cpu training' : 'gpu training';
  const started = performance.now();
  try {
    const values = Float32Array.from({ length: 512 }, (_, i) => (i * 37) % 101);
    const label = Float32Array.from({ length: 256 }, (_, row) => ((row * 74) % 101 > 50 ? 1 : 0));
    using dtrain = DMatrix.fromSync({ values, rows: 256, cols: 2 }, { label });
    const params = { objective: 'binary:logistic', eval_metric: 'error', device } as const;
    const { booster, history } = await train(params, dtrain, {
      numBoostRound: 2,
      evals: [[dtrain, 'train']],
    });
    booster.dispose();
    const error = history.train?.error?.at(-1) ?? Number.NaN;
    const learned = error < 0.05;
    const detail = `${(performance.now() - started).toFixed(0)} ms${learned ? '' : `, but an error of ${error}`}`;
    return { name, state: learned ? 'ok' : 'failed', detail };
  } catch (error) {
    return { name, state: 'failed', detail: messageOf(error) };
  }
}
