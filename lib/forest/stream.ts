// Predictions of tables as they come, in their order, with no more work under way than was asked for.
import { describeValue } from '../options.js';
import type { Prediction } from '../prediction.js';

/** @throws TypeError unless `batches` can be iterated */
export function iteratorOf<T>(
  batches: Iterable<T> | AsyncIterable<T>,
  owner: string,
): () => AsyncIterator<T> | Iterator<T> {
  if (typeof batches === 'object' && batches !== null) {
    if (Symbol.asyncIterator in batches) return () => batches[Symbol.asyncIterator]();
    if (Symbol.iterator in batches) return () => batches[Symbol.iterator]();
  }
  throw new TypeError(
    `${owner}: expected an iterable or async iterable of tables, received ${describeValue(batches)}`,
  );
}

/**
 * Pulls a batch when the consumer asks, plus `readAhead` more. However it ends, the source is closed and predictions
 * under way are waited for: they still read the batches.
 */
export async function* predictInOrder<T>(
  open: () => AsyncIterator<T> | Iterator<T>,
  predict: (batch: T) => Promise<Prediction>,
  readAhead: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Prediction, void, undefined> {
  const source = open();
  const started: Promise<Prediction>[] = [];
  let ended = false;
  try {
    for (;;) {
      while (!ended && started.length <= readAhead) {
        signal?.throwIfAborted();
        const next = await source.next();
        if (next.done === true) {
          ended = true;
        } else {
          const prediction = predict(next.value);
          // Whoever takes it sees the error; until then it must not count as unhandled.
          prediction.catch(() => {});
          started.push(prediction);
        }
      }
      const first = started.shift();
      if (first === undefined) return;
      yield await first;
    }
  } finally {
    await Promise.allSettled(started);
    if (!ended) await source.return?.();
  }
}
