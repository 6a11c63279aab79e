// Saves the model every so many rounds.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Booster } from '../booster/booster.js';
import { integer, text } from '../option-kinds.js';
import { type OptionsOf, readOptions } from '../options.js';
import type { TrainingCallback } from './callback.js';

const CHECKPOINT_OPTIONS = {
  /** An existing folder. */
  directory: text(),
  /** Files are called `<name>_<round>.ubj`. Default `model`. */
  name: text('model'),
  /** Rounds between two files. Default 100. */
  interval: integer(1)(100),
};

/** Options of {@link TrainingCheckPoint}. */
export interface TrainingCheckPointOptions extends OptionsOf<typeof CHECKPOINT_OPTIONS> {
  readonly directory: string;
}

/**
 * Saves the model as `<directory>/<name>_<round>.ubj`, atomically, every `interval` rounds. As in Python the first
 * file comes at round `interval` (0-based), and rounds count on from those of `xgbModel`.
 *
 * @example new TrainingCheckPoint({ directory: 'checkpoints', name: 'flights', interval: 20 })
 */
export class TrainingCheckPoint implements TrainingCallback {
  readonly #directory: string;
  readonly #name: string;
  readonly #interval: number;
  /** Rounds since the last file. */
  #waited = 0;
  #start = 0;

  constructor(options: TrainingCheckPointOptions) {
    const { directory, name, interval } = readOptions(CHECKPOINT_OPTIONS, options, 'TrainingCheckPoint');
    if (directory === undefined) {
      throw new TypeError('TrainingCheckPoint: directory: expected a string, received undefined');
    }
    this.#directory = directory;
    this.#name = name;
    this.#interval = interval;
  }

  /** A folder that is not there is told before the first round, not at the first file. */
  async beforeTraining(booster: Booster): Promise<void> {
    const folder = await stat(this.#directory);
    if (!folder.isDirectory())
      throw new TypeError(`TrainingCheckPoint: '${this.#directory}' is not a folder`);
    this.#start = booster.numBoostedRounds;
    this.#waited = 0;
  }

  async afterIteration(booster: Booster, round: number): Promise<void> {
    if (this.#waited === this.#interval) {
      this.#waited = 0;
      await booster.save(join(this.#directory, `${this.#name}_${round + this.#start}.ubj`));
    }
    this.#waited++;
  }
}
