// A small seeded generator (xoshiro128**) that gives the same numbers on every machine: parity data and benchmark data
// are made with it, so nothing large is committed. Only + - * / are used, since those are exact everywhere.

/** Spreads one seed over the 128 bits of state (splitmix32). */
function expand(seed) {
  let state = seed >>> 0;
  return Uint32Array.from({ length: 4 }, () => {
    state = (state + 0x9e3779b9) >>> 0;
    let word = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  });
}

const rotate = (word, by) => (word << by) | (word >>> (32 - by));

export class Random {
  #state;

  constructor(seed) {
    this.#state = expand(seed);
  }

  /** A whole number in [0, 2^32). */
  next() {
    const s = this.#state;
    const result = Math.imul(rotate(Math.imul(s[1], 5), 7), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 11);
    return result;
  }

  /** A multiple of 2^-24 in [0, 1): exact in float32. */
  uniform() {
    return (this.next() >>> 8) / 0x1000000;
  }

  /** A whole number in [0, below). */
  integer(below) {
    return Math.floor(this.uniform() * below);
  }

  /** Near enough to a standard normal: the sum of six uniforms, scaled to unit variance. */
  normal() {
    let sum = -3;
    for (let i = 0; i < 6; i++) sum += this.uniform();
    return sum * Math.SQRT2;
  }
}
