// One training with checkpoints: where it starts, what must not have changed, and what is written on the way.

import { Booster } from '../booster/booster.js';
import { ConfigError, NotSupportedError } from '../errors.js';
import type { Checkpoints, PreparedTraining, StartPoint } from '../learning/train-model.js';
import type { TrainingHistory } from '../learning/types.js';
import type { Logger } from '../logger.js';
import { encodeJson } from '../native/json.js';
import { native } from '../native/native.js';
import type { TrainParams } from '../params/types.js';
import { messageOf } from '../realm.js';
import type { TrainingCallback } from '../train/callback.js';
import type { EarlyStopping } from '../train/early-stopping.js';
import { type Checkpoint, type CheckpointState, CheckpointStore } from './checkpoint-store.js';
import { describeRun, type RunDescription } from './run-description.js';

/** What the Trainer wants. */
export interface SessionOptions {
  readonly directory: string;
  /** Rounds between two checkpoints; undefined: none are written. */
  readonly interval: number | undefined;
  readonly resume: boolean;
  readonly logger: Logger;
  readonly signal: AbortSignal | undefined;
}

/** Parameters that change what is printed, not what is learned. */
const SILENT = new Set(['verbosity', 'validate_parameters']);

const isOn = (value: unknown): boolean => ['true', '1'].includes(String(value).toLowerCase());

function settingsOf({ params, settings }: RunDescription): Record<string, unknown> {
  const entries = Object.entries(params).filter(([name, value]) => !SILENT.has(name) && value !== undefined);
  const named = entries.map(([name, value]) => [`model.params.${name}`, value] as const);
  return { ...settings, ...Object.fromEntries(named) };
}

/** `a was 1, is 2` for the first entry that differs; undefined when all are equal. */
function firstDifference(
  was: Readonly<Record<string, unknown>>,
  is: Readonly<Record<string, unknown>>,
): string | undefined {
  for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const [before, now] = [was[name], is[name]].map((value) =>
      value === undefined ? 'not set' : encodeJson(value),
    );
    if (before !== now) return `${name} was ${before}, is ${now}`;
  }
  return undefined;
}

function firstDataDifference(was: CheckpointState['data'], is: RunDescription['data']): string | undefined {
  for (const set of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const difference = firstDifference(was[set] ?? {}, is[set] ?? {});
    if (difference !== undefined) return `${set} data: ${difference}`;
  }
  return undefined;
}

function libraryVersion(): string {
  return native.sync.XGBoostVersion().join('.');
}

/** Used for one training. */
export class CheckpointSession implements Checkpoints {
  readonly #store: CheckpointStore;
  readonly #options: SessionOptions;
  /** Rounds of the checkpoints that belong to this training. */
  #mine: number[] = [];
  #run: RunDescription | undefined;
  #start: StartPoint | undefined;

  constructor(options: SessionOptions) {
    this.#store = new CheckpointStore(options.directory);
    this.#options = options;
  }

  describe(training: PreparedTraining): void {
    this.#run = describeRun(training);
  }

  get #described(): RunDescription {
    if (this.#run === undefined) throw new TypeError('a session of checkpoints needs a training');
    return this.#run;
  }

  /**
   * Tells where to start: at the newest sound checkpoint when resuming, else (undefined) at the beginning.
   *
   * @throws ConfigError naming the first thing that is not as it was
   */
  async open(): Promise<StartPoint | undefined> {
    const run = this.#described;
    await this.#store.sweep();
    if (!this.#options.resume) return undefined;
    checkResumable(run.params);
    const checkpoint = await this.#newest();
    if (checkpoint === undefined) return undefined;
    compare(checkpoint, run);
    this.#start = await startPoint(checkpoint);
    this.#options.logger.info?.(`resuming after round ${checkpoint.state.round} from ${checkpoint.folder}`);
    return this.#start;
  }

  /** The newest checkpoint that can be read; damaged ones are passed over with a warning. */
  async #newest(): Promise<Checkpoint | undefined> {
    const rounds = await this.#store.rounds();
    for (const [index, round] of rounds.entries()) {
      try {
        const checkpoint = await this.#store.read(round);
        this.#mine = rounds.slice(index);
        return checkpoint;
      } catch (error) {
        const reason = messageOf(error);
        this.#options.logger.warn?.(
          `checkpoint ${this.#store.folder(round)} is damaged and not used: ${reason}`,
        );
      }
    }
    return undefined;
  }

  /** Writes a checkpoint when one is due. To be called after early stopping, whose state it records. */
  callback(history: TrainingHistory, stopping: EarlyStopping | undefined): TrainingCallback | undefined {
    const { interval, signal } = this.#options;
    if (interval === undefined) return undefined;
    const done = this.#start?.round ?? 0;
    return {
      afterIteration: async (booster, round) => {
        const trained = done + round + 1;
        // An abort ends the training after this round: keep what was done.
        const due =
          trained % interval === 0 || trained === this.#described.epochs || signal?.aborted === true;
        if (due) await this.#write(booster, trained, history, stopping);
      },
    };
  }

  async #write(
    booster: Booster,
    round: number,
    history: TrainingHistory,
    stopping: EarlyStopping | undefined,
  ): Promise<void> {
    const run = this.#described;
    const state = {
      round,
      library: libraryVersion(),
      settings: settingsOf(run),
      data: run.data,
      history,
      stopping: stopping?.state ?? null,
      config: booster.saveConfig(),
    };
    await this.#store.write(state, booster.toBuffer('ubj'), this.#mine);
    this.#mine = [...this.#mine.filter((other) => other < round), round];
  }

  /** Frees the model that the training started from. */
  close(): void {
    this.#start?.booster.dispose();
  }
}

/** Parameters with which libxgboost keeps state that neither the model nor the configuration carries. */
function obstacleOf(params: TrainParams): string | undefined {
  if (params.booster === 'gblinear') return 'booster: gblinear';
  if (isOn(params.lambdarank_unbiased)) return 'lambdarank_unbiased: true';
  // Its histogram borders are those of the first round's sample, and stay in the matrix.
  const sampled = Number(params.subsample ?? 1) < 1;
  const keepsBorders = params.tree_method === 'approx' && params.objective === 'reg:squarederror';
  return sampled && keepsBorders ? 'tree_method: approx with subsample and reg:squarederror' : undefined;
}

function checkResumable(params: TrainParams): void {
  const obstacle = obstacleOf(params);
  if (obstacle === undefined) return;
  throw new NotSupportedError(`training.resume: XGBoost does not save all of the state of ${obstacle}`, {
    hint: 'set training.resume: false',
  });
}

function compare({ state, folder }: Checkpoint, run: RunDescription): void {
  const hint = 'set training.resume: false to start anew, or choose another model.checkpoint_dir';
  const settings = { libxgboost: libraryVersion(), ...settingsOf(run) };
  const difference =
    firstDifference({ libxgboost: state.library, ...state.settings }, settings) ??
    firstDataDifference(state.data, run.data);
  if (difference !== undefined) {
    throw new ConfigError(`training.resume: not the training of checkpoint ${folder}: ${difference}`, {
      hint,
    });
  }
  if (state.round <= run.epochs) return;
  throw new ConfigError(
    `training.epochs: ${run.epochs}, but checkpoint ${folder} has ${state.round} rounds`,
    { hint },
  );
}

async function startPoint({ state, model }: Checkpoint): Promise<StartPoint> {
  const booster = await Booster.load(model);
  try {
    booster.loadConfig(state.config);
  } catch (error) {
    booster.dispose();
    throw error;
  }
  const { round, history, stopping, config } = state;
  return { booster, round, history, stopping, config };
}
