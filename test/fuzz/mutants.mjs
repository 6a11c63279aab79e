// Damaged models, each made from a seed model by its number: the same number always gives the same bytes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Random } from '../support/random.mjs';
import { Real, readUbjson, Typed, writeJson, writeUbjson } from './ubjson.mjs';

/** One of the elements. */
function pick(random, elements) {
  return elements[random.integer(elements.length)];
}

const corpus = join(import.meta.dirname, '../model-file/corpus');

/** What the seeds are made of: the kinds that differ in layout, of the newest version and of one of each layout. */
const NEW_KINDS = [
  'squared-error',
  'logistic',
  'softprob',
  'softprob-forest',
  'quantiles',
  'aft',
  'rank-unbiased',
  'dart',
  'linear',
  'categories-one-hot',
  'categories-sets',
  'categories-integers',
  'categories-pruned',
  'targets',
  'targets-vector',
  'softprob-vector',
  'pruned',
  'names',
  'no-rounds',
  'one-leaf',
];
const OLD_KINDS = ['logistic', 'softprob', 'dart', 'linear', 'categories-sets', 'targets-vector', 'pruned'];
const OLD_VERSIONS = ['1.6.2', '2.1.4', '3.1.3'];

function lines(version) {
  const text = gunzipSync(readFileSync(join(corpus, `${version}.jsonl.gz`))).toString();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Seed models in both formats. */
export function seeds() {
  const versions = [['3.4.1', NEW_KINDS], ...OLD_VERSIONS.map((version) => [version, OLD_KINDS])];
  const found = versions.flatMap(([version, kinds]) =>
    lines(version)
      .filter(({ name }) => kinds.includes(name))
      .map((line) => ({
        name: `${version} ${line.name}`,
        ubj: Buffer.from(line.ubj, 'base64'),
        json: Buffer.from(line.json, 'base64'),
      })),
  );
  return found.flatMap(({ name, ubj, json }) => [
    { name: `${name} ubj`, bytes: ubj, tree: readUbjson(ubj), write: writeUbjson },
    { name: `${name} json`, bytes: json, tree: readUbjson(ubj), write: writeJson },
  ]);
}

const LENGTHS = [
  -1,
  0,
  1,
  2,
  7,
  127,
  128,
  255,
  65535,
  2 ** 24,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 40,
  2 ** 53,
];

const BLIND = [
  function flipBits(bytes, random) {
    for (let i = random.integer(8); i >= 0; i--)
      bytes[random.integer(bytes.length)] ^= 1 << random.integer(8);
    return bytes;
  },
  function setBytes(bytes, random) {
    for (let i = random.integer(4); i >= 0; i--) bytes[random.integer(bytes.length)] = random.integer(256);
    return bytes;
  },
  function cutOut(bytes, random) {
    const from = random.integer(bytes.length);
    const to = Math.min(bytes.length, from + 1 + random.integer(64));
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  function repeat(bytes, random) {
    const from = random.integer(bytes.length);
    const to = Math.min(bytes.length, from + 1 + random.integer(64));
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  function splice(bytes, random, other) {
    const from = random.integer(bytes.length);
    return Buffer.concat([bytes.subarray(0, from), other.subarray(random.integer(other.length))]);
  },
  function wrongLength(bytes, random) {
    const places = [];
    for (let at = bytes.indexOf(0x4c); at >= 0 && at + 9 <= bytes.length; at = bytes.indexOf(0x4c, at + 1)) {
      if (bytes[at + 1] === 0 && bytes[at + 2] === 0) places.push(at + 1);
    }
    if (places.length === 0) return setBytes(bytes, random);
    bytes.writeBigInt64BE(BigInt(pick(random, LENGTHS)), pick(random, places));
    return bytes;
  },
  function digits(bytes, random) {
    for (let tries = 0; tries < 64; tries++) {
      const at = random.integer(bytes.length);
      if (bytes[at] < 0x30 || bytes[at] > 0x39) continue;
      bytes[at] = 0x30 + random.integer(10);
      if (random.integer(2) === 0) return bytes;
    }
    return bytes;
  },
];
const setBytes = BLIND[1];

const INTEGERS = [
  -2147483648, -2, -1, 0, 1, 2, 3, 4, 5, 7, 8, 100, 65536, 16777215, 16777216, 2147483646, 2147483647,
  4294967296,
];
const REALS = [0, -0, 1, -1, 1e-45, 3e38, -3e38, Number.NaN, Infinity, -Infinity, 0.5, 1e10];
const TEXTS = [
  '',
  '0',
  '1',
  '2',
  '3',
  '-1',
  '7',
  '100',
  '65536',
  '1000000000',
  '4294967296',
  'nan',
  'inf',
  '1e400',
  '0.5',
  '[0.5,0.5]',
  '[',
  '[]',
  'a\0b',
  'gbtree',
  'dart',
  'gblinear',
  'multi:softmax',
  'multi:softprob',
  'reg:quantileerror',
  'survival:aft',
  'rank:ndcg',
  'reg:squarederror',
  'é',
  '\ud800',
  'x'.repeat(300),
];

/** Every place in the tree that can be changed: its container and its key there. */
function places(tree) {
  const found = [];
  const walk = (node) => {
    if (node instanceof Map)
      for (const [key, value] of node) {
        found.push([node, key]);
        walk(value);
      }
    else if (Array.isArray(node))
      node.forEach((value, index) => {
        found.push([node, index]);
        walk(value);
      });
    else if (node instanceof Typed) for (const index of node.values.keys()) found.push([node, index]);
  };
  walk(tree);
  return found;
}

function get(container, key) {
  if (container instanceof Map) return container.get(key);
  return container instanceof Typed ? container.values[key] : container[key];
}

function set(container, key, value) {
  if (container instanceof Map) container.set(key, value);
  else if (container instanceof Typed) container.values[key] = value;
  else container[key] = value;
}

function remove(container, key) {
  if (container instanceof Map) container.delete(key);
  else (container instanceof Typed ? container.values : container).splice(key, 1);
}

function copy(node) {
  if (node instanceof Map) return new Map([...node].map(([key, value]) => [key, copy(value)]));
  if (Array.isArray(node)) return node.map(copy);
  return node instanceof Typed ? new Typed(node.type, [...node.values]) : node;
}

function otherValue(old, container, random) {
  if (container instanceof Typed && container.type === 'd') return pick(random, REALS);
  if (old instanceof Real) return new Real(pick(random, REALS));
  if (typeof old === 'string') return pick(random, TEXTS);
  if (typeof old !== 'number') return pick(random, [null, 0, '', [], new Map(), old]);
  // Near the old value as often as far from it: a neighbour's index is valid and wrong.
  return random.integer(2) === 0 ? old + random.integer(7) - 3 : pick(random, INTEGERS);
}

/** Changes one thing in the tree. Numbers in lists are most of a model, so half the time another place is asked for. */
function change(tree, random) {
  const all = places(tree);
  const outside = all.filter(([container]) => !(container instanceof Typed));
  // Earlier changes may have taken everything away.
  if (outside.length === 0) return undefined;
  const [container, key] = pick(random, random.integer(2) === 0 ? all : outside);
  const old = get(container, key);
  const action = random.integer(10);
  if (action === 0) return remove(container, key);
  if (action === 1 && old instanceof Typed)
    return void old.values.splice(random.integer(old.values.length + 1), 0, 1);
  if (action === 2 && old instanceof Typed) return void old.values.pop();
  if (action === 3 && Array.isArray(old))
    return void old.push(copy(pick(random, old.length > 0 ? old : [0])));
  if (action === 4 && container instanceof Map) {
    const [, other] = pick(random, [...container]);
    return set(container, key, copy(other));
  }
  if (action === 5 && container instanceof Map) {
    container.set(`${key}`.slice(0, -1) || 'x', old);
    return remove(container, key);
  }
  if (old instanceof Typed && old.values.length > 0) {
    const index = random.integer(old.values.length);
    old.values[index] = otherValue(old.values[index], old, random);
    return undefined;
  }
  return set(container, key, otherValue(old, container, random));
}

/** Mutant number `index` of a kind: its bytes, and the seed it came from. */
export function mutant(kind, all, index, salt = 1) {
  const random = new Random(salt * 1_000_003 + index);
  const seed = all[index % all.length];
  if (kind === 'blind') {
    const other = all[random.integer(all.length)];
    return pick(random, BLIND)(Buffer.from(seed.bytes), random, other.bytes);
  }
  const tree = copy(seed.tree);
  for (let i = pick(random, [0, 0, 0, 1, 3]); i >= 0; i--) change(tree, random);
  return seed.write(tree);
}

/** Every prefix of one seed. */
export function prefixes(seed) {
  return Array.from({ length: seed.bytes.length }, (_, length) => seed.bytes.subarray(0, length));
}
