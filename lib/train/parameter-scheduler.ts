// Changes any parameters from round to round.
import { ParameterError } from '../errors.js';
import { describeValue } from '../options.js';
import { checkParams } from '../params/check.js';
import { PARAMETERS } from '../params/table.js';
import type { TrainParams } from '../params/types.js';
import type { BoosterLike, MaybePromise, TrainingCallback } from './callback.js';

type Name = keyof TrainParams & string;

/** The values of one parameter: a list with one for each round, or a function of the round (from 0). */
export type Schedule<N extends Name = Name> =
  | readonly NonNullable<TrainParams[N]>[]
  | ((round: number) => MaybePromise<NonNullable<TrainParams[N]>>);

/** Schedules by the name of their parameter. */
export type ParameterSchedules = { readonly [N in Name]?: Schedule<N> | undefined };

/** What a model is made of: it cannot change once there are trees. Metrics would pile up. */
const FIXED: readonly string[] = [
  'booster',
  'objective',
  'num_class',
  'num_target',
  'multi_strategy',
  'num_parallel_tree',
  'base_score',
  'quantile_alpha',
  'expectile_alpha',
  'eval_metric',
  'disable_default_eval_metric',
];

/**
 * Sets parameters before each round: the value for round i is that of round i. (`LearningRateScheduler` does as
 * Python's and sets it one round later.)
 *
 * @example
 * new ParameterScheduler({ eta: [0.5, 0.3, 0.1], lambda: (round) => 1 + round / 10 })
 */
export class ParameterScheduler implements TrainingCallback {
  readonly #schedules: readonly (readonly [name: string, schedule: Schedule])[];

  /** @throws ParameterError for unknown names, values and parameters that cannot change; TypeError for other forms */
  constructor(schedules: ParameterSchedules) {
    if (typeof schedules !== 'object' || schedules === null || Array.isArray(schedules)) {
      throw new TypeError(
        `ParameterScheduler: expected { parameter: values }, received ${describeValue(schedules)}`,
      );
    }
    this.#schedules = Object.entries(schedules).flatMap(([name, schedule]) => {
      return schedule === undefined ? [] : [[name, schedule] as const];
    });
    for (const [name, schedule] of this.#schedules) checkSchedule(name, schedule);
  }

  /** Throws unless lists reach to the last round. `train` and `cv` ask before any work starts. */
  checkRounds(rounds: number): void {
    for (const [name, schedule] of this.#schedules) {
      if (typeof schedule === 'function' || schedule.length >= rounds) continue;
      throw new ParameterError(
        `ParameterScheduler: ${name}: expected ${rounds} values, one for each round, received ${schedule.length}`,
      );
    }
  }

  async beforeIteration(booster: BoosterLike, round: number): Promise<void> {
    const params: Record<string, unknown> = {};
    for (const [name, schedule] of this.#schedules) {
      const value: unknown = typeof schedule === 'function' ? await schedule(round) : schedule[round];
      if (value === undefined || value === null) {
        throw new ParameterError(
          `ParameterScheduler: ${name}: expected a value for round ${round}, received ${describeValue(value)}`,
        );
      }
      params[name] = value;
    }
    await booster.setParam(params);
  }
}

/** Asks the schedulers among `callbacks` whether they reach to the last round. */
export function checkSchedules(callbacks: readonly unknown[], rounds: number): void {
  for (const callback of callbacks) if (callback instanceof ParameterScheduler) callback.checkRounds(rounds);
}

function checkSchedule(name: string, schedule: unknown): void {
  if (FIXED.includes(name)) {
    throw new ParameterError(`ParameterScheduler: ${name} cannot change from round to round`);
  }
  if (!PARAMETERS.has(name)) checkParams({ [name]: '' });
  if (typeof schedule === 'function') return;
  if (!Array.isArray(schedule)) {
    throw new TypeError(
      `ParameterScheduler: ${name}: expected a function or an array of values, received ${describeValue(schedule)}`,
    );
  }
  // The names of features in constraints are not known yet.
  for (const value of schedule) checkParams({ [name]: value }, { featureNames: 'later' });
}
