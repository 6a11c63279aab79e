// Faults with the model classes, the pipeline, the configuration and cross-validation.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detach, labels, list, matrix, numbers, PARAMS, ROWS, xgb } from '../support/world.mjs';

export const cases = [];
const { Config, cv, DataPipeline, Predictor, Trainer, XGBoostGPUModel } = xgb;
const scratch = (name, text) => {
  const path = join(mkdtempSync(join(tmpdir(), 'fault-')), name);
  writeFileSync(path, text);
  return path;
};
const columns = (rows = ROWS) => ({ a: numbers(rows), b: numbers(rows, 7) });
const config = { model: { params: { nthread: 2 } }, training: { epochs: 2 } };
const model = (change = {}) => new XGBoostGPUModel({ ...config, ...change }, 'cpu');
const fitted = async () => {
  const one = model();
  await one.train(columns(), labels());
  return one;
};
const refused =
  /^(TypeError|RangeError|DataError|ConfigError|ParameterError|NotTrainedError|NotSupportedError|DisposedError|ModelError|Error: ENOENT)/;

const classes = list(cases, 'model classes given something else');
const odd = {
  null: null,
  undefined: undefined,
  number: 7,
  text: 'x',
  'empty object': {},
  'empty array': [],
  symbol: Symbol('x'),
  function: () => 1,
  promise: Promise.resolve(columns()),
  'detached column': { a: detach(numbers(ROWS)), b: numbers(ROWS) },
  'short column': { a: numbers(3), b: numbers(ROWS) },
  'proxy column': { a: new Proxy(numbers(ROWS), {}), b: numbers(ROWS) },
  dates: { a: Array(ROWS).fill(new Date(0)), b: numbers(ROWS) },
};
for (const [name, value] of Object.entries(odd)) {
  classes(`train on ${name}`, refused, () => model().train(value, labels()));
  classes(`predict ${name}`, refused, async () => (await fitted()).predict(value));
  if (name !== 'undefined')
    classes(`labels that are ${name}`, refused, () => model().train(columns(), value));
  classes(
    `configuration that is ${name}`,
    /^(ConfigError|TypeError)|^value/,
    () => void new XGBoostGPUModel(value, 'cpu'),
  );
  classes(`Predictor of ${name}`, refused, () => new Predictor(value, config));
  classes(`Trainer of ${name}`, refused, () => new Trainer(value, config));
}
classes('predict before training', /^NotTrainedError/, () => model().predict(columns()));
classes('save before training', /^NotTrainedError/, () => model().save('model.ubj'));
classes('used after dispose', /^DisposedError/, async () => {
  const one = await fitted();
  one.dispose();
  one.dispose();
  return one.predict(columns());
});
classes('disposed while it trains', /^DisposedError|^value/, async () => {
  const one = model();
  const work = one.train(columns(), labels());
  one.dispose();
  await work;
  return 'trained';
});
classes('disposed while it predicts', /^DisposedError|^value: 60/, async () => {
  const one = await fitted();
  const work = one.predict(columns());
  one.dispose();
  return (await work).length;
});
classes('two trainings at once', /^BusyError|^value|^XGBoostError/, async () => {
  const one = model();
  await Promise.all([one.train(columns(), labels()), one.train(columns(), labels())]);
  return 'trained';
});
classes('batches that throw null', /^thrown: null/, async () =>
  new Predictor(await fitted(), config).predictBatch(
    (function* () {
      yield columns();
      throw null;
    })(),
  ),
);
classes('batches that are no tables', refused, async () =>
  new Predictor(await fitted(), config).predictBatch([1, 2]),
);
classes('batches that are no iterable', refused, async () =>
  new Predictor(await fitted(), config).predictBatch(7),
);
classes('a checkpoint folder that is a file', /E(EXIST|NOTDIR)/, () =>
  new Trainer(model({ model: { ...config.model, checkpoint_dir: scratch('file', 'x') } }), {
    ...config,
    model: { checkpoint_dir: scratch('file', 'x') },
  }).train(columns(), labels()),
);

const documents = list(cases, 'configuration documents');
const yaml = (text) => () => Config.fromYaml(scratch('config.yaml', text));
documents(
  'aliases that multiply',
  /^ConfigError/,
  yaml(
    `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
      .split('')
      .map((key, i) => `${key}: &${key} [${`*${'abcdefgh'[i]},`.repeat(9)}]`)
      .join('\n')}`,
  ),
);
documents('100,000 brackets', /^ConfigError/, yaml('['.repeat(1e5)));
documents('__proto__', /^ConfigError/, yaml('__proto__: { polluted: true }'));
documents('constructor.prototype', /^ConfigError/, yaml('constructor: { prototype: { polluted: true } }'));
documents(
  'a tag of another language',
  /^ConfigError/,
  yaml('task: !!python/object/apply:os.system ["true"]'),
);
documents('a tag of JavaScript', /^ConfigError/, yaml('task: !!js/function "function(){}"'));
documents('bytes that are no text', /^ConfigError/, yaml(Buffer.from([0xff, 0xfe, 0x00, 0xd8])));
documents('an endless anchor', /^ConfigError/, yaml('a: &a\n  b: *a'));
documents('20 MB', /^ConfigError/, yaml(`# ${'x'.repeat(2e7)}`));
documents('nothing', /^(ConfigError)|^value/, () => void yaml('')());
documents('a missing file', /ENOENT/, () => Config.fromYaml('nowhere/config.yaml'));
documents('a folder', /EISDIR|ConfigError/, () => Config.fromYaml(tmpdir()));
documents('a path with NUL', /^(TypeError|ConfigError)/, () => Config.fromYaml('a\0b.yaml'));
for (const path of [null, undefined, 7, {}, []])
  documents(`path ${String(path)}`, /^TypeError|^ConfigError/, () => Config.fromYaml(path));
