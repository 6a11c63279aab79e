// Faults with models, documents and texts.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detach, list, matrix, PARAMS, trained, xgb } from '../support/world.mjs';

export const cases = [];
const { Booster } = xgb;
const bytes = (text) => new TextEncoder().encode(text);
const deep = (open, close, depth = 100_000) => open.repeat(depth) + close.repeat(depth);
const scratch = () => mkdtempSync(join(tmpdir(), 'fault-'));

const buffers = list(cases, 'empty, short and foreign model bytes');
const shapes = {
  empty: new Uint8Array(0),
  'one byte': bytes('{'),
  'an empty object': bytes('{}'.padEnd(64)),
  'an empty array': bytes('[]'.padEnd(64)),
  'a pickle': Uint8Array.of(0x80, 4, 0x95, ...new Uint8Array(64)),
  'the old binary format': bytes('binf'.padEnd(64)),
  zeros: new Uint8Array(4096),
  'UBJSON that claims 2^62 bytes': Uint8Array.of(
    0x7b,
    0x4c,
    0x3f,
    0xff,
    0xff,
    0xff,
    0xff,
    0xff,
    0xff,
    0xff,
    ...new Uint8Array(32),
  ),
  'UBJSON array without an end': Uint8Array.of(
    0x7b,
    0x4c,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    1,
    0x61,
    0x5b,
    ...new Uint8Array(8),
  ),
  'a detached view': detach(bytes('{'.padEnd(64))),
  'JSON nested 100,000 deep': bytes(`${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}`),
  'arrays nested 100,000 deep': bytes(`{"learner":${deep('[', ']')}}`),
  'UBJSON nested 100,000 deep': new Uint8Array(200_000).fill(0x5b).fill(0x7b, 0, 1),
};
for (const [name, model] of Object.entries(shapes)) {
  buffers(`load: ${name}`, /^(ModelError|TypeError)/, () => Booster.load(model));
  buffers(`loadSync: ${name}`, /^(ModelError|TypeError)/, () => Booster.loadSync(model));
  buffers(`file: ${name}`, /^(ModelError|TypeError)/, () => {
    const path = join(scratch(), 'model.ubj');
    writeFileSync(path, model);
    return Booster.load(path);
  });
  buffers(`unserialize: ${name}`, /^(ModelError|TypeError)/, () => Booster.unserialize(model));
}
buffers('xgbModel: bytes given away at once', /^value: \d/, async () => {
  const model = (await trained()).toBuffer();
  const work = xgb.train(PARAMS, matrix(), { xgbModel: model, numBoostRound: 1 });
  structuredClone(null, { transfer: [model.buffer] });
  return (await work).booster.numBoostedRounds;
});
buffers('load: bytes given away at once', 3, async () => {
  const model = Uint8Array.from((await trained()).toBuffer());
  const work = Booster.load(model);
  try {
    structuredClone(null, { transfer: [model.buffer] });
  } catch {
    // Node 22 and later refuse, which is right as well.
  }
  return (await work).numBoostedRounds;
});
buffers('load: shared memory that changes', /^value|^ModelError/, async () => {
  const model = (await trained()).toBuffer();
  const shared = new Uint8Array(new SharedArrayBuffer(model.length));
  shared.set(model);
  const work = Booster.load(shared);
  shared.fill(0xff);
  return (await work).numBoostedRounds;
});
for (const source of [
  null,
  undefined,
  7,
  {},
  [],
  Symbol('x'),
  new ArrayBuffer(8),
  new Uint16Array(8),
  new DataView(new ArrayBuffer(64)),
])
  buffers(`load(${Object.prototype.toString.call(source)})`, /^TypeError/, () => Booster.load(source));
buffers('a path with NUL', /^(TypeError|ModelError|Error)/, () => Booster.load('model\0.ubj'));
buffers('a missing file', /ENOENT/, () => Booster.load('nowhere/model.ubj'));
buffers('a folder', /EISDIR|ModelError/, () => Booster.load(tmpdir()));
buffers('a pickle by its name', /^ModelError/, () => Booster.load('model.pkl'));

