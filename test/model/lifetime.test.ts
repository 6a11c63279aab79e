// Construction, state, wrong arguments, disposal: whatever is done at the wrong time gets an error that says so.
import { describe, expect, test } from 'vitest';
import type { ModelConfig } from '../../lib/config/config.js';
import { getDevice } from '../../lib/config/device.js';
import {
  BusyError,
  ConfigError,
  DataError,
  DeviceError,
  DisposedError,
  NotSupportedError,
  NotTrainedError,
} from '../../lib/errors.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { BaseModel } from '../../lib/model/base-model.js';
import { XGBoostGPUModel } from '../../lib/model/xgboost-model.js';
import { cpuModel, diabetes, failure, irises, smallConfig, toNumbers, tumours } from './support/models.js';

const hasGpu = getDevice('gpu') === 'gpu';

describe('constructor', () => {
  test('needs no arguments', () => {
    using model = new XGBoostGPUModel();
    expect(model).toBeInstanceOf(BaseModel);
    expect(model.config).toMatchObject({ task: 'classification', training: { epochs: 100 } });
    expect(model.isTrained).toBe(false);
    expect(model.device).toBe(hasGpu ? 'gpu' : 'cpu');
  });

  test.skipIf(hasGpu)('without a GPU: cpu with a warning, or a DeviceError', () => {
    using model = new XGBoostGPUModel({ gpu: { fallback: true } }, 'gpu');
    expect(model.device).toBe('cpu');
    expect(() => new XGBoostGPUModel({ gpu: { fallback: false } }, 'gpu')).toThrow(DeviceError);
  });

  test.each<[string, ModelConfig, RegExp]>([
    // @ts-expect-error: no such key
    ['an unknown key', { trainig: {} }, /trainig.*did you mean training/],
    ['a device among the parameters', { model: { params: { device: 'cpu' } } }, /gpu\.device_id/],
  ])('%s is a ConfigError', (_, config, message) => {
    expect(() => new XGBoostGPUModel(config, 'cpu')).toThrow(ConfigError);
    expect(() => new XGBoostGPUModel(config, 'cpu')).toThrow(message);
  });

  test('another kind of model is refused', () => {
    expect(() => new XGBoostGPUModel({ model: { type: 'random_forest' } }, 'cpu')).toThrow(/random_forest/);
  });

  test('the configuration cannot be changed afterwards', () => {
    using model = cpuModel();
    expect(Object.isFrozen(model.config)).toBe(true);
  });
});

describe('untrained', () => {
  test.each<[string, (model: XGBoostGPUModel) => unknown]>([
    ['predict()', (model) => model.predict([[1]])],
    ['predictLabels()', (model) => model.predictLabels([[1]])],
    ['predictProba()', (model) => model.predictProba([[1]])],
    ['evaluate()', (model) => model.evaluate([[1]], [1])],
    ['booster', (model) => model.booster],
    ['classes', (model) => model.classes],
  ])('%s', async (owner, run) => {
    using model = cpuModel();
    const error = await failure(() => run(model));
    expect(error).toBeInstanceOf(NotTrainedError);
    expect(error.message).toBe(
      `${owner}: this XGBoostGPUModel is not trained (await train() or load() first)`,
    );
  });
});

