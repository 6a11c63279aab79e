// One list of categories for a column that comes in batches, each with a dictionary of its own.

import { type CategoryKey, categoryKeys, keyBytes } from '../../data/category-keys.js';
import { joinTexts } from '../../data/dictionary.js';
import { copyInto, emptyLike, isNumericTypedArray, typedArrayName } from '../../data/typed-arrays.js';
import { DataError } from '../../errors.js';
import type { NativeCategories } from '../../native/handles.js';

/** What the categories are: names, or integers of one type. */
function kindOf(categories: NativeCategories): string {
  return isNumericTypedArray(categories) ? typedArrayName(categories) : 'strings';
}

/** The same memory, as batches of one file have. */
function same(a: NativeCategories, b: NativeCategories): boolean {
  if (isNumericTypedArray(a) || isNumericTypedArray(b)) {
    return isNumericTypedArray(a) && isNumericTypedArray(b) && sameView(a, b);
  }
  return sameView(a.bytes, b.bytes) && sameView(a.offsets, b.offsets);
}

function sameView(a: ArrayBufferView, b: ArrayBufferView): boolean {
  return a.buffer === b.buffer && a.byteOffset === b.byteOffset && a.byteLength === b.byteLength;
}

/** The categories of all batches so far: those of the first batch in their order, then what later ones add. */
export class CategoryUnion {
  readonly #codes = new Map<CategoryKey, number>();
  readonly #kind: string;
  readonly #sample: NativeCategories;
  #native: NativeCategories | undefined;
  #last: { readonly categories: NativeCategories; readonly remap: Int32Array | undefined } | undefined;

  constructor(first: NativeCategories) {
    this.#kind = kindOf(first);
    this.#sample = first;
    for (const key of categoryKeys(first)) this.#codes.set(key, this.#codes.size);
  }

  get size(): number {
    return this.#codes.size;
  }

  /**
   * The map from codes of `categories` to codes of the union, or undefined when they are the same codes.
   *
   * @param where how messages begin: `batch 3: column 'a'`
   */
  add(categories: NativeCategories, where: string): Int32Array | undefined {
    if (this.#last !== undefined && same(this.#last.categories, categories)) return this.#last.remap;
    const kind = kindOf(categories);
    if (kind !== this.#kind) {
      throw new DataError(`${where} has categories of type ${kind}, the batches before have ${this.#kind}`, {
        hint: 'encode them alike',
      });
    }
    const keys = categoryKeys(categories);
    const remap = Int32Array.from(keys, (key) => this.#codes.get(key) ?? this.#append(key));
    const identical = remap.every((code, index) => code === index);
    this.#last = { categories, remap: identical ? undefined : remap };
    return this.#last.remap;
  }

  /** All categories in the order of their codes. */
  toNative(): NativeCategories {
    this.#native ??= this.#build();
    return this.#native;
  }

  #append(key: CategoryKey): number {
    this.#native = undefined;
    const code = this.#codes.size;
    this.#codes.set(key, code);
    return code;
  }

  #build(): NativeCategories {
    const keys = [...this.#codes.keys()];
    if (!isNumericTypedArray(this.#sample)) {
      return joinTexts(keys.map(keyBytes));
    }
    const numbers = emptyLike(this.#sample, keys.length);
    copyInto(numbers, this.#sample, 0);
    keys.forEach((key, index) => {
      Object.assign(numbers, { [index]: key });
    });
    return numbers;
  }
}