const nested = list(cases, 'JSON nested 100,000 deep in interfaces, configurations, parameters');
nested('loadConfig', /^DataError/, async () => (await trained()).loadConfig(deep('[', ']')));
nested('loadConfig of objects', /^DataError/, async () => (await trained()).loadConfig('{"a":'.repeat(1e5)));
nested(
  'loadConfig of something else',
  /^(TypeError|DataError|XGBoostError|ParameterError|ModelError)|^value/,
  async () => (await trained()).loadConfig('{"learner":[1,2,3]}'),
);
nested(
  'loadConfig with another kind of value',
  /^(TypeError|DataError|XGBoostError|ParameterError|ModelError)|^value/,
  async () => {
    const booster = await trained();
    booster.loadConfig(booster.saveConfig().replace(/"num_feature":"3"/, '"num_feature":"999999999"'));
    return (await booster.predict(matrix())).shape;
  },
);
nested('loadConfig of a number', /^TypeError/, async () => (await trained()).loadConfig(7));
const chain = () => {
  let value = 1;
  for (let i = 0; i < 100_000; i++) value = [value];
  return value;
};
nested('parameters', /^(ParameterError|TypeError|RangeError)/, () =>
  xgb.train({ interaction_constraints: chain() }, matrix()),
);
nested('parameters that contain themselves', /^(ParameterError|TypeError|RangeError)/, () => {
  const loop = [];
  loop.push(loop);
  return xgb.train({ interaction_constraints: loop, monotone_constraints: loop }, matrix());
});
nested('a text parameter of JSON', /^(ParameterError|TypeError|RangeError|XGBoostError)/, () =>
  xgb.train({ interaction_constraints: deep('[', ']') }, matrix()),
);
nested(
  'a configuration object',
  /^ConfigError/,
  () => new xgb.XGBoostGPUModel({ model: { params: chain() } }, 'cpu'),
);
nested('a configuration that contains itself', /^(ConfigError|RangeError)/, () => {
  const config = {};
  config.model = config;
  return new xgb.XGBoostGPUModel(config, 'cpu');
});

const texts = list(cases, 'NUL and strange text');
for (const [name, pair] of Object.entries({ key: { 'a\0b': 'x' }, value: { a: 'x\0y' } }))
  texts(`attribute ${name} with NUL`, /^(TypeError|DataError).*NUL/, async () =>
    (await trained()).setAttr(pair),
  );
texts('attribute values that are no strings', /^TypeError/, async () =>
  (await trained()).setAttr({ a: 1, b: {} }),
);
texts('attributes that are no object', /^TypeError/, async () => (await trained()).setAttr(null));
texts('half a surrogate pair', '"�"'.slice(1, -1), async () => {
  const booster = await trained();
  booster.setAttr({ a: '\ud800' });
  return booster.attr('a');
});
texts('an attribute of 10 MB', 10_000_000, async () => {
  const booster = await trained();
  booster.setAttr({ a: 'x'.repeat(1e7) });
  return (await Booster.load(booster.toBuffer())).attr('a').length;
});
texts('an attribute called __proto__', /^value: \["x",true\]/, async () => {
  const booster = await trained();
  booster.setAttr(JSON.parse('{"__proto__": "x"}'));
  const copy = Booster.loadSync(booster.toBuffer());
  return [copy.attr('__proto__'), Object.getPrototypeOf(copy.attributes()) === Object.prototype];
});
for (const name of ['', 'a\tb', 'a\nb', 'a:b', 'a-b', '\0', 'x'.repeat(1e6), '__proto__', 'constructor'])
  texts(
    `evaluation data called ${JSON.stringify(name.slice(0, 10))}`,
    /^(TypeError|DataError|ParameterError)|^value: \[/,
    async () => {
      const { history } = await xgb.train(PARAMS, matrix(), { evals: [[matrix(), name]], numBoostRound: 2 });
      return Object.keys(history).map((key) => key.length);
    },
  );
texts('two data sets with one name', /^(TypeError|DataError|ParameterError)|^value/, async () =>
  (await trained()).evalSet([
    [matrix(), 'a'],
    [matrix(), 'a'],
  ]),
);

const ranges = list(cases, 'rounds that are not there');
for (const range of [
  [5, 9],
  [-1, 2],
  [2, 1],
  [0.5, 2],
  [0, 2 ** 40],
  [Number.NaN, 1],
  [1],
  [],
  ['0', '1'],
  [0n, 1n],
  null,
  7,
  { 0: 0, 1: 1 },
]) {
  ranges(
    `predict ${String(range?.map?.(String) ?? range)}`,
    /^(RangeError|TypeError|DataError|ParameterError)/,
    async () => (await trained()).predict(matrix(), { iterationRange: range }),
  );
  ranges(
    `in place ${String(range?.map?.(String) ?? range)}`,
    /^(RangeError|TypeError|DataError|ParameterError)/,
    async () =>
      (await trained()).inplacePredict(
        { values: new Float32Array(3), rows: 1, cols: 3 },
        { iterationRange: range },
      ),
  );
}
for (const [begin, end, step] of [
  [0, 9, 1],
  [-1, 2, 1],
  [2, 1, 1],
  [0, 3, 0],
  [0, 3, -1],
  [0, 3, 9],
  [0.5, 2, 1],
  [0, 2 ** 40, 1],
  ['0', '2', '1'],
  [null, 2, 1],
])
  ranges(`slice ${begin} ${end} ${step}`, /^(RangeError|TypeError|DataError)/, async () =>
    (await trained()).slice(begin, end, step),
  );
for (const round of [-1, 0.5, 2 ** 31, Number.NaN, '0', null, 1n, {}])
  ranges(`update of round ${String(round)}`, /^(RangeError|TypeError)/, async () =>
    (await trained()).update(matrix(), round),
  );
