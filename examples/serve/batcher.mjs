// Micro-batching: rows of requests that arrive together are predicted together.

/** There is no room for more rows; the client may try again soon. */
export class QueueFull extends Error {}

/** Collects rows until the event loop has read what has arrived, and predicts them in one call. */
export class Batcher {
  #forest;
  #most;
  /** Rows that wait, each with who waits for it. */
  #waiting = [];
  /** Rows that wait or are being predicted. */
  #held = 0;
  #flushing = false;

  /** `queue`: rows that may wait or be predicted at once; beyond it a request is refused rather than kept. */
  constructor(forest, { queue = 4096 } = {}) {
    this.#forest = forest;
    this.#most = queue;
  }

  /** Resolves to the outputs of each row: one Float32Array per row. */
  predict(rows) {
    if (this.#held + rows.length > this.#most) throw new QueueFull('too many rows are waiting');
    this.#held += rows.length;
    const answers = rows.map(
      (features) => new Promise((resolve, reject) => this.#waiting.push({ features, resolve, reject })),
    );
    this.#schedule();
    return Promise.all(answers);
  }

  #schedule() {
    if (this.#flushing || this.#waiting.length === 0) return;
    this.#flushing = true;
    // After the requests that have arrived by now were read.
    setImmediate(async () => {
      await this.#flush(this.#waiting.splice(0));
      this.#flushing = false;
      this.#schedule();
    });
  }

  async #flush(batch) {
    const cols = this.#forest.numFeatures;
    const values = new Float32Array(batch.length * cols);
    batch.forEach(({ features }, row) => void values.set(features, row * cols));
    try {
      const result = await this.#forest.predict({ values, rows: batch.length, cols });
      const outputs = result.values.length / batch.length;
      batch.forEach(({ resolve }, row) => {
        resolve(result.values.subarray(row * outputs, (row + 1) * outputs));
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.#held -= batch.length;
    }
  }
}
