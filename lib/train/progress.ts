// Shows how far a training is: one line that is redrawn on a terminal, plain lines elsewhere.
import { integer, unchecked } from '../option-kinds.js';
import { type OptionsOf, readOptions } from '../options.js';
import type { TrainingCallback } from './callback.js';
import type { History } from './history.js';
import { metricLine } from './monitor.js';

/** Where the progress goes: a terminal or any stream. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const PROGRESS_OPTIONS = {
  /** How many rounds there will be at most, for the bar and the time left. */
  rounds: integer(1)(),
  /** Rounds between two lines where the stream is no terminal. Default 10. */
  period: integer(1)(10),
  /** Default: standard error. */
  stream: unchecked<ProgressStream>(),
};

/** Options of {@link ProgressBar}. */
export interface ProgressBarOptions extends OptionsOf<typeof PROGRESS_OPTIONS> {}

const WIDTH = 24;
/** Milliseconds between two redraws: quicker ones only cost time. */
const REDRAW = 80;

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/**
 * Progress with the newest metrics.
 *
 * @example await train(params, dtrain, { numBoostRound: 500, callbacks: [new ProgressBar({ rounds: 500 })] });
 */
export class ProgressBar implements TrainingCallback {
  readonly #rounds: number | undefined;
  readonly #period: number;
  readonly #stream: ProgressStream;
  #started = 0;
  #drawn = 0;
  /** The newest state that is not shown yet. */
  #pending: string | undefined;

  constructor(options: ProgressBarOptions = {}) {
    const { rounds, period, stream = process.stderr } = readOptions(PROGRESS_OPTIONS, options, 'ProgressBar');
    this.#rounds = rounds;
    this.#period = period;
    this.#stream = stream;
  }

  beforeTraining(): void {
    this.#started = performance.now();
    this.#drawn = 0;
    this.#pending = undefined;
  }

  afterIteration(_booster: unknown, round: number, history: History): void {
    const now = performance.now();
    this.#pending = this.#describe(round + 1, now - this.#started, history);
    const due = this.#stream.isTTY === true ? now - this.#drawn >= REDRAW : (round + 1) % this.#period === 0;
    if (due) this.#show(now);
  }

  afterTraining(): void {
    if (this.#pending !== undefined) this.#show(performance.now());
    if (this.#stream.isTTY === true && this.#drawn > 0) this.#stream.write('\n');
  }

  #describe(done: number, elapsed: number, history: History): string {
    const metrics = metricLine(done, history).split('\t').slice(1).join('  ');
    const parts = [metrics, seconds(elapsed)];
    if (this.#rounds === undefined) return [`round ${done}`, ...parts].filter(Boolean).join('  ');
    const share = Math.min(1, done / this.#rounds);
    const filled = Math.round(share * WIDTH);
    const bar = `[${'='.repeat(filled)}${' '.repeat(WIDTH - filled)}] ${done}/${this.#rounds}`;
    if (share < 1) parts.push(`${seconds((elapsed / done) * (this.#rounds - done))} left`);
    return [bar, ...parts].filter(Boolean).join('  ');
  }

  #show(now: number): void {
    const text = this.#pending ?? '';
    this.#pending = undefined;
    this.#drawn = now;
    if (this.#stream.isTTY !== true) {
      this.#stream.write(`${text}\n`);
      return;
    }
    // A line wider than the terminal would wrap, and then could not be redrawn.
    this.#stream.write(`\r\u001b[2K${text.slice(0, (this.#stream.columns ?? 80) - 1)}`);
  }
}
