// The families of calls whose leaks are looked for. Each is a function that prepares, and answers with one call.
import { tableFromArrays } from 'apache-arrow';
import {
  Booster,
  CompiledForest,
  cv,
  DMatrix,
  ExtMemQuantileDMatrix,
  QuantileDMatrix,
  RandomForestGPUModel,
  train,
  XGBClassifier,
  XGBoostError,
  XGBoostGPUModel,
} from '../../dist/index.js';

const ROWS = 64;
const PARAMS = { objective: 'binary:logistic', max_depth: 3, nthread: 1 };
const numbers = (count, step = 31) => Float32Array.from({ length: count }, (_, i) => (i * step) % 101);
const columns = { a: numbers(ROWS), b: numbers(ROWS, 7), c: numbers(ROWS, 3) };
const dense = { values: numbers(ROWS * 3), rows: ROWS, cols: 3 };
const label = numbers(ROWS, 7).map((value) => value % 2);
const sparse = {
  indptr: Uint32Array.from({ length: ROWS + 1 }, (_, row) => row * 2),
  indices: Uint32Array.from({ length: ROWS * 2 }, (_, i) => (i % 2) * 2),
  values: numbers(ROWS * 2),
  cols: 3,
};
const texts = {
  city: Array.from({ length: ROWS }, (_, row) => ['Oslo', 'Rome', null][row % 3]),
  b: columns.b,
};
const arrow = tableFromArrays({ ...columns, label });

const matrix = (data = columns) => DMatrix.fromSync(data, { label });
async function model(rounds = 5, data = columns) {
  const dtrain = matrix(data);
  const { booster } = await train(PARAMS, dtrain, { numBoostRound: rounds });
  dtrain.dispose();
  return booster;
}

/** One of the forms after the other. */
const inTurn = (forms) => (index) => forms[index % forms.length](index);

/** Awaits what must fail, with an error of ours or with the very `reason`. */
async function refused(work, reason) {
  try {
    await work();
  } catch (error) {
    if (
      error === reason ||
      error instanceof XGBoostError ||
      error instanceof TypeError ||
      error instanceof RangeError
    )
      return;
    throw error;
  }
  throw new Error('what is wrong was taken');
}

const disposed = async (made) => (await made).dispose();
const batches = function* () {
  yield { ...columns, label };
  yield { ...columns, label };
};
async function* laterBatches() {
  yield* batches();
}

