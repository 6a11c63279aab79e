// NumPy's legacy generator (MT19937, `RandomState(seed)`), so that Python can draw the same split from the same seed.

const SIZE = 624;
const SHIFT = 397;

/** `numpy.random.RandomState(seed)`, as far as shuffling needs it. */
export class RandomState {
  readonly #state = new Uint32Array(SIZE);
  #position = SIZE;

  /** @param seed an integer from 0 to 2^32 - 1 */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(`seed: expected an integer from 0 to 4294967295, received ${seed}`);
    }
    const state = this.#state;
    state[0] = seed;
    for (let i = 1; i < SIZE; i++) {
      const last = state[i - 1] ?? 0;
      state[i] = Math.imul(1812433253, last ^ (last >>> 30)) + i;
    }
  }

  #refill(): void {
    const state = this.#state;
    for (let i = 0; i < SIZE; i++) {
      const mixed = ((state[i] ?? 0) & 0x80000000) | ((state[(i + 1) % SIZE] ?? 0) & 0x7fffffff);
      const twist = mixed & 1 ? 0x9908b0df : 0;
      state[i] = (state[(i + SHIFT) % SIZE] ?? 0) ^ (mixed >>> 1) ^ twist;
    }
    this.#position = 0;
  }

  /** The next 32 bits. */
  uint32(): number {
    if (this.#position === SIZE) this.#refill();
    let y = this.#state[this.#position++] ?? 0;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  /** An integer from 0 to `max` (both may come up), drawn with a bit mask and rejection as NumPy does. */
  interval(max: number): number {
    if (max === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(max);
    let value = (this.uint32() & mask) >>> 0;
    while (value > max) value = (this.uint32() & mask) >>> 0;
    return value;
  }

  /** `RandomState.permutation(n)`. */
  permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    this.shuffle(order);
    return order;
  }

  /** `RandomState.shuffle(values)`, in place. */
  shuffle(values: Int32Array): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.interval(i);
      const swap = values[i] ?? 0;
      values[i] = values[j] ?? 0;
      values[j] = swap;
    }
  }
}
