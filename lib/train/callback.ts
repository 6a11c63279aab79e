// What may be called back while training, and in which order.
import type { Booster } from '../booster/booster.js';
import { describeValue } from '../options.js';
import type { TrainParams } from '../params/types.js';
import { didYouMean } from '../suggest.js';
import type { History } from './history.js';

/** A result that may come later. */
export type MaybePromise<T> = T | Promise<T>;

/**
 * Hooks of a training. All are optional and may be async; what they throw ends the training and is what `train`
 * rejects with. Between rounds the booster is idle, so all its methods work inside a hook.
 *
 * @example
 * const report = { afterIteration: (_booster, round, history) => round > 5 && history.val.auc.at(-1) > 0.9 };
 */
export interface TrainingCallback {
  /** Before the first round. A Booster returned from here is trained in place of the given one. */
  beforeTraining?(booster: Booster): unknown;
  /** Before each round; `true` stops the training and skips the callbacks that follow. */
  beforeIteration?(booster: Booster, round: number, history: History): unknown;
  /** After each round and its evaluation; `true` stops the training and skips the callbacks that follow. */
  afterIteration?(booster: Booster, round: number, history: History): unknown;
  /** After the last round. A Booster returned from here is the result in place of the given one. */
  afterTraining?(booster: Booster): unknown;
}

/** What the callbacks of this package need of a booster. `cv` hands them the boosters of all folds as one. */
export interface BoosterLike {
  readonly numBoostedRounds: number;
  setAttr(attributes: Readonly<Record<string, string | null>>): void;
  setParam(params: TrainParams): Promise<void>;
}

/** The hooks between rounds, whatever they are called with. */
export interface RoundHooks<B> {
  beforeIteration?(booster: B, round: number, history: History): unknown;
  afterIteration?(booster: B, round: number, history: History): unknown;
}

const HOOKS = ['beforeTraining', 'beforeIteration', 'afterIteration', 'afterTraining'] as const;

/** Checks that `value` has at least one hook and that its hooks are functions. */
function checkCallback(value: unknown, name: string): void {
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(
      `${name}: expected an object with ${HOOKS.join(', ')}, received ${describeValue(value)}`,
    );
  }
  const present = HOOKS.filter((hook) => hook in value);
  for (const hook of present) {
    const method: unknown = Reflect.get(value, hook);
    if (method === undefined || typeof method === 'function') continue;
    throw new TypeError(`${name}.${hook}: expected a function, received ${describeValue(method)}`);
  }
  if (present.length > 0) return;
  const guess = Object.keys(value).map((key) => didYouMean(key, HOOKS))[0];
  throw new TypeError(`${name}: has none of ${HOOKS.join(', ')}${guess === undefined ? '' : ` (${guess})`}`);
}

/** Checks the list of callbacks; the same object given twice counts once. */
export function checkCallbacks<C>(value: readonly C[] | undefined, owner: string): C[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    throw new TypeError(`${owner}: callbacks: expected an array, received ${describeValue(value)}`);
  }
  const callbacks: readonly C[] = value;
  for (const [index, callback] of callbacks.entries())
    checkCallback(callback, `${owner}: callbacks[${index}]`);
  return [...new Set(callbacks)];
}

/** Whether one of the callbacks says stop; those after it are not asked. */
export async function anyStops<B>(
  callbacks: readonly RoundHooks<B>[],
  hook: 'beforeIteration' | 'afterIteration',
  booster: B,
  round: number,
  history: History,
): Promise<boolean> {
  for (const callback of callbacks) {
    if ((await callback[hook]?.(booster, round, history)) === true) return true;
  }
  return false;
}
