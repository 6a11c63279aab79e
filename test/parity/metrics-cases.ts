// Cases of the metrics: labels and predictions of every size at which NumPy adds in another way, in all precisions.
import { Random } from '../support/random.mjs';
import type { NamedCase } from './side-by-side.js';

type Numbers = Float32Array | Float64Array | Int32Array | number[];

export interface MetricsCase extends NamedCase {
  readonly kind: 'regression' | 'accuracy' | 'auc' | 'concordance';
  /** Labels, or times. */
  readonly truth: Numbers;
  /** Predictions, classes or scores. */
  readonly predicted: Numbers;
  /** Labels or outputs of each row. */
  readonly columns: number;
  readonly weight?: Numbers;
  /** Concordance: 1 where the event was seen. */
  readonly events?: Uint8Array;
}

/** Borders of NumPy's ways of adding: one by one, eight sums, halves, and buffers of 8192 for other types. */
const SIZES = [1, 2, 3, 7, 8, 9, 17, 100, 127, 128, 129, 136, 137, 256, 257, 1000, 8191, 8192, 8193];
const LARGE = 100_000;

const f32 = (values: number[]) => Float32Array.from(values);
const f64 = (values: number[]) => Float64Array.from(values);
const i32 = (values: number[]) => Int32Array.from(values, Math.round);
const list = (values: number[]) => values;

/** Numbers of very different sizes, so that another order of adding shows. */
function spread(random: Random): number {
  const [factor, root] = [random.normal(), random.normal()];
  // Products, since powers differ in their last bit between versions of V8.
  const square = root * root;
  return factor * (square * square) * 100;
}
const positive = (random: Random): number => Math.abs(spread(random)) + 2 ** -20;
const make = (count: number, one: () => number): number[] => Array.from({ length: count }, one);

type Shape = {
  truth: (v: number[]) => Numbers;
  predicted: (v: number[]) => Numbers;
  weight?: (v: number[]) => Numbers;
};

/** Precisions of truth, predictions and weights. */
const PRECISIONS: Record<string, Shape> = {
  'f64-f64': { truth: f64, predicted: f64 },
  'f64-f32': { truth: f64, predicted: f32 },
  'f32-f32': { truth: f32, predicted: f32 },
  'i32-f32': { truth: i32, predicted: f32 },
  'i32-i32': { truth: i32, predicted: i32 },
  'list-f32': { truth: list, predicted: f32 },
  'list-list': { truth: list, predicted: list },
  'f64-f32-w64': { truth: f64, predicted: f32, weight: f64 },
  'f32-f32-w32': { truth: f32, predicted: f32, weight: f32 },
  'f32-f32-w64': { truth: f32, predicted: f32, weight: f64 },
  'list-f32-wi': { truth: list, predicted: f32, weight: i32 },
};

function regression(): MetricsCase[] {
  return Object.entries(PRECISIONS).flatMap(([name, { truth, predicted, weight }], precision) =>
    [...SIZES, ...(['f64-f32', 'f32-f32-w32'].includes(name) ? [LARGE] : [])].map((rows, size) => {
      const random = new Random(1000 + 100 * precision + size);
      const columns = size % 3 === 2 ? 3 : 1;
      const labels = make(rows * columns, () => spread(random));
      const guesses = labels.map((label) => label + random.normal());
      const weights = make(rows, () => positive(random));
      return {
        name: `regression-${name}-${rows}x${columns}`,
        about: 'errors and r2',
        kind: 'regression' as const,
        truth: truth(labels),
        predicted: predicted(guesses),
        columns,
        ...(weight === undefined ? {} : { weight: weight(weights.map(weight === i32 ? Math.ceil : Number)) }),
      };
    }),
  );
}

