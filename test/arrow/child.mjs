// One process with one copy of apache-arrow in the user's hands: `child.mjs PACKAGE import|require [use]`. Prints, for each
// thing that the user does with our results and theirs, whether the values came out right.
import { createRequire } from 'node:module';

const [name, how, use] = process.argv.slice(2);
const load = how === 'require' ? createRequire(import.meta.url) : (wanted) => import(wanted);
const door = how === 'require' ? 'index.js' : 'index.mjs';
const { DMatrix, train, setArrow } = await load(`../../dist/${door}`);

const rows = 60;
const color = Array.from({ length: rows }, (_, row) => ['red', 'green', 'blue'][row % 3]);
const size = Float32Array.from({ length: rows }, (_, row) => row % 7);
const label = size.map((value, row) => value / 7 + (row % 3));
const dtrain = await DMatrix.from({ color, size }, { label });
const { booster } = await train({ max_depth: 3 }, dtrain, { numBoostRound: 3 });
const prediction = await booster.predict(dtrain);
const contributions = await booster.predict(dtrain, { predContribs: true });
// The copy is chosen before the program has loaded its own.
if (use !== 'use') booster.treesToTable();
const arrow = await load(name);
const { makeVector, Table, tableFromIPC, tableToIPC, vectorFromArray } = arrow;
if (use === 'use') setArrow(arrow);

/** Plain values of whatever Arrow gives. */
function plain(value) {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (typeof value.toJSON === 'function') return plain(value.toJSON());
  if (typeof value[Symbol.iterator] === 'function') return [...value].map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
const rowsOf = (table) => Array.from({ length: table.numRows }, (_, row) => plain(table.get(row)));
const column = (table) => plain(table.getChild('x'));
const again = (table, format) => tableFromIPC(tableToIPC(table, format));

const trees = booster.treesToTable();
const vectors = {
  prediction: [prediction.toArrow(), [...prediction.values]],
  contributions: [
    contributions.toArrow(),
    Array.from({ length: rows }, (_, row) => [...contributions.values.subarray(row * 3, row * 3 + 3)]),
  ],
  categories: [booster.getCategories().color, ['blue', 'green', 'red']],
};
const treeRows = rowsOf(trees);
const mine = new Table({ color: vectorFromArray(color), size: makeVector(size) });

const work = {
  'table: instanceof': () => [trees instanceof Table, true],
  'table: a row for each node': () => [treeRows.length, booster.getDump().join('').trim().split('\n').length],
  'table: stream': () => [rowsOf(again(trees, 'stream')), treeRows],
  'table: file': () => [rowsOf(again(trees, 'file')), treeRows],
  'table: of its batches': () => [rowsOf(new Table(trees.batches)), treeRows],
  'table: concat': () => [rowsOf(trees.concat(trees)), [...treeRows, ...treeRows]],
  'input: table': () => [[...booster.inplacePredictSync(mine).values], vectors.prediction[1]],
  'input: table from a file': () => [
    [...booster.inplacePredictSync(again(mine, 'file')).values],
    vectors.prediction[1],
  ],
  'input: label': () => [[...DMatrix.fromSync(mine, { label: makeVector(label) }).label], [...label]],
};
for (const [kind, [vector, expected]] of Object.entries(vectors)) {
  work[`${kind}: values`] = () => [plain(vector), expected];
  work[`${kind}: new Table`] = () => [column(new Table({ x: vector })), expected];
  work[`${kind}: new Table, file`] = () => [column(again(new Table({ x: vector }), 'file')), expected];
  work[`${kind}: concat`] = () => [plain(vector.concat(vector)), [...expected, ...expected]];
}

const outcomes = Object.entries(work).map(([what, run]) => {
  try {
    const [received, expected] = run().map((value) => JSON.stringify(value));
    return [what, received === expected ? 'right' : `received ${received?.slice(0, 200)}`];
  } catch (error) {
    return [what, String(error)];
  }
});
console.log(JSON.stringify(Object.fromEntries(outcomes)));
