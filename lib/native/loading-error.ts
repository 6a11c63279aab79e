// The form of every message about something that is missing or does not fit: what is wrong, the fix, and the command
// that looks at the whole machine.
import { LibraryError } from '../errors.js';

/** Closes hints. */
export const DOCTOR = '`npx xgboost-gpu doctor` shows what this machine has';

export interface LoadingDetails {
  /** What the operating system said. */
  readonly native?: string;
  readonly cause?: unknown;
}

/** A LibraryError whose hint is the fix and then the doctor. */
export function loadingError(message: string, fix: string, details: LoadingDetails = {}): LibraryError {
  return new LibraryError(message, { ...details, hint: `${fix}; ${DOCTOR}` });
}
