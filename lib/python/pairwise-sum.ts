// Sums in the order in which NumPy adds, so that means, deviations and shares are equal to its own.

/** Up to this many numbers are added in eight running sums; longer arrays are halved. */
const BLOCK = 128;

/** Where NumPy converts the numbers first, it converts and adds so many at a time. */
const BUFFER = 8192;

type Round = (value: number) => number;

const exactly: Round = (value) => value;

function few(values: ArrayLike<number>, begin: number, end: number, round: Round): number {
  let sum = 0;
  for (let i = begin; i < end; i++) sum = round(sum + (values[i] ?? 0));
  return sum;
}

function block(values: ArrayLike<number>, begin: number, count: number, round: Round): number {
  const sums = Array.from({ length: 8 }, (_, lane) => values[begin + lane] ?? 0);
  const whole = count - (count % 8);
  for (let i = 8; i < whole; i++) sums[i % 8] = round((sums[i % 8] ?? 0) + (values[begin + i] ?? 0));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = sums;
  const left = round(round(a + b) + round(c + d));
  let sum = round(left + round(round(e + f) + round(g + h)));
  for (let i = whole; i < count; i++) sum = round(sum + (values[begin + i] ?? 0));
  return sum;
}

function add(values: ArrayLike<number>, begin: number, count: number, round: Round): number {
  if (count < 8) return few(values, begin, begin + count, round);
  if (count <= BLOCK) return block(values, begin, count, round);
  const half = Math.floor(count / 2);
  const first = half - (half % 8);
  return round(add(values, begin, first, round) + add(values, begin + first, count - first, round));
}

/** `numpy.sum` of float64 values, or of float32 values with `Math.fround` as `round`. */
export function pairwiseSum(values: ArrayLike<number>, round: Round = exactly): number {
  return add(values, 0, values.length, round);
}

/** `numpy.sum` of values of another type than float64, with `dtype=float64`. */
export function convertedSum(values: ArrayLike<number>): number {
  let sum = 0;
  for (let begin = 0; begin < values.length; begin += BUFFER) {
    sum += add(values, begin, Math.min(BUFFER, values.length - begin), exactly);
  }
  return sum;
}

/** `numpy.mean` and `numpy.std` of float64 values. */
export function meanAndDeviation(values: readonly number[]): { mean: number; deviation: number } {
  const mean = pairwiseSum(values) / values.length;
  const squares = values.map((value) => (value - mean) * (value - mean));
  return { mean, deviation: Math.sqrt(pairwiseSum(squares) / values.length) };
}