documents('nothing was polluted', true, () => {
  try {
    yaml('__proto__: { polluted: true }')();
  } catch {
    // Refused.
  }
  return {}.polluted === undefined;
});

const files = list(cases, 'data files');
const run = (path, change = {}) =>
  new DataPipeline({ ...config, model: { target_column: 'y' }, ...change }).run(path, 'train');
const odd_files = /^(DataError|ConfigError|Error|TypeError|NotSupportedError)/;
files('a missing file', /ENOENT/, () => run('nowhere.csv'));
files('a folder', odd_files, () => run(tmpdir()));
files('an unknown ending', odd_files, () => run(scratch('data.xyz', 'a,y\n1,1\n')));
files('Parquet that is none', odd_files, () => run(scratch('data.parquet', 'PAR1 no PAR1')));
files('Arrow that is none', odd_files, () => run(scratch('data.arrow', 'ARROW1 no ARROW1')));
files('Arrow that is cut', odd_files, () =>
  run(scratch('data.arrow', Buffer.from('ARROW1\0\0\xff\xff\xff\xff\x10\x00\x00\x00', 'latin1'))),
);
files('JSON nested 100,000 deep', odd_files, () => run(scratch('data.json', '['.repeat(1e5))));
files('an empty file', odd_files, () => run(scratch('data.csv', '')));
files(
  'a name with quotes and SQL',
  /^value|^DataError/,
  async () => void (await run(scratch("a'; DROP TABLE input; --.csv", 'a,y\n1,1\n2,0\n3,1\n4,0\n'))),
);
files('a query that reads another file', odd_files, () =>
  run(scratch('data.csv', 'a,y\n1,1\n'), { data: { query: "SELECT * FROM read_csv('/etc/passwd')" } }),
);
files('a query that writes', odd_files, () =>
  run(scratch('data.csv', 'a,y\n1,1\n'), { data: { query: "COPY input TO '/tmp/out.csv'" } }),
);
files('a query that loads an extension', odd_files, () =>
  run(scratch('data.csv', 'a,y\n1,1\n'), { data: { query: 'INSTALL httpfs' } }),
);
files('a path that is no text', /^TypeError|^DataError/, () => run(7));

const folds = list(cases, 'cross-validation');
const cross =
  (options, params = PARAMS) =>
  () =>
    cv(params, matrix(), { numBoostRound: 2, ...options });
folds('more folds than rows', refused, cross({ nfold: 1000 }));
folds('one fold', refused, cross({ nfold: 1 }));
folds('folds that are no number', refused, cross({ nfold: '3' }));
folds('own folds out of range', refused, cross({ folds: [[[0, 1], [99]]] }));
folds('own folds negative', refused, cross({ folds: [[[0, -1], [2]]] }));
folds('own folds empty', refused, cross({ folds: [[[], []]] }));
folds('own folds that are no arrays', refused, cross({ folds: 7 }));
folds('own folds detached', refused, cross({ folds: [[detach(Int32Array.of(0, 1)), Int32Array.of(2)]] }));
folds(
  'a metric that throws null',
  /^thrown: null/,
  cross({
    customMetric: () => {
      throw null;
    },
  }),
);
folds(
  'an objective that throws null',
  /^thrown: null/,
  cross({
    objective: () => {
      throw null;
    },
  }),
);
folds(
  'a callback that throws null',
  /^thrown: null/,
  cross({
    callbacks: [
      {
        afterIteration: () => {
          throw null;
        },
      },
    ],
  }),
);
folds('an unknown option', /^TypeError/, cross({ nfolds: 3 }));
folds('a seed that is no number', refused, cross({ seed: 'x' }));
folds('no rows', refused, () => cv(PARAMS, matrix({}, 0)));
folds('a disposed matrix', /^DisposedError/, () => {
  const data = matrix();
  data.dispose();
  return cv(PARAMS, data);
});
folds('the matrix disposed in the middle', /^DisposedError|^value/, async () => {
  const data = matrix();
  const work = cv(PARAMS, data, { numBoostRound: 3 });
  data.dispose();
  await work;
  return 'done';
});
