// Faults with the estimators and with the random forest.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dense, detach, labels, list, numbers, ROWS, xgb } from '../support/world.mjs';

export const cases = [];
const { RandomForestGPUModel, XGBClassifier, XGBRanker, XGBRegressor } = xgb;
const refused =
  /^(TypeError|RangeError|DataError|ConfigError|ParameterError|NotTrainedError|NotSupportedError|DisposedError|ModelError)/;
const columns = (rows = ROWS) => ({ a: numbers(rows), b: numbers(rows, 7) });
const SMALL = { n_estimators: 2, max_depth: 2, n_jobs: 2 };
const qid = Int32Array.from({ length: ROWS }, (_, i) => i >> 3);
const scratch = (text) => {
  const path = join(mkdtempSync(join(tmpdir(), 'fault-')), 'model.ubj');
  writeFileSync(path, text);
  return path;
};
const things = {
  null: null,
  number: 7,
  text: 'x',
  'empty object': {},
  'empty array': [],
  symbol: Symbol('x'),
  function: () => 1,
  'detached column': { a: detach(numbers(ROWS)), b: numbers(ROWS) },
  'short column': { a: numbers(3), b: numbers(ROWS) },
  dates: { a: Array(ROWS).fill(new Date(0)), b: numbers(ROWS) },
};
const thrower = (value) => () => {
  throw value;
};

const estimators = list(cases, 'estimators given something else');
for (const [kind, Estimator] of Object.entries({ XGBClassifier, XGBRegressor, XGBRanker })) {
  const options = kind === 'XGBRanker' ? { qid } : {};
  const fitted = async (params = {}, more = {}) => {
    const one = new Estimator({ ...SMALL, ...params });
    await one.fit(columns(), labels(), { ...options, ...more });
    return one;
  };
  for (const [name, value] of Object.entries(things)) {
    estimators(`${kind}: fit ${name}`, refused, () => new Estimator(SMALL).fit(value, labels(), options));
    estimators(`${kind}: predict ${name}`, refused, async () => (await fitted()).predict(value));
    estimators(`${kind}: labels that are ${name}`, refused, () =>
      new Estimator(SMALL).fit(columns(), value, options),
    );
    estimators(
      `${kind}: fit options that are ${name}`,
      /^(TypeError|DataError)|^value/,
      async () => void (await new Estimator(SMALL).fit(columns(), labels(), value)),
    );
    if (name !== 'empty object')
      estimators(
        `${kind}: parameters that are ${name}`,
        /^(TypeError|ParameterError|RangeError)/,
        () => new Estimator(value),
      );
  }
  for (const params of [
    { n_estimators: -1 },
    { n_estimators: 1.5 },
    { n_estimators: 2 ** 40 },
    { max_depth: 'deep' },
    { missing: 'x' },
    { early_stopping_rounds: Number.NaN },
    { eval_metric: [() => 1, () => 2] },
    { importance_type: 'magic' },
    { n_estimatorz: 3 },
    { callbacks: 7 },
    { feature_types: ['x', 'y'] },
    { feature_weights: [1] },
    { objective: 7 },
  ])
    estimators(`${kind}: ${Object.keys(params)[0]} ${String(Object.values(params)[0])}`, refused, () =>
      fitted(params),
    );
  estimators(`${kind}: before fit`, /^NotTrainedError/, () => new Estimator(SMALL).predict(columns()));
  estimators(`${kind}: used after dispose`, /^DisposedError/, async () => {
    const one = await fitted();
    one.dispose();
    one.dispose();
    return one.predict(columns());
  });
  estimators(`${kind}: disposed while it is fitted`, /^DisposedError|^value/, async () => {
    const one = new Estimator(SMALL);
    const work = one.fit(columns(), labels(), options);
    one.dispose();
    await work;
    return 'fitted';
  });
  estimators(`${kind}: fitted twice at once`, /^BusyError/, async () => {
    const one = new Estimator(SMALL);
    await Promise.all([one.fit(columns(), labels(), options), one.fit(columns(), labels(), options)]);
  });
  estimators(`${kind}: an objective that throws null`, /^thrown: null|a ranker cannot take/, () =>
    fitted({ objective: thrower(null) }),
  );
  estimators(`${kind}: a metric that throws null`, /^thrown: null/, () =>
    fitted(
      { eval_metric: thrower(null) },
      {
        evalSet: [[columns(), labels()]],
        ...(kind === 'XGBRanker' ? { evalQid: [qid] } : {}),
      },
    ),
  );
  estimators(`${kind}: a callback that throws null`, /^thrown: null/, () =>
    fitted({}, { callbacks: [{ afterIteration: thrower(null) }] }),
  );
  estimators(`${kind}: an abort`, /^thrown: null/, () => fitted({}, { signal: AbortSignal.abort(null) }));
  estimators(`${kind}: evalSet of other columns`, refused, () =>
    fitted({}, { evalSet: [[{ a: numbers(ROWS) }, labels()]] }),
  );
  estimators(`${kind}: evalSet that is none`, refused, () => fitted({}, { evalSet: [7] }));
  estimators(`${kind}: weights too few`, refused, () => fitted({}, { sampleWeight: [1] }));
  estimators(`${kind}: going on from no model`, /^(TypeError|ModelError|DataError|Error: ENOENT)/, () =>
    fitted({}, { xgbModel: new Uint8Array(64) }),
  );
  estimators(`${kind}: a file that is no model`, /^ModelError/, () =>
    new Estimator(SMALL).load(scratch('no model at all')),
  );
  estimators(`${kind}: a file that is not there`, /ENOENT/, () => new Estimator(SMALL).load('nowhere.ubj'));
}
estimators('XGBRanker: groups that do not add up', refused, () =>
  new XGBRanker(SMALL).fit(columns(), labels(), { group: [1, 2] }),
);
estimators('XGBRanker: group and qid', refused, () =>
  new XGBRanker(SMALL).fit(columns(), labels(), { group: [ROWS], qid }),
);
estimators('XGBRanker: neither', refused, () => new XGBRanker(SMALL).fit(columns(), labels()));
estimators(
  'XGBClassifier: one class',
  /^DataError|^value/,
  async () => void (await new XGBClassifier(SMALL).fit(columns(), labels().fill(1))),
);
estimators('XGBClassifier: labels of two kinds', refused, () =>
  new XGBClassifier(SMALL).fit(
    columns(),
    Array.from({ length: ROWS }, (_, i) => (i % 2 ? 'x' : 1)),
  ),
);
estimators('XGBRegressor: labels of NaN', refused, () =>
  new XGBRegressor(SMALL).fit(columns(), labels().fill(Number.NaN)),
);

