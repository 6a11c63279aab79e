// Faults with parameters, options and features of prediction.
import { dense, list, matrix, PARAMS, ROWS, trained, xgb } from '../support/world.mjs';

export const cases = [];
const { DMatrix } = xgb;
const train =
  (params, options = {}) =>
  () =>
    xgb.train(params, matrix(), { numBoostRound: 2, ...options });
const refused = /^(ParameterError|TypeError|RangeError|DeviceError)/;

const features = list(cases, 'prediction with more, fewer or other features');
for (const cols of [1, 2, 4, 1000]) {
  features(`${cols} of 3, matrix`, /^DataError/, async () =>
    (await trained()).predict(matrix({}, ROWS, cols)),
  );
  features(`${cols} of 3, in place`, /^DataError/, async () =>
    (await trained()).inplacePredict(dense(2, cols)),
  );
  features(`${cols} of 3, in place, unchecked`, /^(DataError|XGBoostError)/, async () =>
    (await trained()).inplacePredict(dense(2, cols), { validateFeatures: false }),
  );
  features(`${cols} of 3, train on`, /^DataError|^XGBoostError/, async () =>
    (await trained()).update(matrix({}, ROWS, cols), 3),
  );
  features(`${cols} of 3, evaluate`, /^DataError|^XGBoostError/, async () =>
    (await trained()).eval(matrix({}, ROWS, cols)),
  );
}
features('1,000 of 3, matrix, unchecked', /^(DataError|XGBoostError)/, async () =>
  (await trained()).predict(matrix({}, ROWS, 1000), { validateFeatures: false }),
);
features('other names', /^DataError/, async () => {
  const named = (names) => matrix({ featureNames: names });
  const { booster } = await xgb.train(PARAMS, named(['a', 'b', 'c']));
  return booster.predict(named(['a', 'c', 'b']));
});
features('nothing trained', /^NotTrainedError/, async () =>
  (await xgb.Booster.create(PARAMS)).predict(matrix()),
);
features('nothing trained, in place', /^NotTrainedError/, async () =>
  (await xgb.Booster.create(PARAMS)).inplacePredict(dense()),
);

const linear = list(cases, 'linear models where trees are needed');
const gblinear = () => trained({ booster: 'gblinear', objective: 'reg:squarederror', nthread: 2 });
linear('in place', /^NotSupportedError|^XGBoostError/, async () =>
  (await gblinear()).inplacePredict(dense()),
);
linear('leaves', /^NotSupportedError|^XGBoostError/, async () =>
  (await gblinear()).predict(matrix(), { predLeaf: true }),
);
linear('interactions', /^NotSupportedError|^XGBoostError|^value/, async () =>
  (await gblinear()).predict(matrix(), { predInteractions: true }).then((p) => p.shape),
);
linear('table of trees', /^(NotSupportedError|XGBoostError|ModelError)/, async () =>
  (await gblinear()).treesToTable(),
);

const unknown = list(cases, 'unknown and mistyped parameters');
unknown('a typing error', /^ParameterError.*max_depth/, train({ max_dept: 3 }));
unknown('another case', /^ParameterError/, train({ MAX_DEPTH: 3 }));
unknown('no object', refused, train(null));
unknown('an array', refused, train([['eta', 1]]));
unknown('a Map', refused, train(new Map([['eta', 1]])));
unknown('a proxy that throws', /^thrown: null|^Error/, () =>
  xgb.train(
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw null;
        },
      },
    ),
    matrix(),
  ),
);
unknown('a key with NUL', refused, train({ 'eta\0': 1 }));
unknown('a value with NUL', refused, train({ objective: 'reg:squarederror\0' }));
unknown('a symbol as value', refused, train({ eta: Symbol('x') }));
unknown('a function as value', refused, train({ eta: () => 1 }));
unknown('an object as value', refused, train({ eta: { valueOf: () => 0.1 } }));
unknown('__proto__ as a key', refused, train(JSON.parse('{"__proto__": {"eta": 1}}')));
unknown('an unknown option of train', /^TypeError/, train(PARAMS, { numBoostRounds: 2 }));
unknown('an unknown option of predict', /^TypeError/, async () =>
  (await trained()).predict(matrix(), { outputmargin: true }),
);
unknown('an unknown option of a matrix', /^TypeError/, () => DMatrix.fromSync(dense(), { labels: [] }));
unknown('an unknown setting', /^ParameterError|^TypeError/, () => xgb.setConfig({ verbosty: 1 }));
unknown('an unknown objective', refused, train({ objective: 'reg:nothing' }));
unknown('an unknown metric', refused, train({ eval_metric: 'nothing' }));
unknown('an unknown booster', refused, train({ booster: 'nothing' }));
unknown('an unknown tree method', refused, train({ tree_method: 'nothing' }));

