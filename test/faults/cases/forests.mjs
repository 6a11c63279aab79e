// Faults with compiled forests: lengths that do not fit, memory that goes away, names that mean nothing.
import { COLS, dense, detach, list, trained, xgb } from '../support/world.mjs';

export const cases = [];
const { CompiledForest } = xgb;

/** A forest of three features. */
const forest = async () => (await trained()).compile();

const rows = list(cases, 'a row of another length than the model reads');
for (const length of [0, 1, COLS - 1, COLS + 1, 1 << 20]) {
  rows(`predictRow of ${length}`, /^DataError: .*3 features, received/, async () =>
    (await forest()).predictRow(new Float32Array(length)),
  );
}
rows('predictRow of detached memory', /^DataError/, async () =>
  (await forest()).predictRow(detach(new Float32Array(COLS))),
);
rows('predictRow into detached memory', /^RangeError/, async () =>
  (await forest()).predictRow(new Float32Array(COLS), detach(new Float32Array(1))),
);
rows('predictRow into nothing', /^TypeError/, async () =>
  (await forest()).predictRow(new Float32Array(COLS), null),
);
for (const [name, row] of Object.entries({
  float64: new Float64Array(COLS),
  array: [1, 2, 3],
  buffer: new ArrayBuffer(12),
  proxy: new Proxy(new Float32Array(COLS), {}),
  pretender: Object.create(Float32Array.prototype),
})) {
  rows(`predictRow of a ${name}`, /^TypeError/, async () => (await forest()).predictRow(row));
}

const handles = list(cases, 'a forest that is none');
for (const self of [undefined, null, {}, Object.create(CompiledForest.prototype)]) {
  handles(`predictRow of ${self === null ? 'null' : typeof self}`, /^TypeError/, () =>
    CompiledForest.prototype.predictRow.call(self, new Float32Array(COLS)),
  );
}
handles('new CompiledForest()', /^TypeError: new CompiledForest\(\)/, () => new CompiledForest());
handles('a disposed one', /^DisposedError/, async () => {
  const gone = await forest();
  gone.dispose();
  return gone.predictRow(new Float32Array(COLS));
});
handles('disposed while it is predicted with', 200_000, async () => {
  const going = await forest();
  const { values, rows: count, cols } = dense(200_000);
  const running = going.predict({ values, rows: count, cols });
  going.dispose();
  return (await running).values.length;
});

const names = list(cases, 'a shared forest that is not there');
for (const shared of [
  undefined,
  null,
  'f',
  {},
  { forest: 1 },
  { forest: 'x\0y', nthread: 0 },
  { forest: '', nthread: 0 },
]) {
  names(`attach(${JSON.stringify(shared)})`, /^TypeError|^DisposedError/, () =>
    CompiledForest.attach(shared),
  );
}
names('a name that answers differently each time', /^TypeError|^DisposedError/, () => {
  let asked = 0;
  return CompiledForest.attach({
    get forest() {
      return asked++ === 0 ? 'name' : { toString: () => 'name' };
    },
    nthread: 0,
  });
});

const memory = list(cases, 'memory of a table that goes away while it is described');
memory('values transferred by a getter', /^DataError|^RangeError|^TypeError/, async () => {
  const { values, rows: count } = dense();
  return (await forest()).predictSync({
    values,
    rows: count,
    get cols() {
      if (values.length > 0) detach(values);
      return COLS;
    },
  });
});
memory('indices beyond the columns', /^DataError/, async () =>
  (await forest()).predictSync({
    indptr: Int32Array.of(0, 1),
    indices: Uint32Array.of(0xffffffff),
    values: Float32Array.of(1),
    cols: COLS,
  }),
);
memory('a base margin of another length', /^DataError/, async () =>
  (await forest()).predictSync(dense(), { baseMargin: new Float32Array(1) }),
);
