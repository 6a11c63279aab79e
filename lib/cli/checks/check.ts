// What the doctor reports about one thing.
import { messageOf } from '../../realm.js';

export interface Check {
  readonly name: string;
  /** `note` is a fact that limits what can be done, without being a fault. */
  readonly state: 'ok' | 'note' | 'failed';
  readonly detail: string;
}

/** The message of an error of ours without its last words, which send the reader to the doctor. */
export const withoutDoctor = (error: unknown): string =>
  messageOf(error).replace(/; `npx xgboost-gpu doctor`[^)]*/, '');
