// Faults in what the caller's own functions give back or throw.
import { dense, detach, list, matrix, PARAMS, ROWS, trained, xgb } from '../support/world.mjs';

export const cases = [];
const train = (options, params = PARAMS) => xgb.train(params, matrix(), { numBoostRound: 3, ...options });
const thrower = (value) => () => {
  throw value;
};
const rejecter = (value) => () => Promise.reject(value);
const sound = (predictions) => ({
  grad: new Float32Array(predictions.values.length).fill(0.1),
  hess: new Float32Array(predictions.values.length).fill(1),
});

const thrown = list(cases, 'exceptions from callbacks');
const things = {
  null: null,
  undefined: undefined,
  'a number': 7,
  'a string': 'x',
  'an object': {},
  'an error': new Error('mine'),
};
for (const [name, value] of Object.entries(things)) {
  const comes =
    value instanceof Error
      ? /^Error: mine$/
      : new RegExp(`^thrown: ${String(value).replace(/[[\]]/g, '\\$&')}$`);
  for (const hook of ['beforeTraining', 'beforeIteration', 'afterIteration', 'afterTraining']) {
    thrown(`${hook} throws ${name}`, comes, () => train({ callbacks: [{ [hook]: thrower(value) }] }));
    thrown(`${hook} rejects with ${name}`, comes, () => train({ callbacks: [{ [hook]: rejecter(value) }] }));
  }
  thrown(`objective throws ${name}`, comes, () => train({ objective: thrower(value) }));
  thrown(`objective rejects with ${name}`, comes, () => train({ objective: rejecter(value) }));
  thrown(`customMetric throws ${name}`, comes, () =>
    train({ customMetric: thrower(value), evals: [[matrix(), 'a']] }),
  );
  thrown(`logger throws ${name}`, comes, () =>
    train({
      logger: { info: thrower(value), warn: thrower(value) },
      verboseEval: true,
      evals: [[matrix(), 'a']],
    }),
  );
  thrown(`scheduler throws ${name}`, comes, () =>
    train({ callbacks: [new xgb.LearningRateScheduler(thrower(value))] }),
  );
  thrown(`a getter of the options throws ${name}`, comes, () =>
    train({
      get evals() {
        throw value;
      },
    }),
  );
  thrown(`a getter of the table throws ${name}`, comes, () =>
    xgb.DMatrix.from({
      get values() {
        throw value;
      },
      rows: 1,
      cols: 1,
    }),
  );
  thrown(`the iterator of rows throws ${name}`, /^thrown|^Error|^TypeError|^DataError/, () =>
    xgb.DMatrix.from(new Proxy([[1]], { get: thrower(value) })),
  );
  thrown(`toString of a parameter throws ${name}`, /^(ParameterError|TypeError|Error|thrown)/, () =>
    train({}, { eta: { toString: thrower(value) } }),
  );
  thrown(`an abort with ${name}`, value === undefined ? /^.*Abort/i : comes, () =>
    train({ signal: AbortSignal.abort(value) }),
  );
}

const derivatives = list(cases, 'gradients of a wrong shape or kind');
const objective = (make) => () =>
  train({ objective: (predictions) => make(sound(predictions), predictions) });
const bad = /^(DataError|TypeError|RangeError)/;
derivatives(
  'nothing',
  bad,
  objective(() => undefined),
);
derivatives(
  'null',
  bad,
  objective(() => null),
);
derivatives(
  'a number',
  bad,
  objective(() => 7),
);
derivatives(
  'no hess',
  bad,
  objective(({ grad }) => ({ grad })),
);
derivatives(
  'short grad',
  bad,
  objective(({ hess }) => ({ grad: new Float32Array(3), hess })),
);
derivatives(
  'empty',
  bad,
  objective(() => ({ grad: [], hess: [] })),
);
derivatives(
  'NaN',
  bad,
  objective(({ grad, hess }) => ({ grad: grad.fill(Number.NaN), hess })),
);
derivatives(
  'infinite hess',
  bad,
  objective(({ grad, hess }) => ({ grad, hess: hess.fill(Number.POSITIVE_INFINITY) })),
);
derivatives(
  'detached',
  bad,
  objective(({ grad, hess }) => ({ grad: detach(grad), hess })),
);
derivatives(
  'text',
  bad,
  objective(({ grad }) => ({ grad, hess: Array(ROWS).fill('x') })),
);
derivatives(
  'a lying shape',
  bad,
  objective(({ grad, hess }) => ({ grad: { values: grad, rows: ROWS, cols: 9 }, hess })),
);
derivatives(
  'a length of 2^53',
  bad,
  objective(({ hess }) => ({ grad: { length: 2 ** 53 }, hess })),
);
derivatives(
  'a proxy',
  bad,
  objective(({ grad, hess }) => ({ grad: new Proxy(grad, {}), hess })),
);
derivatives(
  'grad and hess of other widths',
  bad,
  objective(({ grad, hess }) => ({ grad: new Float32Array(grad.length * 2), hess })),
);
derivatives('predictions detached by the callback', 'trained', async () => {
  await train({
    objective: (predictions) => {
      const pair = sound(predictions);
      detach(predictions.values);
      return pair;
    },
  });
  return 'trained';
});
derivatives('grad given away while it is read', 'trained', async () => {
  const data = matrix({}, 200_000);
  const booster = await xgb.Booster.create(PARAMS, [data]);
  const pair = { grad: new Float32Array(200_000).fill(0.1), hess: new Float32Array(200_000).fill(1) };
  const round = booster.boost(data, pair.grad, pair.hess, 0);
  try {
    detach(pair.grad);
  } catch {
    // Later versions of Node refuse, which is right as well.
  }
  await round;
  return 'trained';
});