const forests = list(cases, 'random forests given something else');
const config = {
  model: { type: 'random_forest', params: { nthread: 2, max_depth: 3 } },
  training: { epochs: 3 },
};
const forest = (change = {}) => new RandomForestGPUModel({ ...config, ...change }, 'cpu');
const grown = async () => {
  const one = forest();
  await one.train(columns(), labels());
  return one;
};
for (const [name, value] of Object.entries(things)) {
  forests(`train on ${name}`, refused, () => forest().train(value, labels()));
  forests(`predict ${name}`, refused, async () => (await grown()).predict(value));
  forests(`labels that are ${name}`, refused, () => forest().train(columns(), value));
  forests(
    `configuration that is ${name}`,
    /^(ConfigError|TypeError)|^value/,
    () => void new RandomForestGPUModel(value, 'cpu'),
  );
}
for (const epochs of [0, -1, 1.5, 2 ** 40, 'many', null])
  forests(
    `${String(epochs)} trees`,
    /^(ConfigError|ParameterError|TypeError)|^value/,
    async () => void (await forest({ training: { epochs } }).train(columns(), labels())),
  );
for (const subsample of [0, -1, 2, 'x', Number.NaN])
  forests(`subsample ${String(subsample)}`, /^(ConfigError|ParameterError)/, () =>
    forest({ model: { ...config.model, params: { nthread: 2, subsample } } }).train(columns(), labels()),
  );
forests(
  'of the type of the other class',
  /^ConfigError|^value/,
  () => void new RandomForestGPUModel({ ...config, model: { type: 'xgboost' } }, 'cpu'),
);
forests('predict before training', /^NotTrainedError/, () => forest().predict(columns()));
forests('used after dispose', /^DisposedError/, async () => {
  const one = await grown();
  one.dispose();
  return one.predict(columns());
});
forests('disposed while it trains', /^DisposedError|^value/, async () => {
  const one = forest();
  const work = one.train(columns(), labels());
  one.dispose();
  await work;
  return 'trained';
});
forests('a callback that throws null', /^thrown: null|^NotSupportedError/, () =>
  forest().train(columns(), labels(), undefined, undefined, {
    callbacks: [{ afterIteration: thrower(null) }],
  }),
);
forests('an abort', /^thrown: null/, () =>
  forest().train(columns(), labels(), undefined, undefined, { signal: AbortSignal.abort(null) }),
);
forests('a file of bytes that are no model', /^ModelError/, () => forest().load(scratch('x'.repeat(99))));
forests('dense numbers in place of columns', refused, async () => (await grown()).predict(dense()));
