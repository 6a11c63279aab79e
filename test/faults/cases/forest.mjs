// Faults with compiled forests.
import { csr, dense, detach, list, numbers, trained, xgb } from '../support/world.mjs';

export const cases = [];
const { CompiledForest } = xgb;
const refused = /^(TypeError|RangeError|DataError|ModelError|ParameterError|DisposedError|NotSupportedError)/;
const forest = async () => (await trained()).compile();

const loading = list(cases, 'compiled forests from bytes that are no model');
const odd = {
  empty: new Uint8Array(0),
  zeros: new Uint8Array(4096),
  'nested 100,000 deep': new TextEncoder().encode('{"a":'.repeat(1e5)),
  detached: detach(new Uint8Array(64)),
  null: null,
  number: 7,
  'a DataView': new DataView(new ArrayBuffer(64)),
};
for (const [name, source] of Object.entries(odd)) loading(name, refused, () => CompiledForest.load(source));
loading('bytes given away at once', /^value: \d/, async () => {
  const model = Uint8Array.from((await trained()).toBuffer());
  const work = CompiledForest.load(model);
  try {
    structuredClone(null, { transfer: [model.buffer] });
  } catch {
    // Later versions of Node refuse, which is right as well.
  }
  return (await work).numTrees;
});

const rows = list(cases, 'single rows of a compiled forest');
const many = {
  short: new Float32Array(2),
  long: new Float32Array(4),
  detached: detach(new Float32Array(3)),
  'another kind': new Float64Array(3),
  list: [1, 2, 3],
  null: null,
  'a proxy': new Proxy(new Float32Array(3), {}),
  'a DataView': new DataView(new ArrayBuffer(12)),
};
for (const [name, row] of Object.entries(many)) {
  rows(name, refused, async () => (await forest()).predictRow(row));
  rows(`out: ${name}`, /^(TypeError|RangeError|DataError)|^value/, async () =>
    (await forest()).predictRow(new Float32Array(3), row),
  );
}

const tables = list(cases, 'tables for a compiled forest');
for (const cols of [1, 2, 4, 1000])
  tables(`${cols} columns`, refused, async () => (await forest()).predictSync(dense(2, cols)));
tables('sparse with an index beyond', refused, async () =>
  (await forest()).predictSync(csr({ cols: 3, indices: Uint32Array.of(0, 2, 1, 0, 3) })),
);
tables('sparse with positions beyond', refused, async () =>
  (await forest()).predictSync(csr({ cols: 3, indptr: Uint32Array.of(0, 2, 3, 4e9) })),
);
tables('a shape that lies', refused, async () =>
  (await forest()).predictSync({ values: numbers(6), rows: 100, cols: 3 }),
);
tables('strides that lie', refused, async () =>
  (await forest()).predictSync({ values: numbers(6), rows: 2, cols: 3, strides: [2 ** 40, 1] }),
);
tables('detached', refused, async () =>
  (await forest()).predictSync({ values: detach(numbers(6)), rows: 2, cols: 3 }),
);
tables('given away at once', [2000], async () => {
  const one = await forest();
  const table = { values: numbers(6000), rows: 2000, cols: 3 };
  const work = one.predict(table);
  try {
    detach(table.values);
  } catch {
    // As above.
  }
  return (await work).shape;
});
for (const range of [[5, 9], [-1, 2], [2, 1], [0, 2 ** 40], null])
  tables(`rounds ${range}`, refused, async () =>
    (await forest()).predictSync(dense(), { iterationRange: range }),
  );
for (const nthread of [-1, 0.5, 2 ** 31, 'many', Number.NaN])
  tables(
    `nthread ${nthread}`,
    /^(TypeError|RangeError|ParameterError|DataError)|^value/,
    async () => void (await forest()).predictSync(dense(), { nthread }),
  );

const life = list(cases, 'compiled forests that end');
life('used after dispose', /^DisposedError/, async () => {
  const one = await forest();
  one.dispose();
  one.dispose();
  return one.predictRow(new Float32Array(3));
});
life('disposed while it predicts', [20_000], async () => {
  const one = await forest();
  const work = one.predict(dense(20_000));
  one.dispose();
  return (await work).shape;
});
for (const shared of [null, 7, {}, { id: 1 }, { id: 2 ** 53 }, { id: -1 }, 'x', 1n])
  life(`attach ${typeof shared === 'bigint' ? '1n' : JSON.stringify(shared)}`, refused, () =>
    CompiledForest.attach(shared),
  );
life('attach a share that somebody made up', refused, async () => {
  const shared = (await forest()).share();
  return CompiledForest.attach(
    JSON.parse(JSON.stringify(shared, (_, value) => (typeof value === 'object' ? value : `${value}1`))),
  );
});
