// What write-and-die.mjs writes with. The package does not export it, so file-faults.test.ts compiles it for the child.
export { writeFileAtomic } from '../../../lib/files/atomic-file.js';
export { CheckpointStore } from '../../../lib/model/checkpoint-store.js';
