// Faults with matrices of bins, and with factories of batches, which native code asks for in the middle of its work.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
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
const { DMatrix, ExtMemQuantileDMatrix, QuantileDMatrix, train } = xgb;
const KINDS = { DMatrix, QuantileDMatrix, ExtMemQuantileDMatrix };
const refused = /^(TypeError|RangeError|DataError|NotSupportedError|DisposedError)/;
const columns = (rows = ROWS) => ({ a: numbers(rows), b: numbers(rows, 7), y: labels(rows) });

const thrown = list(cases, 'factories of batches that throw');
const things = {
  null: null,
  undefined: undefined,
  'a number': 7,
  'an object': {},
  'an error': new Error('mine'),
};
for (const [kind, Matrix] of Object.entries(KINDS))
  for (const [name, value] of Object.entries(things)) {
    const comes =
      value instanceof Error
        ? /^Error: mine$/
        : new RegExp(`^thrown: ${String(value).replace(/[[\]]/g, '\\$&')}$`);
    const fail = () => {
      throw value;
    };
    thrown(`${kind}: the factory throws ${name}`, comes, () => Matrix.from(fail));
    thrown(`${kind}: the second batch throws ${name}`, comes, () =>
      Matrix.from(function* () {
        yield columns();
        fail();
      }),
    );
    thrown(`${kind}: the second batch rejects with ${name}`, comes, () =>
      Matrix.from(async function* () {
        yield columns();
        await Promise.reject(value);
      }),
    );
    thrown(
      `${kind}: the second pass throws ${name}`,
      kind === 'DMatrix' ? /^thrown|^Error|^value/ : comes,
      async () => {
        let pass = 0;
        await Matrix.from(function* () {
          if (++pass > 1) fail();
          yield columns();
        });
      },
    );
    thrown(`${kind}: an abort with ${name} in the middle`, value === undefined ? /abort/i : comes, () => {
      const stop = new AbortController();
      return Matrix.from(
        function* () {
          yield columns();
          stop.abort(value);
          for (;;) yield columns();
        },
        { signal: stop.signal },
      );
    });
  }

const iterators = list(cases, 'iterators of batches that do not keep to the rules');
const iterator =
  (next, more = {}) =>
  () => ({ [Symbol.iterator]: () => ({ next, ...more }) });
const oddResults = {
  'no result': undefined,
  null: null,
  'a number': 7,
  'a result without a value': {},
  'a value of null': { value: null },
  'a done that throws': Object.defineProperty({}, 'done', {
    get() {
      throw new TypeError('mine');
    },
  }),
};
for (const [kind, Matrix] of Object.entries(KINDS)) {
  for (const [name, result] of Object.entries(oddResults))
    iterators(`${kind}: next() gives ${name}`, refused, () => Matrix.from(iterator(() => result)));
  iterators(`${kind}: next is no function`, refused, () => Matrix.from(iterator(7)));
  iterators(`${kind}: return() throws when the building ends early`, refused, () => {
    const next = () => ({ value: 7, done: false });
    return Matrix.from(
      iterator(next, {
        return() {
          throw null;
        },
      }),
    );
  });
  iterators(`${kind}: a batch that never comes, aborted`, /^Error: enough/, () => {
    const stop = new AbortController();
    const waits = async function* () {
      yield columns();
      setImmediate(() => stop.abort(new Error('enough')));
      await new Promise(() => {});
    };
    return Matrix.from(waits, { signal: stop.signal });
  });
  iterators(`${kind}: no batch at all`, refused, () => Matrix.from(function* () {}));
  iterators(
    `${kind}: nothing in the second pass`,
    kind === 'DMatrix' ? /^DataError|^value/ : refused,
    async () => {
      const once = (function* () {
        yield columns();
        yield columns();
      })();
      await Matrix.from(() => once);
    },
  );
  iterators(`${kind}: a factory that builds a matrix itself`, ROWS, async () => {
    const made = await Matrix.from(async function* () {
      (await Matrix.from(columns())).dispose();
      yield columns();
    });
    return made.numRow;
  });
  for (const given of [null, 7, 'x', {}, Promise.resolve([])])
    iterators(`${kind}: a factory that returns ${String(given)}`, refused, () => Matrix.from(() => given));
  iterators(`${kind}: batches without await`, /^NotSupportedError/, () => Matrix.fromSync(function* () {}));
}

