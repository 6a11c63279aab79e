// Names that are no parameters: removed from XGBoost, its own business, or options of another call.

function ordinalHint(value: unknown): string {
  const ordinal = typeof value === 'number' || typeof value === 'string' ? Number(value) : 0;
  if (!Number.isInteger(ordinal) || ordinal < 0) return "use device: 'cpu'";
  return `use device: 'cuda:${ordinal}'`;
}

function predictorHint(value: unknown): string {
  const device = value === 'cpu_predictor' ? 'cpu' : 'cuda';
  return `the device decides, use device: '${device}'`;
}

function silentHint(value: unknown): string {
  const quiet = value === true || value === 1 || value === '1';
  return `use verbosity: ${quiet ? 0 : 1}`;
}

type Hint = string | ((value: unknown) => string);

/** Parameters of older releases. libxgboost fails on some of these and ignores the others. */
const REMOVED: Readonly<Record<string, Hint>> = {
  gpu_id: ordinalHint,
  n_gpus: "one process trains on one GPU, use device: 'cuda'",
  predictor: predictorHint,
  silent: silentHint,
  debug_verbose: 'use verbosity: 3',
  ntree_limit: 'use the option iterationRange of predict()',
  best_ntree_limit: 'use the option iterationRange of predict()',
  sketch_eps: 'use max_bin, about 1 / sketch_eps',
  sketch_ratio: 'use max_bin',
  max_search_group: 'leave it out',
  parallel_option: 'leave it out',
  single_precision_histogram: 'leave it out: histograms are always kept in double precision',
  deterministic_histogram: 'leave it out: histograms on the GPU are always reproducible',
  gpu_batch_nrows: 'leave it out',
  enable_experimental_json_serialization: 'leave it out: models are always JSON or UBJSON',
  max_quantile_batches: 'leave it out: it has no effect',
  data_split_mode: 'leave it out: data is always split by rows',
  dsplit: 'leave it out: data is always split by rows',
  num_pairsample: 'use lambdarank_num_pair_per_sample',
  fix_list_weight: 'leave it out',
  extmem_single_page: 'leave it out',
};

/** Values libxgboost works out itself. Setting them can only break the model. */
const INTERNAL: Readonly<Record<string, Hint>> = {
  num_feature: 'it is counted from the data',
  num_trees: 'it is counted; choose the number of rounds with numBoostRound of train()',
  num_output_group: 'it follows from num_class and the labels',
  boost_from_average: 'set base_score to start from a value of your own',
  size_leaf_vector: 'it follows from multi_strategy and the labels',
  updater_seq: "use 'updater'",
  rng_state: "use 'seed'",
};

/** Options that other interfaces keep among the parameters. */
const ELSEWHERE: Readonly<Record<string, Hint>> = {
  use_rmm: 'it is global, use setConfig()',
  use_cuda_async_pool: 'it is global, use setConfig()',
  num_boost_round: 'use the option numBoostRound of train()',
  num_rounds: 'use the option numBoostRound of train()',
  num_round: 'use the option numBoostRound of train()',
  nrounds: 'use the option numBoostRound of train()',
  n_estimators: 'use the option numBoostRound of train()',
  num_iterations: 'use the option numBoostRound of train()',
  early_stopping_rounds: 'use the option earlyStoppingRounds of train()',
  verbose_eval: 'use the option verboseEval of train()',
  verbose: 'use verbosity for libxgboost, verboseEval of train() for the metrics',
  evals: 'use the option evals of train()',
  callbacks: 'use the option callbacks of train()',
  feval: 'use the option customMetric of train()',
  custom_metric: 'use the option customMetric of train()',
  obj: 'use the option objective of train()',
  maximize: 'use the option maximize of train()',
  xgb_model: 'use the option xgbModel of train()',
  missing: 'use the option missing of DMatrix.from()',
  enable_categorical: 'leave it out: dictionary columns are categories',
  feature_types: 'use the option featureTypes of DMatrix.from()',
  feature_names: 'use the option featureNames of DMatrix.from()',
  feature_weights: 'use the option featureWeights of DMatrix.from()',
  importance_type: 'pass it to booster.getScore()',
  num_leaves: 'use max_leaves',
  min_data_in_leaf: 'use min_child_weight',
  feature_fraction: 'use colsample_bytree',
  bagging_fraction: 'use subsample',
  lambda_l1: 'use alpha',
  lambda_l2: 'use lambda',
};

const TABLES: readonly (readonly [what: string, hints: Readonly<Record<string, Hint>>])[] = [
  ['this parameter was removed from XGBoost', REMOVED],
  ['XGBoost sets this itself', INTERNAL],
  ['this is not a parameter of XGBoost', ELSEWHERE],
];

/** Why `name` is refused whatever its value, and what to write instead; undefined when nothing is known of it. */
export function retiredName(name: string, value: unknown): { message: string; hint: string } | undefined {
  for (const [message, hints] of TABLES) {
    const hint = Object.hasOwn(hints, name) ? hints[name] : undefined;
    if (hint !== undefined) return { message, hint: typeof hint === 'string' ? hint : hint(value) };
  }
  return undefined;
}

const ON_GPU = "use device: 'cuda'";

/** Old spellings of values. */
const VALUES: Readonly<Record<string, string>> = {
  'tree_method gpu_hist': `${ON_GPU} with tree_method: 'hist'`,
  'tree_method gpu_approx': `${ON_GPU} with tree_method: 'approx'`,
  'tree_method gpu_exact': `${ON_GPU} with tree_method: 'hist'`,
  'updater gpu_coord_descent': `${ON_GPU} with updater: 'coord_descent'`,
  'updater grow_local_histmaker': "use tree_method: 'approx'",
  'updater grow_fast_histmaker': "use tree_method: 'hist'",
  'objective reg:linear': "use 'reg:squarederror'",
  'objective gpu:reg:linear': `${ON_GPU} with 'reg:squarederror'`,
  'objective gpu:reg:logistic': `${ON_GPU} with 'reg:logistic'`,
  'objective gpu:binary:logistic': `${ON_GPU} with 'binary:logistic'`,
  'objective gpu:binary:logitraw': `${ON_GPU} with 'binary:logitraw'`,
};

/** What to write instead of a value that older releases took. */
export function retiredValue(name: string, value: unknown): string | undefined {
  if (name === 'objective' && typeof value === 'function')
    return 'pass a function to train() as its option objective';
  if (typeof value !== 'string') return undefined;
  const key = `${name} ${value}`;
  return Object.hasOwn(VALUES, key) ? VALUES[key] : undefined;
}