describe('train(): what can be wrong', () => {
  const { train, val } = irises();
  const cases: [
    string,
    (model: XGBoostGPUModel) => Promise<unknown>,
    new (...args: never[]) => Error,
    RegExp,
  ][] = [
    ['no labels', (m) => m.train(train.columns), DataError, /y: expected labels, received undefined/],
    [
      'labels of another length',
      (m) => m.train(train.columns, ['a', 'b']),
      DataError,
      /expected 120 numbers.*received 2/,
    ],
    [
      'one class',
      (m) =>
        m.train(
          train.columns,
          train.target.map(() => 'a'),
        ),
      DataError,
      /found only 'a'/,
    ],
    [
      'an unknown column',
      (m) => m.train({ ...train.columns, species: train.target }, 'specie'),
      DataError,
      /did you mean species/,
    ],
    ['a name for a matrix', (m) => m.train([[1], [2]], 'label'), DataError, /X has no column names/],
    ['NaN', (m) => m.train([[1], [2]], [0, Number.NaN]), DataError, /NaN is not a label/],
    [
      'null labels',
      (m) => m.train([[1], [2]], Object.assign(['a', 'b'], { 1: null })),
      DataError,
      /y\[1\]: expected a string/,
    ],
    [
      'XVal without labels',
      (m) => m.train(train.columns, train.target, val.columns),
      DataError,
      /yVal: expected labels/,
    ],
    [
      'labels unseen in training',
      (m) =>
        m.train(
          train.columns,
          train.target,
          val.columns,
          val.target.map(() => 'tulip'),
        ),
      DataError,
      /yVal: label 'tulip' in row 0 is not a class of this model \(the classes seen in training are 'setosa'/,
    ],
    [
      'yVal without XVal',
      (m) => m.train(train.columns, train.target, undefined, val.target),
      DataError,
      /yVal: .*XVal is not given/,
    ],
    [
      'weightVal without XVal',
      (m) => m.train(train.columns, train.target, undefined, undefined, { weightVal: [1] }),
      DataError,
      /weightVal: .*XVal is not given/,
    ],
    [
      'other columns in XVal',
      (m) => m.train(train.columns, train.target, { a: val.columns.petal_width ?? [] }, val.target),
      DataError,
      /does not know|lacks/,
    ],
    [
      'an unknown option',
      // @ts-expect-error: no such option
      (m) => m.train(train.columns, train.target, undefined, undefined, { wieght: [1] }),
      TypeError,
      /train\(\): unknown option 'wieght' \(did you mean weight\?\)/,
    ],
    [
      'callbacks that are none',
      // @ts-expect-error: not a list of callbacks
      (m) => m.train(train.columns, train.target, undefined, undefined, { callbacks: 'all' }),
      TypeError,
      /callbacks: expected an array/,
    ],
    [
      'weights of another length',
      (m) => m.train(train.columns, train.target, undefined, undefined, { weight: [1, 2] }),
      DataError,
      /weight/,
    ],
    [
      "another task's objective",
      (m) => m.train(train.columns, train.target),
      ConfigError,
      /does not fit task: classification/,
    ],
  ];
  test.each(cases)('%s', async (name, run, type, message) => {
    const params = name.startsWith('another task') ? { objective: 'reg:squarederror' as const } : {};
    using model = cpuModel({ model: { params } });
    const error = await failure(() => run(model));
    expect(error).toBeInstanceOf(type);
    expect(error.message).toMatch(message);
    expect(model.isTrained).toBe(false);
  });

  test.each<[string, ModelConfig, RegExp]>([
    [
      'two classes for three',
      { model: { params: { objective: 'binary:logistic' } } },
      /knows two classes, the labels have 3/,
    ],
    [
      'a wrong num_class',
      { model: { params: { num_class: 4 } } },
      /num_class: the labels have 3 classes, received 4/,
    ],
    ['strings for a regression', { task: 'regression' }, /strings cannot be the labels of a regression/],
  ])('%s', async (_, config, message) => {
    using model = cpuModel(config);
    await expect(model.train(train.columns, train.target)).rejects.toThrow(message);
  });

  test.each<[ModelConfig['task'], 'binary:logistic' | 'multi:softmax' | 'rank:ndcg', RegExp]>([
    ['regression', 'binary:logistic', /reg:logistic is the same/],
    ['regression', 'multi:softmax', /set task: classification/],
    ['ranking', 'binary:logistic', /use rank:ndcg/],
    ['classification', 'rank:ndcg', /does not fit task: classification/],
  ])('task %s with %s', async (task, objective, message) => {
    const { train: data } = tumours();
    using model = cpuModel({ task, model: { params: { objective } } });
    const labels = data.target.map((_, row) => row % 2);
    const qid = new Int32Array(data.rows);
    await expect(model.train(data.columns, labels, undefined, undefined, { qid })).rejects.toThrow(message);
  });

  test('a num_class that agrees is welcome', async () => {
    using model = cpuModel({ model: { params: { num_class: 3 } }, training: { epochs: 1 } });
    await model.train(train.columns, train.target);
    const { train: two } = tumours();
    using binary = cpuModel({ model: { params: { num_class: 2 } }, training: { epochs: 1 } });
    await binary.train(two.columns, two.target);
    expect(binary.classes).toHaveLength(2);
  });

  test('gblinear cannot be cut to its best round', async () => {
    const { train: data, val: held } = diabetes();
    const linear = { booster: 'gblinear', max_depth: null } as const;
    using model = cpuModel({ task: 'regression', model: { params: linear } });
    const [y, yVal] = [toNumbers(data.target), toNumbers(held.target)];
    await expect(model.train(data.columns, y, held.columns, yVal)).rejects.toThrow(NotSupportedError);
    await model.train(data.columns, y);
    expect(await model.predict(held.columns)).toHaveLength(held.rows);
  });
});

describe('a DMatrix: what can be wrong', () => {
  test.each<[string, number[] | undefined, RegExp]>([
    ['no labels', undefined, /X: the DMatrix has no labels/],
    ['labels that are not class numbers', [1, 2, 1], /X\.label: expected the class numbers 0 to k - 1/],
    ['a class that is missing', [0, 2, 0], /X\.label: expected the class numbers 0 to k - 1/],
    ['one class', [1, 1, 1], /found only 1/],
  ])('%s', async (_, label, message) => {
    using matrix = DMatrix.fromSync([[1], [2], [3]], label === undefined ? {} : { label });
    using model = cpuModel();
    await expect(model.train(matrix)).rejects.toThrow(message);
  });

  test('labels and weights of its own cannot be given beside it', async () => {
    using matrix = DMatrix.fromSync([[1], [2]], { label: [0, 1] });
    using model = cpuModel({ training: { epochs: 1 } });
    await expect(model.train(matrix, [0, 1])).rejects.toThrow(/y: X is a DMatrix, which brings its own/);
    await expect(model.train(matrix, undefined, undefined, undefined, { weight: [1, 1] })).rejects.toThrow(
      /weight: X is a DMatrix/,
    );
    await expect(model.train(matrix, undefined, matrix, undefined, { qidVal: [1, 1] })).rejects.toThrow(
      /qidVal: XVal is a DMatrix/,
    );
  });

  test('validation labels must be classes of the training', async () => {
    using dtrain = DMatrix.fromSync([[1], [2]], { label: [0, 1] });
    using dval = DMatrix.fromSync([[1], [2]], { label: [0, 2] });
    using model = cpuModel();
    await expect(model.train(dtrain, undefined, dval)).rejects.toThrow(/XVal\.label: label 2 in row 1/);
  });

  test('ranking needs groups', async () => {
    using matrix = DMatrix.fromSync([[1], [2]], { label: [0, 1] });
    using model = cpuModel({ task: 'ranking' });
    await expect(model.train(matrix)).rejects.toThrow(/a ranking needs the group of each row/);
    using grouped = DMatrix.fromSync([[1], [2]], { label: [0, 1], group: [2] });
    await model.train(grouped);
    expect(await model.evaluate(grouped)).toHaveProperty('ndcg');
  });
});

describe('predict() and evaluate(): what can be wrong', () => {
  test('columns, labels, options', async () => {
    const { train } = irises();
    using model = cpuModel({ training: { epochs: 1 } });
    await model.train(train.columns, train.target);
    const { petal_width: _, ...fewer } = train.columns;
    await expect(model.predict(fewer)).rejects.toThrow(/the data lacks petal_width/);
    await expect(model.predict({ values: new Float32Array(3), rows: 1, cols: 3 })).rejects.toThrow(
      /4 features.*3 columns/,
    );
    await expect(model.evaluate(train.columns, ['setosa'])).rejects.toThrow(
      /y: expected 120 labels.*received 1/,
    );
    await expect(model.evaluate(train.columns)).rejects.toThrow(/y: expected labels, received undefined/);
    await expect(
      model.evaluate(
        train.columns,
        train.target.map(() => 'rose'),
      ),
    ).rejects.toThrow(/label 'rose' in row 0/);
    // @ts-expect-error: no such option
    await expect(model.evaluate(train.columns, train.target, { quid: [] })).rejects.toThrow(
      /unknown option 'quid'/,
    );
    using bare = DMatrix.fromSync([[1, 2, 3, 4]], { featureNames: [...train.names] });
    await expect(model.evaluate(bare)).rejects.toThrow(/X: the DMatrix has no labels/);
    await expect(model.evaluate(bare, 'species')).rejects.toThrow(/X is a DMatrix/);
    const metrics = await model.evaluate(
      train.columns,
      train.target.map(() => 'setosa'),
    );
    expect(metrics.auc).toBeNaN();
  });

  test('no rows, no predictions', async () => {
    const { train } = irises();
    using model = cpuModel({ training: { epochs: 1 } });
    await model.train(train.columns, train.target);
    const none = Object.fromEntries(train.names.map((name) => [name, new Float32Array()]));
    expect(await model.predict(none)).toHaveLength(0);
    expect((await model.predictProba(none)).shape).toEqual([0, 3]);
  });
});

describe('dispose', () => {
  test('may be called twice; afterwards everything says so', async () => {
    const { train } = irises();
    const model = cpuModel({ training: { epochs: 1 } });
    await model.train(train.columns, train.target);
    const { booster } = model;
    model.dispose();
    model.dispose();
    expect(model.isTrained).toBe(false);
    expect(() => booster.getDump()).toThrow(DisposedError);
    await expect(model.predict(train.columns)).rejects.toThrow(DisposedError);
    await expect(model.train(train.columns, train.target)).rejects.toThrow(
      /train\(\): this XGBoostGPUModel was disposed/,
    );
    await expect(model.load('x.ubj')).rejects.toThrow(DisposedError);
    expect(() => model.booster).toThrow(DisposedError);
  });

  test('while training: the training ends with a DisposedError and keeps nothing', async () => {
    const { train } = irises();
    const model = cpuModel();
    const callbacks = [{ afterIteration: () => model.dispose() }];
    const training = model.train(train.columns, train.target, undefined, undefined, { callbacks });
    await expect(training).rejects.toThrow(DisposedError);
    expect(model.isTrained).toBe(false);
  });

  test('while predicting: the prediction in flight is answered', async () => {
    const { train } = irises();
    const model = cpuModel({ training: { epochs: 1 } });
    await model.train(train.columns, train.target);
    const running = model.predict(train.columns);
    model.dispose();
    expect(await running).toHaveLength(train.rows);
  });

  test('two trainings at once: the second is a BusyError', async () => {
    const { train } = irises();
    using model = cpuModel();
    const first = model.train(train.columns, train.target);
    await expect(model.train(train.columns, train.target)).rejects.toThrow(BusyError);
    await first;
    await model.train(train.columns, train.target);
  });

  test('predictions go on with the old model while a new one is trained', async () => {
    const { train } = irises();
    using model = new XGBoostGPUModel(smallConfig({ training: { epochs: 2 } }), 'cpu');
    await model.train(train.columns, train.target);
    const before = await model.predict(train.columns);
    const seen: Float32Array[] = [];
    const callbacks = [{ afterIteration: async () => void seen.push(await model.predict(train.columns)) }];
    await model.train(train.columns, train.target, undefined, undefined, { callbacks });
    expect(seen).toEqual([before, before]);
  });
});
