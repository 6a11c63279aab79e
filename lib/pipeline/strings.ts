// Strings → category codes straight from DuckDB's 16-byte string entries: no JavaScript string for a row seen before.

/** Strings up to this many bytes lie inside their entry: 4 bytes of length, then the bytes, zero padded. */
const INLINE_BYTES = 12;
const WORDS_PER_ENTRY = 4;

/** Numbers the distinct strings it sees from 0 in order of appearance. */
export class StringCodes {
  readonly words: string[] = [];
  readonly #byText = new Map<string, number>();
  /** Open addressing over inline entries: code + 1, 0 = free. */
  #slots = new Int32Array(1 << 10);
  /** The four words of the entry of each slot. */
  #keys = new Uint32Array(WORDS_PER_ENTRY << 10);
  #used = 0;

  /** The code of `text`. */
  of(text: string): number {
    let code = this.#byText.get(text);
    if (code === undefined) {
      code = this.words.length;
      this.words.push(text);
      this.#byText.set(text, code);
    }
    return code;
  }

  /**
   * The code of the entry that begins at word `at`.
   *
   * @param read gives the text when the entry is new or too long to be inline
   */
  ofEntry(entries: Uint32Array, at: number, read: () => string): number {
    const length = entries[at] ?? 0;
    if (length > INLINE_BYTES) return this.of(read());
    const a = entries[at + 1] ?? 0;
    const b = entries[at + 2] ?? 0;
    const c = entries[at + 3] ?? 0;
    const slot = this.#find(length, a, b, c);
    const known = this.#slots[slot] ?? 0;
    if (known !== 0) return known - 1;
    const code = this.of(read());
    this.#slots[slot] = code + 1;
    this.#keys.set([length, a, b, c], slot * WORDS_PER_ENTRY);
    if (++this.#used * 2 > this.#slots.length) this.#rehash();
    return code;
  }

  #find(length: number, a: number, b: number, c: number): number {
    const mask = this.#slots.length - 1;
    let hash = Math.imul(a ^ Math.imul(length, 0x9e3779b1), 0x85ebca6b);
    hash = Math.imul((hash ^ (hash >>> 15)) + b, 0xc2b2ae35);
    hash = Math.imul((hash ^ (hash >>> 13)) + c, 0x27d4eb2f);
    let slot = (hash ^ (hash >>> 16)) & mask;
    while (this.#slots[slot] !== 0 && !this.#matches(slot, length, a, b, c)) slot = (slot + 1) & mask;
    return slot;
  }

  #matches(slot: number, length: number, a: number, b: number, c: number): boolean {
    const keys = this.#keys;
    const at = slot * WORDS_PER_ENTRY;
    return keys[at] === length && keys[at + 1] === a && keys[at + 2] === b && keys[at + 3] === c;
  }

  #rehash(): void {
    const slots = this.#slots;
    const keys = this.#keys;
    this.#slots = new Int32Array(slots.length * 2);
    this.#keys = new Uint32Array(keys.length * 2);
    for (let old = 0; old < slots.length; old++) {
      const code = slots[old] ?? 0;
      if (code === 0) continue;
      const key = keys.subarray(old * WORDS_PER_ENTRY, (old + 1) * WORDS_PER_ENTRY);
      const slot = this.#find(key[0] ?? 0, key[1] ?? 0, key[2] ?? 0, key[3] ?? 0);
      this.#slots[slot] = code;
      this.#keys.set(key, slot * WORDS_PER_ENTRY);
    }
  }
}
