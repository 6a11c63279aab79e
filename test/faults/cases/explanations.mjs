// Faults with SHAP values and interactions, of compiled forests and of boosters, and more of cross-validation.
import {
  COLS,
  csr,
  dense,
  detach,
  labels,
  list,
  matrix,
  numbers,
  PARAMS,
  ROWS,
  trained,
  xgb,
} from '../support/world.mjs';

export const cases = [];
const refused = /^(TypeError|RangeError|DataError|ParameterError|DisposedError|NotSupportedError|ModelError)/;
const forest = async (params = PARAMS) => (await trained(params)).compile();

const explained = list(cases, 'SHAP values and interactions of compiled forests');
const tables = {
  null: null,
  number: 7,
  'too few columns': dense(2, 2),
  'too many columns': dense(2, 4),
  detached: { values: detach(numbers(6)), rows: 2, cols: COLS },
  'a shape that lies': { values: numbers(6), rows: 100, cols: COLS },
  'strides that lie': { values: numbers(6), rows: 2, cols: COLS, strides: [2 ** 40, 1] },
  'sparse with a column beyond': csr({ cols: COLS, indices: Uint32Array.of(0, 2, 1, 0, 3) }),
};
for (const kind of ['predContribs', 'predInteractions']) {
  for (const [name, table] of Object.entries(tables)) {
    explained(`${kind}: ${name}`, refused, async () => (await forest()).predict(table, { [kind]: true }));
    explained(`${kind}, synchronous: ${name}`, refused, async () =>
      (await forest()).predictSync(table, { [kind]: true }),
    );
  }
  for (const value of [1, 'yes', null, {}])
    explained(`${kind}: ${String(value)}`, /^TypeError/, async () =>
      (await forest()).predict(dense(), { [kind]: value }),
    );
  for (const range of [[0, 99], [-1, 2], [2, 1], [1, 2], [0.5, 2], null, 'x'])
    explained(`${kind}: rounds ${range}`, refused, async () =>
      (await forest()).predict(dense(), { [kind]: true, iterationRange: range }),
    );
  for (const nthread of [-1, 0.5, 2 ** 31, 'many', Number.NaN])
    explained(`${kind}: nthread ${nthread}`, refused, async () =>
      (await forest()).predict(dense(), { [kind]: true, nthread }),
    );
  explained(`${kind}: a base margin of another length`, refused, async () =>
    (await forest()).predict(dense(), { [kind]: true, baseMargin: new Float32Array(1) }),
  );
  explained(
    `${kind}: both kinds, or margins too`,
    /^(TypeError|ParameterError|NotSupportedError|DataError)|^value/,
    async () =>
      void (await (
        await forest()
      ).predict(dense(), { predContribs: true, predInteractions: true, outputMargin: true })),
  );
  explained(
    `${kind}: no rows`,
    /^value|^DataError/,
    async () => (await (await forest()).predict(dense(0), { [kind]: true })).values.length,
  );
  explained(`${kind}: the table given away at once`, /^value: \[?20000/, async () => {
    const table = dense(20_000);
    const work = (await forest()).predict(table, { [kind]: true });
    try {
      detach(table.values);
    } catch {
      // Later versions of Node refuse, which is right as well.
    }
    return (await work).shape;
  });
  explained(`${kind}: disposed while it explains`, /^value: \[?20000/, async () => {
    const one = await forest();
    const work = one.predict(dense(20_000), { [kind]: true });
    one.dispose();
    return (await work).shape;
  });
  explained(`${kind}: disposed before`, /^DisposedError/, async () => {
    const one = await forest();
    one.dispose();
    return one.predict(dense(), { [kind]: true });
  });
  explained(`${kind}: a linear model`, refused, async () =>
    (await forest({ booster: 'gblinear', objective: 'binary:logistic', nthread: 1 })).predict(dense(), {
      [kind]: true,
    }),
  );
  explained(
    `${kind}: dart`,
    /^value|^NotSupportedError/,
    async () =>
      (
        await (
          await forest({ ...PARAMS, booster: 'dart', rate_drop: 0.5 })
        ).predict(dense(), { [kind]: true })
      ).values.length,
  );
  explained(
    `${kind}: more bytes than an array can have`,
    /^(RangeError|DataError|OutOfMemoryError)/,
    async () => {
      const cols = 1 << 16;
      const data = xgb.DMatrix.fromSync(
        { indptr: Uint32Array.of(0, 1, 2), indices: Uint32Array.of(0, 1), values: numbers(2), cols },
        { label: [0, 1] },
      );
      const { booster } = await xgb.train(PARAMS, data, { numBoostRound: 1 });
      const rows = kind === 'predContribs' ? 1 << 20 : 1 << 12;
      const empty = {
        indptr: new Uint32Array(rows + 1),
        indices: new Uint32Array(0),
        values: new Float32Array(0),
        cols,
      };
      return (await booster.compile()).predict(empty, { [kind]: true });
    },
  );
}

const folds = list(cases, 'cross-validation');
const cross =
  (options, params = PARAMS, data = matrix) =>
  () =>
    xgb.cv(params, data(), { numBoostRound: 2, ...options });
const thrower = (value) => () => {
  throw value;
};
for (const [name, value] of Object.entries({
  null: null,
  undefined: undefined,
  'an error': new Error('mine'),
})) {
  const comes = value instanceof Error ? /^Error: mine/ : new RegExp(`^thrown: ${value}`);
  for (const hook of ['beforeTraining', 'beforeIteration', 'afterIteration', 'afterTraining'])
    folds(`${hook} throws ${name}`, comes, cross({ callbacks: [{ [hook]: thrower(value) }] }));
  folds(`preprocess throws ${name}`, comes, cross({ preprocess: thrower(value) }));
  folds(`preprocess rejects with ${name}`, comes, cross({ preprocess: () => Promise.reject(value) }));
}
for (const [name, answer] of Object.entries({
  nothing: undefined,
  null: null,
  number: 7,
  'an empty list': [],
  'no matrices': [1, 2, {}],
}))
  folds(`preprocess answers with ${name}`, refused, cross({ preprocess: () => answer }));
folds(
  'preprocess disposes what it was given',
  /^DisposedError/,
  cross({
    preprocess: (dtrain, dtest, params) => {
      dtrain.dispose();
      return [dtrain, dtest, params];
    },
  }),
);
folds(
  'preprocess adds unknown parameters',
  /^ParameterError/,
  cross({ preprocess: (a, b, params) => [a, b, { ...params, max_dept: 3 }] }),
);
for (const [name, options] of Object.entries({
  'nfold of NaN': { nfold: Number.NaN },
  'a seed of 2^40': { seed: 2 ** 40 },
  'a seed below 0': { seed: -1 },
  'shuffle that is text': { shuffle: 'yes' },
  'own folds and stratified': { folds: [[[0], [1]]], stratified: true },
  'own folds of objects': { folds: [{}] },
  'own folds of null': { folds: [null] },
  'own folds with fractions': { folds: [[[0.5], [1]]] },
  'a metric nobody knows': { metrics: 'accuracy99' },
  'metrics that are numbers': { metrics: [1] },
  'rounds below 0': { numBoostRound: -1 },
  'early stopping of text': { earlyStoppingRounds: 'x' },
  'a checkpoint': { callbacks: [new xgb.TrainingCheckPoint({ directory: 'x' })] },
}))
  folds(name, refused, cross(options));
folds(
  'stratified without labels',
  refused,
  cross({ stratified: true }, PARAMS, () => xgb.DMatrix.fromSync(dense())),
);
folds(
  'groups and own folds',
  refused,
  cross({ folds: [[[0], [1]]] }, { ...PARAMS, objective: 'rank:ndcg' }, () => matrix({ group: [30, 30] })),
);
folds(
  'fewer groups than folds',
  refused,
  cross({ nfold: 5 }, { ...PARAMS, objective: 'rank:ndcg' }, () => matrix({ group: [30, 30] })),
);
folds('an abort before', /^thrown: null/, cross({ signal: AbortSignal.abort(null) }));
folds('an abort in the middle', /^Error: enough/, () => {
  const stop = new AbortController();
  return cross({
    signal: stop.signal,
    callbacks: [{ afterIteration: () => stop.abort(new Error('enough')) }],
  })();
});
folds('its matrix disposed by a callback', /^DisposedError|^value/, async () => {
  const data = matrix();
  await xgb.cv(PARAMS, data, { numBoostRound: 3, callbacks: [{ afterIteration: () => data.dispose() }] });
  return 'done';
});
folds(
  'a matrix of bins',
  /^value|^NotSupportedError|^DataError/,
  async () =>
    void (await xgb.cv(PARAMS, await xgb.QuantileDMatrix.from(dense(), { label: labels() }), {
      numBoostRound: 1,
    })),
);
folds('something else as data', refused, () => xgb.cv(PARAMS, { numRow: ROWS }));