const metrics = list(cases, 'metrics of a wrong kind');
const metric = (answer) => () => train({ customMetric: () => answer, evals: [[matrix(), 'a']] });
for (const [name, answer] of Object.entries({
  nothing: undefined,
  null: null,
  number: 7,
  'no name': [1, 2],
  'no value': ['a'],
  'text value': ['a', 'b'],
  bigint: ['a', 1n],
  object: {},
  'list of nulls': [null],
  symbol: [Symbol('x'), 1],
}))
  metrics(name, /^(TypeError|DataError)/, metric(answer));
for (const [name, answer] of Object.entries({
  NaN: ['a', Number.NaN],
  infinite: ['a', Number.POSITIVE_INFINITY],
  'strange name': ['a\tb:c\0', 1],
  __proto__: ['__proto__', 1],
  'name of 1 MB': ['x'.repeat(1e6), 1],
  none: [],
}))
  metrics(name, /^(TypeError|DataError)|^value/, async () => void (await metric(answer)()));

const inside = list(cases, 'other calls from inside callbacks');
for (const hook of ['beforeTraining', 'beforeIteration', 'afterIteration', 'afterTraining'])
  inside(`everything in ${hook}`, 'trained', async () => {
    const data = matrix();
    const use = async (booster) => {
      booster.attributes();
      booster.setAttr({ a: 'b' });
      await booster.setParam({ eta: 0.2 });
      if (hook === 'afterTraining' || hook === 'afterIteration') booster.predictSync(data);
      (await booster.copy()).dispose();
      booster.saveConfig();
    };
    await train({ callbacks: [{ [hook]: use }] });
    return 'trained';
  });
inside('training inside training, same data', 'trained', async () => {
  const data = matrix();
  const nested = async () => void (await xgb.train(PARAMS, data, { numBoostRound: 1 }));
  await xgb.train(PARAMS, data, { numBoostRound: 2, callbacks: [{ afterIteration: nested }] });
  return 'trained';
});
inside('afterTraining answers with another booster', /^value/, async () => {
  const other = await trained();
  const { booster } = await train({ callbacks: [{ afterTraining: () => other }] });
  return booster === other;
});
inside('a callback answers with a disposed booster', /^DisposedError/, async () => {
  const other = await trained();
  other.dispose();
  return train({ callbacks: [{ beforeTraining: () => other }] });
});
inside('labels changed in the middle', 'trained', async () => {
  const data = matrix();
  const callbacks = [
    { afterIteration: () => data.setInfo({ label: dense(ROWS, 1).values.map((v) => v % 2) }) },
  ];
  await xgb.train(PARAMS, data, { numBoostRound: 3, callbacks });
  return 'trained';
});

const logging = list(cases, 'verbosity, log handler and last error of other threads');
logging('a log handler that is no function', /^TypeError/, () => xgb.onLog({}));
logging('a log handler hears asynchronous work', true, async () => {
  const lines = [];
  xgb.onLog((_, message) => lines.push(message));
  xgb.setConfig({ verbosity: 3 });
  await train({});
  xgb.setConfig({ verbosity: 1 });
  return lines.length > 0;
});
logging('errors of two threads keep their texts', true, async () => {
  const booster = await trained();
  const one = booster.predict(matrix(), { iterationRange: [0, 99] }).catch((error) => error.message);
  const two = xgb.Booster.load(new TextEncoder().encode('{"a":1}'.padEnd(64))).catch(
    (error) => error.message,
  );
  const [first, second] = await Promise.all([one, two]);
  return first !== second && first.length > 0 && second.length > 0;
});
