// Feeds a native thread with the batches of a factory, pass after pass.

import { types } from 'node:util';
import { isArrowTable } from '../../data/arrow-types.js';
import { openTable } from '../../data/open-table.js';
import type { Batches, TabularData } from '../../data/types.js';
import type { ZeroCopy } from '../../data/zero-copy.js';
import { DataError } from '../../errors.js';
import type { FeedHandle, NativeBatch } from '../../native/handles.js';
import { Lease } from '../../native/lease.js';
import { feeds } from '../../native/native.js';
import { describeValue } from '../../options.js';
import { type DMatrixOptions, explainError, type MatrixPlan, planMatrix } from '../plan.js';
import { BatchOptions } from './options.js';
import { BatchShape } from './shape.js';

type AnyIterator = Iterator<TabularData> | AsyncIterator<TabularData>;

/** Calls the factory. @throws TypeError when it gives no iterable */
function openBatches(batches: Batches, owner: string): AnyIterator {
  const given: unknown = batches();
  const iterable = typeof given === 'object' && given !== null && !isArrowTable(given);
  if (iterable && Symbol.asyncIterator in given)
    return (given as AsyncIterable<TabularData>)[Symbol.asyncIterator]();
  if (iterable && Symbol.iterator in given) return (given as Iterable<TabularData>)[Symbol.iterator]();
  const hint = types.isPromise(given)
    ? 'an async function gives a promise; an async generator (async function*) gives batches'
    : 'for one table: () => [table]';
  throw new TypeError(
    `${owner}: expected the factory to return an iterable of tables, received ${describeValue(given)} (${hint})`,
  );
}

/**
 * The JavaScript side of one building. Each question of the native thread is answered by one batch, the end of the
 * pass, or a stop; whatever goes wrong here is kept as it was thrown, for the caller to throw again.
 */
export class BatchFeed {
  readonly #batches: Batches;
  readonly #owner: string;
  readonly #options: BatchOptions;
  readonly #shape = new BatchShape();
  /** Holds the vectors of the options. */
  readonly #lease: Lease;
  readonly #zeroCopy: ZeroCopy | undefined;
  #feed: FeedHandle | undefined;
  #iterator: AnyIterator | undefined;
  /** Holds the batch that native code reads. */
  #batchLease: Lease | undefined;
  #attempts = 0;
  #pass = 0;
  #index = 0;
  #rows = 0;
  #delivered = 0;
  /** What went wrong. In a box, since anything may be thrown. */
  failure: { readonly error: unknown } | undefined;
  /** New categories came up after the first batch: all are known now, and the building must begin again. */
  restart = false;
  /** The batch that libxgboost looks at. */
  #current: { readonly plan: MatrixPlan; readonly owner: string } | undefined;

  constructor(batches: Batches, options: DMatrixOptions, owner: string) {
    this.#batches = batches;
    this.#owner = owner;
    this.#zeroCopy = options.zeroCopy;
    this.#lease = new Lease(this.#zeroCopy);
    try {
      this.#options = new BatchOptions(options, this.#lease);
    } catch (error) {
      this.#lease.release();
      throw error;
    }
  }

  /** Begins a building, and answers with what the native thread asks through. */
  open(): FeedHandle {
    this.#attempts++;
    this.#pass = 0;
    this.restart = false;
    this.#delivered = 0;
    this.#feed = feeds.make((first) => void this.#answer(first));
    return this.#feed;
  }

  /** The building is over, however it ended. */
  close(): void {
    this.#releaseBatch();
    this.#leaveIterator();
    if (this.#feed !== undefined) feeds.close(this.#feed);
    this.#feed = undefined;
  }

  /** No further building. */
  dispose(): void {
    this.#lease.release();
  }

  /** What libxgboost found wrong, in words about the batch it had. */
  explain(error: unknown): unknown {
    const current = this.#current;
    return current === undefined ? error : explainError(error, current.plan.features, current.owner);
  }

  /** Ends the building with `error`, which the first call decides. */
  fail(error: unknown): void {
    this.failure ??= { error };
    if (this.#feed !== undefined) feeds.stop(this.#feed);
  }

  async #answer(first: boolean): Promise<void> {
    const feed = this.#feed;
    this.#releaseBatch();
    try {
      if (first) this.#beginPass();
      const batch = await this.#next();
      if (feed === undefined || feed !== this.#feed || this.failure !== undefined) return;
      if (this.restart) return feeds.stop(feed);
      if (batch === undefined) feeds.end(feed);
      else feeds.batch(feed, batch);
    } catch (error) {
      this.fail(error);
    }
  }

  #beginPass(): void {
    this.#leaveIterator();
    this.#pass++;
    this.#index = 0;
    this.#rows = 0;
    this.#options.rewind();
    this.#iterator = openBatches(this.#batches, this.#owner);
  }

  /** The next batch with rows; undefined at the end of the pass. */
  async #next(): Promise<NativeBatch | undefined> {
    const iterator = this.#iterator;
    while (iterator !== undefined && this.failure === undefined) {
      const { done, value } = await this.#step(iterator);
      if (this.failure !== undefined || iterator !== this.#iterator) return undefined;
      if (done === true) return this.#endPass();
      const batch = this.#read(value);
      if (batch !== undefined && !this.restart) return batch;
      this.#releaseBatch();
    }
    return undefined;
  }

  /** An iterator that throws is over: it is not asked to return. */
  async #step(iterator: AnyIterator): Promise<IteratorResult<TabularData>> {
    try {
      return await iterator.next();
    } catch (error) {
      if (iterator === this.#iterator) this.#iterator = undefined;
      throw error;
    }
  }

  #endPass(): undefined {
    this.#iterator = undefined;
    if (this.#rows === 0) {
      const again = this.#pass > 1 ? ' when it was called again' : '';
      throw new DataError(`${this.#owner}: the factory gave no rows${again}`, {
        hint: again === '' ? 'it must give at least one' : 'it must return a new iterable each time',
      });
    }
    this.#options.end(this.#rows);
  }

  #read(data: TabularData): NativeBatch | undefined {
    const owner = `batch ${this.#index++}`;
    const table = openTable(data, owner);
    const { rows } = table;
    if (rows === 0) return undefined;
    const lease = new Lease(this.#zeroCopy);
    this.#batchLease = lease;
    const categoriesOf = (index: number) => this.#shape.categoriesOf(index);
    const plan = planMatrix(table, this.#options.of(table, this.#rows), lease, { categoriesOf });
    const known = this.#shape.categories;
    const batch = this.#shape.batch(plan, owner);
    if (this.#delivered > 0 && this.#shape.categories > known) this.#foundCategories(owner);
    this.#rows += rows;
    this.#delivered++;
    this.#current = { plan, owner };
    return batch;
  }

  /** libxgboost has seen batches with fewer categories. In the first pass the rest is read for its categories only. */
  #foundCategories(owner: string): void {
    if (this.#pass === 1 && this.#attempts === 1) {
      this.restart = true;
      return;
    }
    throw new DataError(`${owner}: has a category that it did not have before`, {
      hint: 'the factory must give the same batches each time it is called',
    });
  }

  #releaseBatch(): void {
    this.#batchLease?.release();
    this.#batchLease = undefined;
  }

  /** Tells an iterator that is not at its end that nobody will ask it again. */
  #leaveIterator(): void {
    const iterator = this.#iterator;
    this.#iterator = undefined;
    try {
      // What it still has to say, or never says, is of no interest any more.
      const left: unknown = iterator?.return?.();
      if (types.isPromise(left)) left.catch(() => {});
    } catch {
      // As above: the building has ended for another reason.
    }
  }
}
