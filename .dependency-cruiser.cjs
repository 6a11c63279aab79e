// The direction of imports: entries → estimators, model, pipeline → learning → cv → train → booster → matrix → forest →
// data, params, config → native → base.

const base =
  '^lib/((door|errors|options|option-kinds|suggest|logger|iteration-range|realm)[.]ts$|python/|metrics/)';
const layers = {
  base,
  native: '^lib/(native/|files/|library[.]ts)',
  settings: '^lib/(params|config)/',
  data: '^lib/data/',
  result: '^lib/prediction[.]ts$',
  forest: '^lib/forest/',
  matrix: '^lib/matrix/',
  booster: '^lib/booster/',
  train: '^lib/train/',
  cv: '^lib/cv/',
  learning: '^lib/learning/',
  model: '^lib/model/',
  estimators: '^lib/estimators/',
  pipeline: '^lib/pipeline/',
  index: '^lib/index[.]ts$',
  predict: '^lib/predict[.]ts$',
  cli: '^lib/cli/',
};

const results = ['result', 'data', 'native', 'base'];
const libraryAndBelow = ['booster', 'matrix', 'forest', 'settings', ...results];

/** What each layer may import, itself included. */
const allowed = {
  base: ['base'],
  native: ['native', 'base'],
  settings: ['settings', 'native', 'base'],
  data: ['data', 'native', 'base'],
  result: ['result', 'data', 'native', 'base'],
  forest: ['forest', ...results],
  matrix: ['matrix', 'settings', ...results],
  booster: libraryAndBelow,
  train: ['train', ...libraryAndBelow],
  cv: ['cv', 'train', ...libraryAndBelow],
  learning: ['learning', 'train', ...libraryAndBelow],
  model: ['model', 'learning', 'train', ...libraryAndBelow],
  estimators: ['estimators', 'learning', 'train', ...libraryAndBelow],
  pipeline: ['pipeline', ...libraryAndBelow],
  index: ['index', 'estimators', 'model', 'pipeline', 'learning', 'cv', 'train', ...libraryAndBelow],
  // Prediction alone: nothing that opens libxgboost.
  predict: ['forest', ...results],
  cli: ['cli', 'model', 'learning', 'pipeline', 'train', ...libraryAndBelow],
};

const directions = Object.entries(allowed).map(([layer, targets]) => ({
  name: `direction-${layer}`,
  comment: `lib's ${layer} layer may import ${targets.join(', ')} only`,
  severity: 'error',
  from: { path: layers[layer] },
  to: { path: '^lib/', pathNot: targets.map((target) => layers[target]) },
}));

module.exports = {
  forbidden: [
    ...directions,
    {
      name: 'every-file-has-a-layer',
      comment: 'a file of lib that no layer names escapes these rules: put it into a layer',
      severity: 'error',
      from: { path: '^lib/', pathNot: Object.values(layers) },
      to: {},
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^lib/' },
      to: { circular: true },
    },
    {
      name: 'arrow-in-data-only',
      comment:
        'apache-arrow costs 130 ms to load, so one folder imports it, lazily; others use its types from there',
      severity: 'error',
      from: { path: '^lib/', pathNot: layers.data },
      to: { path: 'apache-arrow' },
    },
    {
      name: 'duckdb-in-pipeline-only',
      comment: 'an optional peer: whoever does not read files must not need it',
      severity: 'error',
      from: { path: '^lib/', pathNot: layers.pipeline },
      to: { path: '@duckdb/' },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: { path: '^lib/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-dependency',
      comment:
        'lib runs where only the dependencies of package.json are installed; valibot and yaml are compiled into dist/',
      severity: 'error',
      from: { path: '^lib/' },
      to: {
        dependencyTypes: ['npm-dev'],
        pathNot: ['@duckdb/', '@types/', 'node_modules/(?:valibot|yaml)/'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node'] },
  },
};