const contents = list(cases, 'batches that do not fit each other');
const second = {
  'fewer columns': () => ({ a: numbers(ROWS), y: labels() }),
  'more columns': () => ({ ...columns(), z: numbers(ROWS) }),
  'other names': () => ({ a: numbers(ROWS), z: numbers(ROWS), y: labels() }),
  'texts for numbers': () => ({ ...columns(), b: Array(ROWS).fill('x') }),
  'a short column': () => ({ ...columns(), b: numbers(3) }),
  'a short label': () => ({ ...columns(), y: labels(3) }),
  'no label': () => ({ a: numbers(ROWS), b: numbers(ROWS) }),
  'detached memory': () => ({ ...columns(), b: detach(numbers(ROWS)) }),
  infinities: () => ({ ...columns(), b: numbers(ROWS).fill(Number.POSITIVE_INFINITY) }),
  'labels of NaN': () => ({ ...columns(), y: labels().fill(Number.NaN) }),
  'a number': () => 7,
  null: () => null,
  'a disposed matrix': () => {
    const one = matrix();
    one.dispose();
    return one;
  },
  'a matrix': () => matrix(),
  'a sparse one that lies': () => csr({ indices: Uint32Array.of(0, 2, 1, 0, 99) }),
  'a dense one that lies': () => ({ values: numbers(4), rows: 1e6, cols: 2 }),
};
for (const [kind, Matrix] of Object.entries(KINDS))
  for (const [name, make] of Object.entries(second))
    contents(`${kind}: ${name}`, refused, () =>
      Matrix.from(
        function* () {
          yield columns();
          yield make();
        },
        { label: 'y' },
      ),
    );

const passes = list(cases, 'batches that change from pass to pass');
for (const [kind, Matrix] of Object.entries({ QuantileDMatrix, ExtMemQuantileDMatrix })) {
  const changing = (make) => () => {
    let pass = 0;
    return Matrix.from(function* () {
      yield make(++pass);
      yield make(pass);
    });
  };
  passes(
    `${kind}: more rows`,
    /^DataError|^XGBoostError|^value/,
    async () => void (await changing((n) => dense(20 * n))()),
  );
  passes(
    `${kind}: fewer rows`,
    /^DataError|^XGBoostError|^value/,
    async () => void (await changing((n) => dense(60 / n))()),
  );
  passes(
    `${kind}: more columns`,
    refused,
    changing((n) => dense(20, 2 + n)),
  );
  passes(
    `${kind}: a new category`,
    /^DataError|^value/,
    async () =>
      void (await changing((n) => ({ a: Array.from({ length: 20 }, (_, i) => `c${i % (3 * n)}`) }))()),
  );
  passes(
    `${kind}: numbers, then missing ones`,
    /^DataError|^XGBoostError|^value/,
    async () => void (await changing((n) => ({ a: n === 1 ? numbers(20) : numbers(20).fill(Number.NaN) }))()),
  );
}

const lives = list(cases, 'memory and matrices that go while batches are read');
for (const [kind, Matrix] of Object.entries(KINDS)) {
  lives(`${kind}: the batch given away when the next is asked for`, 2 * 20_000, async () => {
    const made = await Matrix.from(function* () {
      const first = dense(20_000);
      yield first;
      detach(first.values);
      yield dense(20_000);
    });
    return made.numRow;
  });
  lives(`${kind}: the same memory for all batches`, 60, async () => {
    const one = dense(20);
    const made = await Matrix.from(function* () {
      for (let i = 0; i < 3; i++) {
        one.values.fill(i);
        yield one;
      }
    });
    return made.numRow;
  });
  lives(`${kind}: garbage is collected before each batch`, 3 * ROWS, async () => {
    const made = await Matrix.from(async function* () {
      for (let i = 0; i < 3; i++) {
        globalThis.gc?.();
        yield columns();
      }
    });
    return made.numRow;
  });
  lives(`${kind}: disposed while it trains`, 2, async () => {
    const made = await Matrix.from(
      function* () {
        yield columns(2000);
        yield columns(2000);
      },
      { label: 'y' },
    );
    const work = train({ ...PARAMS, tree_method: 'hist' }, made, { numBoostRound: 2 });
    made.dispose();
    const ended = await work.then(
      ({ booster }) => booster.numBoostedRounds,
      (error) => (error instanceof xgb.DisposedError ? 2 : String(error)),
    );
    return ended;
  });
}
lives('QuantileDMatrix: ref disposed in the middle', /^DisposedError|^value: 60/, async () => {
  const ref = await QuantileDMatrix.from(dense());
  const made = await QuantileDMatrix.from(
    function* () {
      ref.dispose();
      yield dense();
    },
    { ref },
  );
  return made.numRow;
});

