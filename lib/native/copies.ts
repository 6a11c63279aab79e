// Copies of the caller's memory, made and given back at a known time.
import { OutOfMemoryError } from '../errors.js';
import { isError } from '../realm.js';
import { loadAddon } from './addon.js';
import type { NumericTypedArray } from './handles.js';
import { viewBytes, viewClass, viewLength } from './views.js';

/**
 * From this size on a block of memory is always new to the process, and most of a copy is the first touch of its pages:
 * native code, which can ask for huge ones, needs a third of the time. Smaller blocks are copied quicker by the engine,
 * which does not fill them with zeros first.
 */
const LARGE = 32 * 1024 * 1024;
const HAS_HUGE_PAGES = process.platform === 'linux';

function copyBytes<T extends NumericTypedArray>(view: T): T {
  const Constructor = viewClass(view);
  if (Constructor === undefined) throw new TypeError('expected a typed array of numbers');
  if (viewBytes(view) < LARGE || !HAS_HUGE_PAGES) return new Constructor(view) as T;
  const copy = new Constructor(viewLength(view)) as T;
  loadAddon().copyBytes(copy, view);
  return copy;
}

/**
 * A copy of the same kind in memory of its own, whatever class `view` says it is (a Buffer's `slice` copies nothing).
 *
 * @throws OutOfMemoryError when there is no room for it
 */
export function copyView<T extends NumericTypedArray>(view: T): T {
  try {
    return copyBytes(view);
  } catch (error) {
    // The engine's way to say that it got no memory: the length is that of an array which exists.
    if (!(isError(error) && error.name === 'RangeError')) throw error;
    throw new OutOfMemoryError(`not enough memory to copy ${viewBytes(view)} bytes of the data`, {
      hint: 'give the data in batches, or free memory first',
      cause: error,
    });
  }
}

/**
 * Gives the memory of a copy back now; it is empty afterwards. Left to the garbage collector it would stay through the
 * next training.
 */
export function freeCopy(copy: NumericTypedArray): void {
  loadAddon().freeBytes(copy);
}
