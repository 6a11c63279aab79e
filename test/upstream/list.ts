// Which behaviours of the Python package's own tests are tested here, file by file, and which are not.

export interface UpstreamFile {
  /** The file in upstream's folder of Python tests. */
  readonly file: string;
  /** Our file below test/upstream/; none where there is nothing to port. */
  readonly here?: string;
  /** How many tests ours declares; a test counts them. Each of a list of inputs is one more when it runs. */
  readonly behaviours: number;
  readonly leftOut: string;
}

export const upstream: readonly UpstreamFile[] = [
  {
    file: 'test_basic.py',
    here: 'basic.test.ts',
    behaviours: 11,
    leftOut:
      'saved DMatrix files and URIs (not read here); cross-validation (its own tests); setting names of a model by hand',
  },
  {
    file: 'test_basic_models.py',
    here: 'basic-models.test.ts',
    behaviours: 19,
    leftOut: 'cross-validation with preprocessing; slices by Python’s brackets: `slice()` takes numbers',
  },
  {
    file: 'test_callback.py, test_early_stopping.py',
    here: 'callback.test.ts',
    behaviours: 17,
    leftOut: 'pickled checkpoints: a checkpoint is a model file; estimators have tests of their own',
  },
  {
    file: 'test_config.py',
    here: 'config.test.ts',
    behaviours: 10,
    leftOut: 'several threads at once: a worker thread has a configuration of its own',
  },
  {
    file: 'test_dmatrix.py',
    here: 'dmatrix.test.ts',
    behaviours: 23,
    leftOut:
      'URIs and saved files; 128-bit floats and other SciPy formats, which JavaScript lacks; column-wise split, which is gone',
  },
  {
    file: 'test_eval_metrics.py',
    here: 'eval-metrics.test.ts',
    behaviours: 14,
    leftOut: 'comparisons with scikit-learn’s numbers, which are definitions here',
  },
  {
    file: 'test_interaction_constraints.py, test_monotone_constraints.py',
    here: 'constraints.test.ts',
    behaviours: 11,
    leftOut: 'nothing',
  },
  {
    file: 'test_intercept.py, test_linear.py, test_tree_regularization.py, test_updaters.py',
    here: 'updaters.test.ts',
    behaviours: 19,
    leftOut: 'the Ames housing data; `max_cat` of names: in the tests of categories',
  },
  {
    file: 'test_model_io.py, test_pickling.py',
    here: 'model-io.test.ts',
    behaviours: 13,
    leftOut: 'pickles: `serialize()` stands for them; estimators have tests of their own',
  },
  {
    file: 'test_multi_target.py',
    here: 'multi-target.test.ts',
    behaviours: 14,
    leftOut: 'split gradients, left out; batches and mixed strategies in the tests of batches and schedules',
  },
  {
    file: 'test_with_arrow.py, test_with_scipy.py',
    here: 'arrow.test.ts',
    behaviours: 8,
    leftOut: 'quantile matrices: in their own tests',
  },
  {
    file: 'test_ordinal.py',
    here: 'ordinal.test.ts',
    behaviours: 13,
    leftOut: 'data frames of pandas; matrices from batches: in their own tests',
  },
  {
    file: 'test_parse_tree.py',
    here: 'parse-tree.test.ts',
    behaviours: 5,
    leftOut: 'split-value histograms: in their own tests',
  },
  {
    file: 'test_predict.py',
    here: 'predict.test.ts',
    behaviours: 14,
    leftOut: 'pandas types; threads of Python: promises stand for them',
  },
  {
    file: 'test_ranking.py',
    here: 'ranking.test.ts',
    behaviours: 14,
    leftOut: 'the MQ2008 download; estimators and cross-validation have tests of their own',
  },
  {
    file: 'test_shap.py, test_interpret.py',
    here: 'shap.test.ts',
    behaviours: 6,
    leftOut: 'quantile matrices: in their own tests',
  },
  {
    file: 'test_survival.py',
    here: 'survival.test.ts',
    behaviours: 5,
    leftOut: 'the lung cancer file: simulated times stand for it',
  },
  {
    file: 'test_training_continuation.py',
    here: 'continuation.test.ts',
    behaviours: 6,
    leftOut: 'nothing',
  },
  {
    file: 'test_model_compatibility.py',
    behaviours: 0,
    leftOut: 'models of 1.6 to 3.4 have tests of their own: test/model-file/corpus.test.ts',
  },
  { file: 'test_demos.py, test_plotting.py', behaviours: 0, leftOut: 'no demos to run, and no plots' },
  {
    file: 'test_collective.py, test_tracker.py, test_openmp.py',
    behaviours: 0,
    leftOut: 'several processes; threads are in the cases',
  },
  {
    file: 'test_with_modin.py, test_with_pandas.py, test_with_polars.py, test_with_shap.py',
    behaviours: 0,
    leftOut: 'packages of Python',
  },
  {
    file: 'test_with_sklearn.py',
    behaviours: 0,
    leftOut: 'estimators have tests of their own: test/estimators, and cases',
  },
  {
    file: 'test_quantile_dmatrix.py',
    here: 'quantile-dmatrix.test.ts',
    behaviours: 20,
    leftOut: 'weights of the wrong length and cross-validation: dmatrix and cv have tests of their own',
  },
  {
    file: 'test_data_iterator.py',
    here: 'data-iterator.test.ts',
    behaviours: 12,
    leftOut: 'the cache of transformed batches, which is an internal of Python',
  },
];
