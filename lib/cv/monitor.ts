// Prints the means of each round, with their deviations, as Python's cv does.
import { fixedText } from '../python/float-text.js';
import type { History } from '../train/history.js';
import { EvaluationMonitor, type EvaluationMonitorOptions, metricLine } from '../train/monitor.js';
import type { CvBoosters, CvCallback } from './boosters.js';

/** The monitor that `verboseEval` makes. */
export class FoldMonitor extends EvaluationMonitor implements CvCallback {
  readonly #showStdv: boolean;

  constructor(options: EvaluationMonitorOptions, showStdv: boolean) {
    super(options);
    this.#showStdv = showStdv;
  }

  override afterIteration({ results }: CvBoosters, round: number, history: History): void {
    const deviation = (data: string, metric: string): string => {
      return `+${fixedText(results[`${data}-${metric}-std`]?.at(-1) ?? Number.NaN, 5)}`;
    };
    this.report(round, metricLine(round, history, this.#showStdv ? deviation : undefined));
  }
}
