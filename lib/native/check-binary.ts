// Refuses a binary that the loader would choke on, before it is loaded.

import type { LibraryError } from '../errors.js';
import { messageOf } from '../realm.js';
import { readBinary } from './binary-file.js';
import { explainLoad, judgeBinary, type Subject } from './explain-load.js';
import { readMachine } from './machine.js';

/** @throws LibraryError when the file is unreadable, damaged, cut off, or for another system or processor */
export function checkBinary(subject: Subject): void {
  let refusal: LibraryError | undefined;
  try {
    refusal = judgeBinary(readBinary(subject.path), subject, process);
  } catch (error) {
    const text = messageOf(error).replace(/^EACCES: permission denied/, 'Permission denied');
    refusal = explainLoad(text, subject, readMachine());
    if (refusal === undefined) throw error;
  }
  if (refusal !== undefined) throw refusal;
}
