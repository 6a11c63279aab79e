// What a model or an estimator holds: nothing yet, what was trained last, or nothing any more.
import { DisposedError, NotTrainedError } from '../errors.js';
import { describeValue } from '../options.js';
import type { TrainedModel } from './trained-model.js';

/** How messages speak of the holder. */
interface Wording {
  /** `is not trained` */
  readonly empty: string;
  /** What to do about it. */
  readonly hint: string;
}

/** The place of one trained model, which it owns. */
export class TrainedSlot {
  readonly #holder: string;
  readonly #wording: Wording;
  #trained: TrainedModel | undefined;
  #disposed = false;

  /** @param holder the class that holds it, for messages */
  constructor(holder: string, wording: Wording) {
    this.#holder = holder;
    this.#wording = wording;
  }

  /** What is there now. */
  get current(): TrainedModel | undefined {
    return this.#trained;
  }

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** @param owner the call, for messages: `predict()` @throws NotTrainedError, DisposedError */
  get(owner: string): TrainedModel {
    this.alive(owner);
    if (this.#trained !== undefined) return this.#trained;
    const { empty, hint } = this.#wording;
    throw new NotTrainedError(`${owner}: this ${this.#holder} ${empty}`, { hint });
  }

  /** @throws DisposedError */
  alive(owner: string): void {
    if (this.#disposed) throw new DisposedError(`${owner}: this ${this.#holder} was disposed`);
  }

  /** The new one takes the place of the old one; a holder that was disposed meanwhile keeps neither. */
  put(trained: TrainedModel, owner: string): void {
    if (this.#disposed) {
      trained.dispose();
      this.alive(owner);
    }
    this.#trained?.dispose();
    this.#trained = trained;
  }

  /** Frees what is there; calls in flight finish. */
  dispose(): void {
    this.#disposed = true;
    this.#trained?.dispose();
    this.#trained = undefined;
  }
}

/** A trained model, and what its holder knows about tables. */
export interface Held {
  readonly trained: TrainedModel;
  /** The value that means missing besides NaN. */
  readonly missing: number | undefined;
}

/** Models and estimators, each with the way to what it holds. */
const holders = new WeakMap<object, (owner: string) => Held>();

/** Lets other functions of this package reach what `holder` holds. */
export function registerHolder(holder: object, read: (owner: string) => Held): void {
  holders.set(holder, read);
}

/** What a model or an estimator holds; undefined for anything else. @throws NotTrainedError, DisposedError */
export function heldBy(holder: unknown, owner: string): Held | undefined {
  return typeof holder === 'object' && holder !== null ? holders.get(holder)?.(owner) : undefined;
}

/** As `heldBy`, of something that must be one. */
export function trainedOf(holder: unknown, owner: string): TrainedModel {
  const held = heldBy(holder, owner);
  if (held !== undefined) return held.trained;
  throw new TypeError(`${owner}: expected a model, received ${describeValue(holder)}`);
}
