// How a competitor in JavaScript is timed; competitors/clock.py and competitors/capi.c do the same.

/** Calls per sample for one row: a clock read costs about as much as a prediction. */
const GROUP = 16;

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];

/**
 * Runs `call(begin)` over the batches of `rows` by turns for `milliseconds`, at least twice over a few of them. Answers
 * nanoseconds per row: the median and the 99th percentile of the samples, and the smallest.
 */
export function measureSync(call, { rows, batch, milliseconds }) {
  const batches = Math.floor(rows / batch);
  const group = batch === 1 ? GROUP : 1;
  const samples = [];
  let at = 0;
  const next = () => {
    const begin = at * batch;
    at = at + 1 < batches ? at + 1 : 0;
    return begin;
  };
  for (let i = 0; i < group * 4; i++) call(next());
  const end = performance.now() + milliseconds;
  while (performance.now() < end || samples.length < 3) {
    const started = process.hrtime.bigint();
    for (let i = 0; i < group; i++) call(next());
    samples.push(Number(process.hrtime.bigint() - started) / (group * batch));
  }
  return summary(samples);
}

/** As {@link measureSync}, for a call that answers with a promise. */
export async function measureAsync(call, { rows, batch, milliseconds }) {
  const batches = Math.floor(rows / batch);
  const samples = [];
  const end = performance.now() + milliseconds;
  for (let at = 0; performance.now() < end || samples.length < 3; at = (at + 1) % batches) {
    const started = process.hrtime.bigint();
    await call(at * batch);
    samples.push(Number(process.hrtime.bigint() - started) / batch);
  }
  return summary(samples);
}

function summary(samples) {
  const sorted = samples.sort((a, b) => a - b);
  return { min: sorted[0], p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), samples: sorted.length };
}
