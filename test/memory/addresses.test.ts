// What native code is given: the memory of the caller, or a copy. Every view that reaches the addon is looked at.
import { makeVector, tableFromArrays } from 'apache-arrow';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Booster } from '../../lib/booster/booster.js';
import type { CompiledForest } from '../../lib/forest/compiled-forest.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { QuantileDMatrix } from '../../lib/matrix/quantile-dmatrix.js';
import { loadAddon } from '../../lib/native/addon.js';
import { forests } from '../../lib/native/forests.js';
import { native } from '../../lib/native/native.js';
import { train } from '../../lib/train/train.js';

// Only from Node 24 on can a buffer be kept from being taken away.
const CAN_LEASE = Number(process.versions.node.split('.', 1)[0]) >= 24;
const ROWS = 40_000;
const MODES = [undefined, 'arrow', 'lease', false] as const;

const numbers = (): Float32Array<ArrayBuffer> => Float32Array.from({ length: ROWS }, (_, i) => (i * 31) % 97);
const shared = (): Float32Array => {
  const view = new Float32Array(new SharedArrayBuffer(ROWS * 4));
  view.set(numbers());
  return view;
};

let booster: Booster;
let forest: CompiledForest;
beforeAll(async () => {
  using dtrain = DMatrix.fromSync({ x: numbers() }, { label: new Float32Array(ROWS) });
  ({ booster } = await train({ max_depth: 2 }, dtrain, { numBoostRound: 2 }));
  forest = await booster.compile();
});
afterAll(() => {
  booster.dispose();
  forest.dispose();
});
afterEach(() => {
  vi.restoreAllMocks();
});

function collect(value: unknown, into: Set<ArrayBufferLike>): void {
  if (ArrayBuffer.isView(value)) into.add(value.buffer);
  else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) collect(inner, into);
  }
}

/** The buffers of all views that reach the addon while `run` runs, but for those of its own copying. */
async function seen(run: () => unknown): Promise<Set<ArrayBufferLike>> {
  const buffers = new Set<ArrayBufferLike>();
  const addon = loadAddon();
  const groups: object[] = [native.sync, native.async, forests.sync, forests.async];
  const functions = groups.flatMap((group) => Object.keys(group).map((name) => [group, name] as const));
  for (const [group, name] of [...functions, [addon, 'feedBatch'] as const]) {
    const original: (...given: unknown[]) => unknown = Reflect.get(group, name);
    vi.spyOn(group as Record<string, typeof original>, name).mockImplementation((...given) => {
      collect(given, buffers);
      return Reflect.apply(original, group, given);
    });
  }
  const result = await run();
  if (result instanceof DMatrix) result.dispose();
  return buffers;
}

/** A column `x`, and the memory that native code would read in place. */
interface Given {
  readonly table: object;
  readonly label: unknown;
  readonly buffers: readonly ArrayBufferLike[];
}

function typed(): Given {
  const [x, label] = [numbers(), numbers()];
  return { table: { x }, label, buffers: [x.buffer, label.buffer] };
}

function arrow(): Given {
  const table = tableFromArrays({ x: numbers() });
  const label = makeVector(numbers());
  const memory = [table.getChild('x'), label].map((vector) => vector?.data[0]?.values as Float32Array);
  return { table, label, buffers: memory.map(({ buffer }) => buffer) };
}

function sharedTyped(): Given {
  const [x, label] = [shared(), shared()];
  return { table: { x }, label, buffers: [x.buffer, label.buffer] };
}

const KINDS = { 'typed arrays': typed, 'Arrow memory': arrow, 'shared memory': sharedTyped };
type Kind = keyof typeof KINDS;
type Mode = (typeof MODES)[number];

/** The rule of docs/memory.md. */
function inPlace(kind: Kind, mode: Mode): boolean {
  if (!CAN_LEASE || kind === 'shared memory') return false;
  return mode === 'lease' || (kind === 'Arrow memory' && mode !== false);
}

type Call = (given: Given, zeroCopy: Mode) => unknown;
const ASYNC: Record<string, Call> = {
  'DMatrix.from': ({ table, label }, zeroCopy) =>
    DMatrix.from(table as never, { label: label as never, zeroCopy }),
  'QuantileDMatrix.from': ({ table, label }, zeroCopy) =>
    QuantileDMatrix.from(table as never, { label: label as never, zeroCopy }),
  inplacePredict: ({ table, label }, zeroCopy) =>
    booster.inplacePredict(table as never, { baseMargin: label as never, zeroCopy }),
  'CompiledForest.predict': ({ table, label }, zeroCopy) =>
    forest.predict(table as never, { baseMargin: label as never, predContribs: true, zeroCopy }),
};
const SYNC: Record<string, Call> = {
  'DMatrix.fromSync': ({ table, label }) => DMatrix.fromSync(table as never, { label: label as never }),
  'QuantileDMatrix.fromSync': ({ table, label }) =>
    QuantileDMatrix.fromSync(table as never, { label: label as never }),
  inplacePredictSync: ({ table, label }) =>
    booster.inplacePredictSync(table as never, { baseMargin: label as never }),
  'CompiledForest.predictSync': ({ table, label }) =>
    forest.predictSync(table as never, { baseMargin: label as never }),
};

describe.each(Object.entries(ASYNC))('%s', (_, call) => {
  describe.each(Object.entries(KINDS) as [Kind, () => Given][])('%s', (kind, make) => {
    test.each(MODES)('zeroCopy: %s', async (mode) => {
      const given = make();
      // Twice: memory that was leased before is leased again.
      for (let round = 0; round < 2; round++) {
        const buffers = await seen(() => call(given, mode));
        expect(buffers.size).toBeGreaterThan(0);
        expect(given.buffers.map((buffer) => buffers.has(buffer))).toEqual(
          given.buffers.map(() => inPlace(kind, mode)),
        );
        vi.restoreAllMocks();
      }
    });
  });
});

describe.each(Object.entries(SYNC))('%s', (_, call) => {
  test.each(Object.entries(KINDS) as [Kind, () => Given][])('%s', async (kind, make) => {
    const given = make();
    const buffers = await seen(() => call(given, undefined));
    expect(given.buffers.map((buffer) => buffers.has(buffer))).toEqual(
      given.buffers.map(() => kind !== 'shared memory'),
    );
  });
});

test('batches follow the same rule', async () => {
  for (const [kind, make] of Object.entries(KINDS) as [Kind, () => Given][]) {
    for (const mode of MODES) {
      const { table, buffers } = make();
      const found = await seen(() => QuantileDMatrix.from(() => [table as never], { zeroCopy: mode }));
      expect({ kind, mode, read: found.has(buffers[0] as ArrayBuffer) }).toEqual({
        kind,
        mode,
        read: inPlace(kind, mode),
      });
      vi.restoreAllMocks();
    }
  }
});

test('an argument is read once: a getter that answers twice differently changes nothing', async () => {
  const later = numbers();
  let reads = 0;
  const label = {
    get values() {
      return ++reads === 1 ? [...numbers()] : later;
    },
    rows: ROWS,
    cols: 1,
  };
  const buffers = await seen(() => DMatrix.from({ x: numbers() }, { label }));
  expect(reads).toBe(1);
  expect(buffers.has(later.buffer)).toBe(false);
});
