// Parameters of the tree booster, dropout included.
import { alias, choice, double, float, form, integer, toggle } from './kinds.js';

/** Ratios of 0 would leave nothing to train on. */
const RATIO = { above: 0, max: 1, default: 1 };

export const TREE = {
  /** Step size: how much of each new tree is added. 0.5 by default for `gblinear`. */
  eta: float({ min: 0, default: 0.3 }),
  /** Another name of `eta`. */
  learning_rate: alias('eta'),
  /** Loss a split must win to be made. */
  gamma: float({ min: 0, default: 0 }),
  /** Another name of `gamma`. */
  min_split_loss: alias('gamma'),
  /** Deepest level of a tree; 0: no limit (not with `tree_method: 'exact'`). */
  max_depth: integer({ min: 0, default: 6 }),
  /** Most leaves of a tree; 0: no limit. */
  max_leaves: integer({ min: 0, default: 0 }),
  /** Least sum of instance weight (hessian) in a child. */
  min_child_weight: float({ min: 0, default: 1 }),
  /** Bound on the step of a leaf; 0: none. 0.7 by default for `count:poisson`. */
  max_delta_step: float({ min: 0, default: 0 }),
  /** Part of the rows each tree is grown from. */
  subsample: float(RATIO),
  /** How rows are sampled: all alike, or by the size of their gradient. */
  sampling_method: choice(['uniform', 'gradient_based'], 'uniform'),
  /** Part of the columns each tree sees. */
  colsample_bytree: float(RATIO),
  /** Part of those columns each level sees. */
  colsample_bylevel: float(RATIO),
  /** Part of those columns each split sees. */
  colsample_bynode: float(RATIO),
  /** L2 regularisation of weights. 0 by default for `gblinear`. */
  lambda: float({ min: 0, default: 1 }),
  /** Another name of `lambda`. */
  reg_lambda: alias('lambda'),
  /** L1 regularisation of weights. */
  alpha: float({ min: 0, default: 0 }),
  /** Another name of `alpha`. */
  reg_alpha: alias('alpha'),
  /** How trees are grown; `auto` is `hist`. On a GPU: `hist` or `approx`. */
  tree_method: choice(['auto', 'exact', 'approx', 'hist'], 'auto'),
  /** Split the node nearest to the root first, or the one that wins most. */
  grow_policy: choice(['depthwise', 'lossguide'], 'depthwise'),
  /** Most bins a feature is cut into (`hist` and `approx`). */
  max_bin: integer({ min: 2, default: 256 }),
  /** Trees grown in each round; more than 1 is a boosted random forest. */
  num_parallel_tree: integer({ min: 1, max: 100_000, default: 1 }),
  /** One tree for each output, or trees whose leaves hold all outputs (`hist` only). */
  multi_strategy: choice(['one_output_per_tree', 'multi_output_tree'], 'one_output_per_tree'),
  /** Direction each feature must push predictions in: -1, 0 or 1, as a list or by feature name. */
  monotone_constraints: form('monotone'),
  /** Groups of features that may be used together in one path, by index or by name. */
  interaction_constraints: form('interactions'),
  /** Features with fewer categories than this are split one category against the rest. */
  max_cat_to_onehot: integer({ min: 1, default: 4 }),
  /** Most categories looked at for a split that divides categories into two sets. */
  max_cat_threshold: integer({ min: 1, default: 64 }),
  /** Make new trees, or update those of the given model (with `updater: 'refresh'` or `'prune'`). */
  process_type: choice(['default', 'update'], 'default'),
  /** The steps themselves instead of a `tree_method`, with commas between them. For experts; also chooses the solver of `gblinear`. */
  updater: form('updater'),
  /** Whether `refresh` also sets new leaf values. */
  refresh_leaf: toggle(true),
  /** Density below which `hist` treats a feature as sparse. */
  sparse_threshold: double({ min: 0, max: 1, default: 0.2 }),
  /** Density above which `exact` treats a feature as dense. */
  opt_dense_col: float({ min: 0, max: 1, default: 1 }),
  /** Where `exact` sends missing values: learned from the data, or always to one side. */
  default_direction: choice(['learn', 'left', 'right'], 'learn'),
  /** Most histograms kept. 65,536 by default on the CPU, 4,096 on a GPU. */
  max_cached_hist_node: integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  /** Check that all workers have built the same tree. */
  debug_synchronize: toggle(false),
  /** Dropout: part of the earlier trees left out while a new one is grown. */
  rate_drop: float({ min: 0, max: 1, default: 0 }),
  /** Dropout: always leave out at least one tree. */
  one_drop: toggle(false),
  /** Dropout: chance that a round leaves out no tree. */
  skip_drop: float({ min: 0, max: 1, default: 0 }),
  /** Dropout: choose trees at random, or by their weight. */
  sample_type: choice(['uniform', 'weighted'], 'uniform'),
  /** Dropout: weigh the new tree like one dropped tree, or like all of them together. */
  normalize_type: choice(['tree', 'forest'], 'tree'),
};

/** Parameters of `booster: 'gblinear'` alone. It shares `eta`, `lambda`, `alpha` and `updater` with trees. */
export const LINEAR = {
  /** Order in which features are updated. */
  feature_selector: choice(['cyclic', 'shuffle', 'random', 'greedy', 'thrifty'], 'cyclic'),
  /** Features that `greedy` and `thrifty` choose; 0: all. */
  top_k: integer({ min: 0, default: 0 }),
  /** Stop when no weight changes by more than this. */
  tolerance: float({ min: 0, default: 0 }),
  /** Rows looked at in one go. */
  max_row_perbatch: integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
};
