// Checkpoints on disk: one folder for each, which appears whole or not at all.

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { syncFolder, WriteError } from '../files/atomic-file.js';
import { encodeJson, parseJson } from '../native/json.js';
import { codeOf } from '../realm.js';

/** How many checkpoints are kept: the newest, and one to fall back to. */
const KEPT = 2;
const FOLDER = /^round-(\d{6,})$/;
const TEMPORARY = '.round-';
const MODEL = 'model.ubj';
const STATE = 'state.json';

const Prints = v.record(v.string(), v.union([v.string(), v.number()]));

/** Our JSON has NaN, and reads whole numbers beyond 2^53 as bigint. */
const Metric = v.union([v.number(), v.nan(), v.pipe(v.bigint(), v.transform(Number))]);

/** The sidecar of a checkpoint's model. */
export interface CheckpointState {
  readonly version: 1;
  /** Rounds of this training that the model has. */
  readonly round: number;
  /** Version of libxgboost: another one does not take over the configuration. */
  readonly library: string;
  /** What must be equal to go on, by the name a person knows it by. */
  readonly settings: Record<string, unknown>;
  /** Fingerprints of `train` and `val`. */
  readonly data: Record<string, Record<string, string | number>>;
  readonly history: Record<string, Record<string, number[]>>;
  /** Where early stopping stands; null without it. */
  readonly stopping: { bestScore: number; bestIteration: number; waited: number } | null;
  /** `booster.saveConfig()`: all parameters, and the state of the random generator. */
  readonly config: string;
  /** Of the model file. */
  readonly sha256: string;
}

const State = v.object({
  version: v.literal(1),
  round: v.pipe(v.number(), v.integer(), v.minValue(1)),
  library: v.string(),
  settings: v.record(v.string(), v.unknown()),
  data: v.record(v.string(), Prints),
  history: v.record(v.string(), v.record(v.string(), v.array(Metric))),
  stopping: v.nullable(v.object({ bestScore: Metric, bestIteration: v.number(), waited: v.number() })),
  config: v.string(),
  sha256: v.string(),
}) satisfies v.GenericSchema<unknown, CheckpointState>;

/** One checkpoint, read and verified. */
export interface Checkpoint {
  readonly state: CheckpointState;
  readonly model: Uint8Array;
  readonly folder: string;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function writeDurably(path: string, bytes: Uint8Array | string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    // A full disk may be reported only here.
    await file.close();
  }
}

/** The checkpoints of one folder. */
export class CheckpointStore {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  /** Round numbers of what is there, newest first. A folder that does not exist has none. */
  async rounds(): Promise<number[]> {
    const rounds = (await this.#names()).flatMap((name) => FOLDER.exec(name)?.[1] ?? []).map(Number);
    return rounds.sort((a, b) => b - a);
  }

  async #names(): Promise<string[]> {
    try {
      return await readdir(this.directory);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  }

  folder(round: number): string {
    return join(this.directory, `round-${String(round).padStart(6, '0')}`);
  }

  /**
   * Writes one checkpoint and removes what it makes superfluous.
   *
   * Both files are written and synced in a folder of another name, which is then renamed: whatever happens on the
   * way, the newest complete checkpoint is the one before.
   *
   * @param mine rounds of earlier checkpoints of this very training; all others are removed
   * @throws an Error with Node's `code` (`ENOSPC`, `EACCES`, ...) whose message and `path` name the checkpoint
   */
  async write(
    state: Omit<CheckpointState, 'version' | 'sha256'>,
    model: Uint8Array,
    mine: readonly number[],
  ): Promise<void> {
    try {
      await this.#write(state, model, mine);
    } catch (error) {
      throw new WriteError(this.folder(state.round), error);
    }
  }

  async #write(
    state: Omit<CheckpointState, 'version' | 'sha256'>,
    model: Uint8Array,
    mine: readonly number[],
  ): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    const temporary = await mkdtemp(join(this.directory, TEMPORARY));
    try {
      await writeDurably(join(temporary, MODEL), model);
      const sidecar = { version: 1, ...state, sha256: sha256(model) };
      await writeDurably(join(temporary, STATE), encodeJson(sidecar));
      await syncFolder(temporary);
      await this.#replace(temporary, state.round, mine);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      throw error;
    }
  }

  /**
   * Puts the new folder in place. What another training left goes first, so that the newest number is always of this
   * training; the checkpoints of this one go last, when the new one is safe.
   */
  async #replace(temporary: string, round: number, mine: readonly number[]): Promise<void> {
    const before = mine.filter((other) => other < round).sort((a, b) => b - a);
    const strangers = (await this.rounds()).filter((other) => !before.includes(other));
    // A process that was killed before its last step left one checkpoint more than are kept.
    for (const other of [...strangers, ...before.slice(KEPT)]) await this.#remove(other);
    await rename(temporary, this.folder(round));
    await syncFolder(this.directory);
    for (const other of before.slice(KEPT - 1)) await this.#remove(other);
  }

  async #remove(round: number): Promise<void> {
    await rm(this.folder(round), { recursive: true, force: true });
  }

  /** Removes what processes left that ended while writing. */
  async sweep(): Promise<void> {
    const names = await this.#names();
    for (const name of names.filter((other) => other.startsWith(TEMPORARY))) {
      await rm(join(this.directory, name), { recursive: true, force: true });
    }
  }

  /** Reads one checkpoint. @throws Error saying what is damaged */
  async read(round: number): Promise<Checkpoint> {
    const folder = this.folder(round);
    const state = v.parse(State, parseJson(await readFile(join(folder, STATE), 'utf8')));
    const model = await readFile(join(folder, MODEL));
    if (sha256(model) !== state.sha256)
      throw new Error(`the SHA-256 of ${MODEL} differs from that in ${STATE}`);
    if (state.round !== round) throw new Error(`${STATE} says round ${state.round}`);
    return { state, model, folder };
  }
}
