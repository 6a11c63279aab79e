// Prints the metrics of each round as Python does.

import type { Logger } from '../logger.js';
import { integer, logger } from '../option-kinds.js';
import { type OptionsOf, readOptions } from '../options.js';
import { fixedText } from '../python/float-text.js';
import type { TrainingCallback } from './callback.js';
import { type History, keysOf } from './history.js';

/** Whoever asks for the metrics wants to see them, though our default logger keeps quiet about all else. */
const stderrLogger: Logger = { info: (message) => void process.stderr.write(`${message}\n`) };

const MONITOR_OPTIONS = {
  /** Print every so many rounds, and the last one. Default 1. */
  period: integer(1)(1),
  /** Where to: `logger.info`. Default: standard error. */
  logger,
};

/** Options of {@link EvaluationMonitor}. */
export interface EvaluationMonitorOptions extends OptionsOf<typeof MONITOR_OPTIONS> {}

/**
 * `[3]\ttrain-rmse:0.25000\tval-rmse:0.31000`
 *
 * @param suffix what follows each number
 */
export function metricLine(
  round: number,
  history: History,
  suffix: (data: string, metric: string) => string = () => '',
): string {
  const parts = keysOf(history).flatMap((data) => {
    const metrics = history[data] ?? {};
    return keysOf(metrics).map((metric) => {
      const value = metrics[metric]?.at(-1) ?? Number.NaN;
      return `\t${data}-${metric}:${fixedText(value, 5)}${suffix(data, metric)}`;
    });
  });
  return `[${round}]${parts.join('')}`;
}

/**
 * Prints the metrics after each round, or every `period` rounds and at the end. `train`'s `verboseEval` makes one.
 *
 * @example new EvaluationMonitor({ period: 10, logger: console })
 */
export class EvaluationMonitor implements TrainingCallback {
  readonly #period: number;
  readonly #logger: Logger;
  /** The newest line that was not printed. */
  #skipped: string | undefined;

  constructor(options: EvaluationMonitorOptions = {}) {
    const { period, logger = stderrLogger } = readOptions(MONITOR_OPTIONS, options, 'EvaluationMonitor');
    this.#period = period;
    this.#logger = logger;
  }

  beforeTraining(): void {
    this.#skipped = undefined;
  }

  afterIteration(_booster: unknown, round: number, history: History): void {
    if (keysOf(history).length > 0) this.report(round, metricLine(round, history));
  }

  /** Prints `line` now if its round is due, else keeps it for the end. */
  protected report(round: number, line: string): void {
    const due = round % this.#period === 0;
    if (due) this.#logger.info?.(line);
    this.#skipped = due ? undefined : line;
  }

  afterTraining(): void {
    if (this.#skipped !== undefined) this.#logger.info?.(this.#skipped);
    this.#skipped = undefined;
  }
}
