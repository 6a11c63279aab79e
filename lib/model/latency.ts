// Latency percentiles over the most recent calls, in a fixed amount of memory.

/** Milliseconds. All are 0 while `count` is 0. */
export interface LatencyStats {
  /** How many calls the numbers are made of: all so far, at most the size of the window. */
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** A ring of the last `size` latencies. */
export class LatencyWindow {
  readonly #ring: Float64Array;
  #recorded = 0;

  constructor(size = 1024) {
    this.#ring = new Float64Array(size);
  }

  record(milliseconds: number): void {
    this.#ring[this.#recorded % this.#ring.length] = milliseconds;
    this.#recorded++;
  }

  /** Nearest-rank percentiles: each is a latency that really occurred. */
  stats(): LatencyStats {
    const count = Math.min(this.#recorded, this.#ring.length);
    const sorted = this.#ring.slice(0, count).sort();
    const percentile = (p: number) => sorted[Math.ceil((p / 100) * count) - 1] ?? 0;
    const mean = count === 0 ? 0 : sorted.reduce((sum, value) => sum + value, 0) / count;
    return {
      count,
      mean,
      p50: percentile(50),
      p90: percentile(90),
      p99: percentile(99),
      max: percentile(100),
    };
  }
}