const values = list(cases, 'numbers that make a model of NaN, or none');
for (const [name, value] of Object.entries({
  eta: Number.NaN,
  gamma: Number.NEGATIVE_INFINITY,
  lambda: -1,
  alpha: Number.NaN,
  subsample: 0,
  colsample_bytree: 2,
  max_depth: -1,
  max_bin: 1,
  base_score: Number.NaN,
  min_child_weight: -1,
  scale_pos_weight: Number.NaN,
  max_leaves: -5,
  num_parallel_tree: 0,
  max_delta_step: -1,
  seed: 1e300,
  max_cat_to_onehot: -1,
  sampling_method: 'x',
  grow_policy: 7,
  huber_slope: Number.NaN,
}))
  values(`${name} = ${value}`, refused, train({ [name]: value }));
values(
  'eta = 1e308',
  /^(ParameterError|TypeError|RangeError|XGBoostError|DataError)|^value/,
  async () => void (await train({ eta: 1e308 })()),
);
values(
  'max_depth = 1e9',
  /^(ParameterError|TypeError|RangeError|XGBoostError|OutOfMemoryError)|^value/,
  async () => void (await train({ max_depth: 1e9 })()),
);
values(
  'max_bin = 2^31 - 1',
  /^(ParameterError|TypeError|RangeError|XGBoostError|OutOfMemoryError)|^value/,
  async () => void (await train({ max_bin: 2 ** 31 - 1 })()),
);
values('num_parallel_tree = 2^31', refused, train({ num_parallel_tree: 2 ** 31 }));
values(
  'max_cached_hist_node = 2^40',
  /^(ParameterError|TypeError|RangeError|XGBoostError|OutOfMemoryError)|^value/,
  async () => void (await train({ max_cached_hist_node: 2 ** 40 })()),
);

const classes = list(cases, 'a number of classes beyond all data');
classes(
  '1e9',
  /^(ParameterError|RangeError|OutOfMemoryError|DataError)/,
  train({ objective: 'multi:softprob', num_class: 1e9 }),
);
classes('2^40', refused, train({ objective: 'multi:softprob', num_class: 2 ** 40 }));
classes('-1', refused, train({ objective: 'multi:softprob', num_class: -1 }));
classes('none', refused, train({ objective: 'multi:softprob' }));
classes(
  '1e9, quantiles',
  refused,
  train({ objective: 'reg:quantileerror', quantile_alpha: Array(100_001).fill(2) }),
);

const threads = list(cases, 'numbers of threads');
for (const [value, expected] of [
  [100_000, 'trained'],
  [-5, /^(ParameterError|TypeError|RangeError)|^value/],
  [2 ** 31, refused],
  [0.5, refused],
  ['many', refused],
  [Number.NaN, refused],
  [0, 'trained'],
  [-1, /^(ParameterError|TypeError|RangeError)|^value/],
]) {
  threads(`nthread = ${value}`, expected, async () => {
    await train({ nthread: value })();
    return 'trained';
  });
  threads(
    `nthread = ${value} of a matrix`,
    /^(ParameterError|TypeError|RangeError|DataError)|^value/,
    () => void DMatrix.fromSync(dense(), { nthread: value }),
  );
  threads(`nthread = ${value} of all`, /^(ParameterError|TypeError|RangeError|DataError)|^value/, () =>
    xgb.setConfig({ nthread: value }),
  );
}

const device = list(cases, 'a device that is not there');
for (const name of ['cuda:99', 'cuda:-1', 'cuda:x', 'gpu', 'sycl:gpu', 'tpu', '', 'cpu\0', 7, null])
  device(
    JSON.stringify(name),
    /^(DeviceError|ParameterError|TypeError|RangeError)|^value/,
    async () => void (await train({ device: name })()),
  );
device(
  'a model that may not fall back',
  /^DeviceError|^value/,
  () => void new xgb.XGBoostGPUModel({ gpu: { fallback: false, device_id: 99 } }, 'gpu'),
);
device(
  'another word for it',
  /^(TypeError|ConfigError|DeviceError|RangeError)/,
  () => new xgb.XGBoostGPUModel({}, 'tpu'),
);