const bins = list(cases, 'matrices of bins given something else');
for (const [kind, Matrix] of Object.entries({ QuantileDMatrix, ExtMemQuantileDMatrix })) {
  for (const maxBin of [0, 1, -1, 1.5, Number.NaN, 2 ** 31, 2 ** 40, '256', null, {}])
    bins(`${kind}: maxBin ${String(maxBin)}`, refused, () => Matrix.from(dense(), { maxBin }));
  bins(
    `${kind}: 2^31 - 1 bins`,
    /^value|^DataError|^OutOfMemoryError/,
    async () => void (await Matrix.from(dense(), { maxBin: 2 ** 31 - 1 })),
  );
  for (const [name, ref] of Object.entries({
    null: null,
    number: 7,
    object: {},
    forged: Object.create(DMatrix.prototype),
  }))
    bins(`${kind}: ref is ${name}`, refused, () => Matrix.from(dense(), { ref }));
  bins(`${kind}: ref of other columns`, refused, async () => {
    const ref = await Matrix.from(dense(ROWS, 5));
    return Matrix.from(dense(), { ref });
  });
  bins(`${kind}: ref is disposed`, /^DisposedError/, async () => {
    const ref = await Matrix.from(dense());
    ref.dispose();
    return Matrix.from(dense(), { ref });
  });
  bins(`${kind}: other bins than ref`, refused, async () => {
    const ref = await Matrix.from(dense(), { maxBin: 16 });
    return Matrix.from(dense(), { ref, maxBin: 32 });
  });
  bins(`${kind}: other bins than the training`, /^(ParameterError|DataError)/, async () => {
    const data = await Matrix.from(dense(), { label: labels(), maxBin: 16 });
    return train({ ...PARAMS, tree_method: 'hist', max_bin: 64 }, data);
  });
  for (const tree_method of ['exact', 'approx'])
    bins(
      `${kind}: trained by ${tree_method}`,
      /^(ParameterError|DataError|XGBoostError|NotSupportedError|value)/,
      async () => {
        const data = await Matrix.from(dense(), { label: labels() });
        return (await train({ ...PARAMS, tree_method }, data)).booster.numBoostedRounds;
      },
    );
  bins(`${kind}: empty`, /^DataError|^value/, async () => void (await Matrix.from(dense(0))));
  bins(`${kind}: an unknown option`, /^TypeError/, () => Matrix.from(dense(), { maxBins: 16 }));
  bins(`${kind}: made by new`, /^TypeError/, () => new Matrix(1, 2, {}));
  bins(`${kind}: predicted with a model of other columns`, refused, async () =>
    (await trained()).predict(await Matrix.from(dense(ROWS, 5))),
  );
  bins(`${kind}: sliced out of range`, /^(DataError|RangeError|NotSupportedError)/, async () =>
    (await Matrix.from(dense())).slice([0, 99]),
  );
}
bins('onHost is no boolean', refused, () => ExtMemQuantileDMatrix.from(dense(), { onHost: 1 }));
for (const [name, cachePrefix] of Object.entries({
  number: 7,
  null: null,
  empty: '',
  'with NUL': 'a\0b',
  'in a folder that is not there': join(tmpdir(), 'nowhere', 'at', 'all'),
}))
  bins(
    `cachePrefix ${name}`,
    /^(TypeError|DataError|Error: ENOENT)|^value/,
    async () => void (await ExtMemQuantileDMatrix.from(dense(), { cachePrefix })),
  );
bins('cachePrefix of a QuantileDMatrix', /^DataError/, () =>
  QuantileDMatrix.from(dense(), { cachePrefix: join(tmpdir(), 'x') }),
);
