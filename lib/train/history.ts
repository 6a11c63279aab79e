// The record of metrics, and the order in which data sets and metrics came into it.
import { type EvalEntry, member } from '../booster/evaluation.js';

/** `{ val: { logloss: [0.61, 0.58] } }`: one number per round. */
export type History = Record<string, Record<string, number[]>>;

/** Objects put integer-like keys ("0", "1") first, but early stopping needs what came last. */
const order = new WeakMap<object, string[]>();

function ordered<T>(record: Record<string, T>, name: string, make: () => T): T {
  const names = order.get(record) ?? [];
  if (names.length === 0) order.set(record, names);
  if (!Object.hasOwn(record, name)) names.push(name);
  return member(record, name, make);
}

/** Adds one round. */
export function addRound(history: History, entries: readonly EvalEntry[]): void {
  for (const [data, metric, value] of entries) {
    const metrics = ordered<Record<string, number[]>>(history, data, () => ({}));
    ordered<number[]>(metrics, metric, () => []).push(value);
  }
}

/** The keys in the order they were added. */
export function keysOf(record: object): readonly string[] {
  return order.get(record) ?? Object.keys(record);
}