function edges(): MetricsCase[] {
  const of = (about: string, truth: Numbers, predicted: Numbers, more: Partial<MetricsCase> = {}) => ({
    name: `regression-${about.replaceAll(/[ ,]+/g, '-')}`,
    about,
    kind: 'regression' as const,
    truth,
    predicted,
    columns: 1,
    ...more,
  });
  return [
    of('constant labels met', f64([2, 2, 2]), f32([2, 2, 2])),
    of('constant labels missed', f64([2, 2, 2]), f32([2, 2, 3])),
    of('constant labels that have no exact mean', f64([0.1, 0.1, 0.1]), f64([0.1, 0.2, 0.1])),
    of('one row', f64([0.3]), f32([0.1])),
    of('one row of two outputs', f64([0.3, 0.4]), f32([0.1, 0.4]), { columns: 2 }),
    of('one of two outputs constant', f64([1, 5, 2, 5, 4, 5]), f32([1, 5, 3, 5, 4, 5]), { columns: 2 }),
    of('weights of which some are 0', f64([1, 2, 4]), f32([1, 3, 3]), { weight: f64([1, 0, 0.1]) }),
    of('many outputs', f64(make(300, () => 0).map((_, i) => (i * i) % 17)), f32(make(300, () => 8)), {
      columns: 100,
    }),
  ];
}

function accuracy(): MetricsCase[] {
  const weightings = { none: undefined, w64: f64, w32: f32, wi: i32 };
  return Object.entries(weightings).flatMap(([name, weight], which) =>
    [...SIZES, ...(name === 'w32' ? [LARGE] : [])].map((rows, size) => {
      const random = new Random(5000 + 100 * which + size);
      const columns = size % 4 === 3 ? 3 : 1;
      const classes = columns === 1 ? 4 : 2;
      const labels = make(rows * columns, () => random.integer(classes));
      const guesses = labels.map((label) => (random.integer(4) === 0 ? random.integer(classes) : label));
      const weights = make(rows, () => positive(random));
      return {
        name: `accuracy-${name}-${rows}x${columns}`,
        about: 'shares of rows',
        kind: 'accuracy' as const,
        truth: i32(labels),
        predicted: i32(guesses),
        columns,
        ...(weight === undefined ? {} : { weight: weight(weights.map(weight === i32 ? Math.ceil : Number)) }),
      };
    }),
  );
}

function auc(): MetricsCase[] {
  const weightings = { none: undefined, w64: f64, w32: f32 };
  return Object.entries(weightings).flatMap(([name, weight], which) =>
    SIZES.flatMap((rows, size) =>
      [3, 50, 2 ** 24].map((levels, part) => {
        const random = new Random(7000 + 100 * which + 3 * size + part);
        const labels = make(rows, () => random.integer(2));
        const scores = labels.map((label) => (random.integer(levels) + (label * levels) / 4) / levels);
        const weights = make(rows, () => (random.integer(10) === 0 ? 0 : positive(random)));
        return {
          name: `auc-${name}-${rows}-of-${levels}`,
          about: 'the area, with ties',
          kind: 'auc' as const,
          truth: i32(labels),
          predicted: part === 1 ? f64(scores) : f32(scores),
          columns: 1,
          ...(weight === undefined ? {} : { weight: weight(weights) }),
        };
      }),
    ),
  );
}

function concordance(): MetricsCase[] {
  return [2, 3, 10, 50, 300, 3000].flatMap((rows, size) =>
    [0, 1, 2, 3, 4, 5].map((part) => {
      const random = new Random(9000 + 10 * size + part);
      const ties = part % 2 === 0;
      const times = make(rows, () =>
        ties ? 1 + random.integer(Math.ceil(rows / 4)) : 1 + random.uniform() * 100,
      );
      const scores = times.map((time) =>
        ties ? random.integer(6) + Math.floor(time / 3) : time + random.normal() * 50,
      );
      const censored = [0, 1, 5][part >> 1] ?? 0;
      return {
        name: `concordance-${rows}-${part}`,
        about: 'order in time, with ties and unseen events',
        kind: 'concordance' as const,
        truth: part === 1 ? f32(times) : f64(times),
        predicted: f32(scores),
        columns: 1,
        events: Uint8Array.from(times, () => (random.integer(10) < 2 * censored ? 0 : 1)),
      };
    }),
  );
}

export const metricsCases: readonly MetricsCase[] = [
  ...regression(),
  ...edges(),
  ...accuracy(),
  ...auc(),
  ...concordance(),
  {
    name: 'auc-one-class',
    about: 'no pairs',
    kind: 'auc',
    truth: i32([1, 1]),
    predicted: f32([0.2, 0.3]),
    columns: 1,
  },
  {
    name: 'concordance-no-pairs',
    about: 'no event was seen',
    kind: 'concordance',
    truth: f64([1, 2, 3]),
    predicted: f32([1, 2, 3]),
    columns: 1,
    events: new Uint8Array(3),
  },
];
