// What `console.log` shows of a model and of what is made around one: facts, a line or two, never the data.
import { type InspectOptions, inspect } from 'node:util';
import type { TrainedModel } from './trained-model.js';
import type { TrainedSlot } from './trained-slot.js';

/** More classes than this are counted. */
const SHOWN_CLASSES = 8;
/** Longer texts are cut. */
const SHOWN_TEXT = 40;

/** Facts in the order they are shown; those that are undefined are left out. */
export type Facts = Readonly<Record<string, unknown>>;

/** `Name { fact: value, … }`, as `util.inspect` writes it. */
export function showFacts(name: string, facts: Facts, options: InspectOptions): string {
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  const limits = { maxArrayLength: SHOWN_CLASSES, maxStringLength: SHOWN_TEXT, breakLength: 100 };
  return `${name} ${inspect(known, { ...options, ...limits, compact: 3, depth: 2, getters: false })}`;
}

/** What a trained model tells about itself. */
export function trainedFacts(trained: TrainedModel): Facts {
  const { metadata, rounds, features, bestIteration, labelsPerRow, learner } = trained;
  return {
    classes: metadata.classes?.values,
    labelsPerRow: labelsPerRow > 1 ? labelsPerRow : undefined,
    objective: learner.objective,
    rounds,
    bestIteration,
    features,
  };
}

/** The state of a slot, and what is in it. */
export function slotFacts(slot: TrainedSlot, word: 'trained' | 'fitted'): Facts {
  const { current, isDisposed } = slot;
  if (isDisposed) return { disposed: true };
  return current === undefined ? { [word]: false } : { [word]: true, ...trainedFacts(current) };
}