export const families = {
  'DMatrix: columns, dense, CSR, texts, Arrow, rows': () =>
    inTurn([
      () => disposed(DMatrix.from(columns, { label, weight: label, featureTypes: ['float', 'q', 'int'] })),
      () => disposed(DMatrix.fromSync(dense, { label })),
      () => disposed(DMatrix.from(sparse)),
      () => disposed(DMatrix.from(texts, { label })),
      () => disposed(DMatrix.from(arrow, { label: 'label' })),
      () =>
        disposed(
          DMatrix.fromSync([
            { a: 1, b: 'x' },
            { a: null, b: 'y' },
          ]),
        ),
      () => disposed(DMatrix.from(dense, { zeroCopy: false })),
    ]),

  'DMatrix: read back, changed, sliced': () => {
    const whole = matrix();
    return async (index) => {
      whole.setInfo({ label, weight: label.map((value) => value + (index % 3) + 1) });
      const part = await whole.slice([0, 5, index % ROWS]);
      if (part.label.length !== 3 || part.featureNames.length !== 3 || whole.weight.length !== ROWS)
        throw new Error('a slice of another size');
      part.dispose();
    };
  },

  'QuantileDMatrix: tables, ref, batches': () => {
    const ref = QuantileDMatrix.fromSync(columns, { label, maxBin: 16 });
    return inTurn([
      () => disposed(QuantileDMatrix.from(columns, { label, maxBin: 16 })),
      () => disposed(QuantileDMatrix.fromSync(dense, { label })),
      () => disposed(QuantileDMatrix.from(columns, { label, ref })),
      () => disposed(QuantileDMatrix.from(batches, { label: 'label' })),
      () => disposed(QuantileDMatrix.from(laterBatches, { label: 'label' })),
    ]);
  },

  'external memory: DMatrix, ExtMemQuantileDMatrix': () =>
    inTurn([
      () => disposed(DMatrix.from(batches, { label: 'label' })),
      () => disposed(ExtMemQuantileDMatrix.from(laterBatches, { label: 'label' })),
      () => disposed(ExtMemQuantileDMatrix.from(columns, { label })),
    ]),

  'batches that throw, end early, are aborted, change': () => {
    const mine = new Error('mine');
    const failing = [
      function* () {
        yield columns;
        throw mine;
      },
      async function* () {
        yield columns;
        throw mine;
      },
      function* () {},
      function* () {
        yield columns;
        yield { a: columns.a };
      },
      function* () {
        yield 7;
      },
    ];
    const endless = (stop) =>
      function* () {
        yield columns;
        stop.abort(mine);
        for (;;) yield columns;
      };
    const kinds = [DMatrix, QuantileDMatrix, ExtMemQuantileDMatrix];
    return (index) => {
      const kind = kinds[index % 3];
      const which = index % (failing.length + 1);
      if (which < failing.length) return refused(() => kind.from(failing[which]), mine);
      const stop = new AbortController();
      return refused(() => kind.from(endless(stop), { signal: stop.signal }), mine);
    };
  },

  'train, predict, dispose; 50 boosters alive at once': () => {
    const data = matrix();
    const alive = [];
    return async () => {
      const { booster } = await train(PARAMS, data, { numBoostRound: 2, evals: [[data, 'train']] });
      await booster.predict(data);
      booster.predictSync(data, { predLeaf: true });
      alive.push(booster);
      if (alive.length === 50) for (const one of alive.splice(0)) one.dispose();
    };
  },

  'train and predict with a matrix of its own': () => async () => {
    const data = matrix();
    const { booster } = await train(PARAMS, data, { numBoostRound: 2 });
    await booster.predict(data);
    booster.dispose();
    data.dispose();
  },

  'nothing disposed: left to garbage collection': () => async (index) => {
    const data = matrix();
    const booster = await Booster.create(PARAMS, [data]);
    await booster.update(data, 0);
    booster.predictSync(data);
    (await booster.compile()).predictRow(new Float32Array(3));
    if (index % 200 === 0) globalThis.gc();
  },

  'predictions of one booster: all kinds, in place, synchronous or not': async () => {
    const booster = await model();
    const data = matrix();
    return inTurn([
      () => booster.predict(data, { predContribs: true }),
      () => booster.predict(data, { predInteractions: true }),
      () => booster.predictSync(data, { outputMargin: true, iterationRange: [0, 2] }),
      () => booster.inplacePredict(columns),
      () => booster.inplacePredictSync(columns),
      () => booster.inplacePredict(arrow.select(['a', 'b', 'c'])),
      () => booster.inplacePredict(columns, { baseMargin: label, zeroCopy: false }),
      () => Promise.all(Array.from({ length: 4 }, () => booster.inplacePredict(columns))),
    ]);
  },

  'models: load, save, serialize, copy, slice, dump, configuration': async () => {
    const booster = await model();
    const [ubj, json] = [booster.toBuffer('ubj'), booster.toBuffer('json')];
    return inTurn([
      () => disposed(Booster.load(ubj)),
      () => disposed(Booster.loadSync(json)),
      () => disposed(Booster.unserialize(booster.serialize())),
      () => disposed(booster.copy()),
      () => disposed(booster.slice(1, 3)),
      () => booster.getDump({ withStats: true }),
      () => booster.getScore('gain'),
      () => booster.treesToTable(),
      async () => {
        const one = await Booster.load(ubj);
        one.loadConfig(booster.saveConfig());
        one.setAttr({ a: 'b' });
        await one.setParam({ eta: 0.2 });
        await one.reset();
        one.dispose();
      },
    ]);
  },

  'refused: models, tables, parameters, predictions, matrices that are disposed': async () => {
    const booster = await model();
    const damaged = booster.toBuffer('ubj').slice();
    damaged[damaged.length >> 1] ^= 0xff;
    const cut = booster.toBuffer('json').slice(0, -20);
    const data = matrix();
    const gone = matrix();
    gone.dispose();
    return inTurn([
      () => refused(() => Booster.load(cut)),
      () => refused(() => Booster.loadSync(cut)),
      () => refused(() => CompiledForest.load(cut)),
      () =>
        Booster.load(damaged).then(
          (one) => one.dispose(),
          () => {},
        ),
      () => refused(() => DMatrix.from(columns, { label: [1] })),
      () => refused(() => DMatrix.fromSync({ ...columns, a: numbers(3) })),
      () => refused(() => DMatrix.from({ ...sparse, indices: sparse.indices.map(() => 9) })),
      () => refused(() => train({ max_dept: 3 }, data)),
      () => refused(() => train({ ...PARAMS, objective: 'rank:ndcg' }, gone)),
      () => refused(() => train(PARAMS, data, { evals: 7 })),
      () => refused(() => booster.predict(data, { iterationRange: [0, 99] })),
      () => refused(() => booster.inplacePredict({ a: columns.a })),
      () => refused(() => booster.inplacePredictSync({ values: numbers(8), rows: 2, cols: 4 })),
      () => refused(() => booster.predict(gone)),
    ]);
  },

  'callbacks, objectives and metrics that throw or reject': () => {
    const data = matrix();
    const mine = new Error('mine');
    const throws = () => {
      throw mine;
    };
    const rejects = () => Promise.reject(mine);
    const hooks = ['beforeTraining', 'beforeIteration', 'afterIteration', 'afterTraining'];
    const options = [
      ...hooks.flatMap((hook) => [{ callbacks: [{ [hook]: throws }] }, { callbacks: [{ [hook]: rejects }] }]),
      { objective: throws },
      { objective: rejects },
      { customMetric: throws, evals: [[data, 'train']] },
      { objective: ({ values }) => ({ grad: new Float32Array(1), hess: values }) },
    ];
    return (index) =>
      refused(() => train(PARAMS, data, { numBoostRound: 2, ...options[index % options.length] }), mine);
  },

  'trainings that are aborted, one signal for many': () => {
    const data = matrix();
    const reason = new Error('enough');
    const never = new AbortController();
    return async (index) => {
      const stop = new AbortController();
      const callbacks = [{ afterIteration: () => stop.abort(reason) }];
      await refused(() => train(PARAMS, data, { numBoostRound: 9, callbacks, signal: stop.signal }), reason);
      if (index % 2 === 0)
        await disposed((await train(PARAMS, data, { numBoostRound: 1, signal: never.signal })).booster);
      else await disposed(DMatrix.from(columns, { signal: never.signal }));
    };
  },

  'objectives, metrics, early stopping': () => {
    const data = matrix();
    const objective = ({ values }) => ({
      grad: values.map((value, row) => value - label[row]),
      hess: new Float32Array(values.length).fill(1),
    });
    return async () => {
      const { booster } = await train(PARAMS, data, {
        numBoostRound: 4,
        objective,
        customMetric: () => ['mine', 1],
        evals: [[data, 'train']],
        earlyStoppingRounds: 2,
      });
      booster.dispose();
    };
  },

  'CompiledForest: compile, load, predict, explain, refuse, dispose': async () => {
    const booster = await model();
    const bytes = booster.toBuffer('ubj');
    const forest = await booster.compile({ nthread: 1 });
    const row = new Float32Array(3);
    return inTurn([
      () => disposed(booster.compile()),
      () => disposed(CompiledForest.load(bytes)),
      () => disposed(CompiledForest.loadSync(bytes)),
      () => forest.predictRow(row),
      () => forest.predictSync(columns),
      () => forest.predict(columns, { predContribs: true }),
      () => forest.predict(dense, { predInteractions: true, validateFeatures: false }),
      () => forest.predict(sparse, { validateFeatures: false }),
      () => refused(() => forest.predictRow(new Float32Array(2))),
      () => refused(() => forest.predictSync({ a: columns.a })),
      async () => {
        const one = await CompiledForest.load(bytes);
        const work = one.predict(columns);
        one.dispose();
        await work;
      },
    ]);
  },

  'CompiledForest: share and attach': async () => {
    const booster = await model();
    const forest = await booster.compile();
    return async () => {
      const attached = CompiledForest.attach(forest.share());
      attached.predictRow(new Float32Array(3));
      const again = CompiledForest.attach(attached.share());
      attached.dispose();
      again.dispose();
      const other = await booster.compile();
      const shared = other.share();
      other.dispose();
      await refused(() => CompiledForest.attach(shared));
    };
  },

  'cv()': () => {
    const data = matrix();
    return () => cv(PARAMS, data, { numBoostRound: 1, nfold: 2 });
  },

  'estimators: fit, predict, dispose': () => async () => {
    const one = new XGBClassifier({ n_estimators: 2, max_depth: 2, n_jobs: 1 });
    await one.fit(columns, label);
    await one.predict(columns);
    one.dispose();
  },

  'model classes: train, predict, dispose': () => async (index) => {
    const kind = index % 2 === 0 ? XGBoostGPUModel : RandomForestGPUModel;
    const config = {
      model: { type: index % 2 === 0 ? 'xgboost' : 'random_forest', params: { nthread: 1, max_depth: 2 } },
      training: { epochs: 2 },
    };
    const one = new kind(config, 'cpu');
    await one.train(columns, label);
    await one.predict(columns);
    one.dispose();
  },
};
