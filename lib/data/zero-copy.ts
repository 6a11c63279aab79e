// The option that says which memory native code reads where it lies.
import { choice } from '../option-kinds.js';
import type { OptionsOf } from '../options.js';

/** What native code may read in place during an asynchronous call: Arrow memory, all memory, or none. */
export type ZeroCopy = 'arrow' | 'lease' | false;

/** The option of every call whose data native code reads on another thread. */
export const MEMORY_OPTIONS = {
  /**
   * What native code reads where it lies, until the promise settles. `'arrow'` (default): the memory of Arrow tables,
   * batches and vectors, which nobody may write to; typed arrays are copied before the call returns its promise.
   * `'lease'`: typed arrays too, and writing to them meanwhile may end the process. `false`: nothing. Synchronous calls
   * read in place whatever this says. Shared memory is copied always. See docs/memory.md.
   */
  zeroCopy: choice(['arrow', 'lease', false])(),
};

export interface MemoryOptions extends OptionsOf<typeof MEMORY_OPTIONS> {}
