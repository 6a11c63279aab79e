// Ctrl-C: the first asks the work to stop at its next safe point, the second ends the process.
import { Interrupted } from './failures.js';
import type { Terminal } from './terminal.js';

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/** Runs `work` with a signal that aborts on Ctrl-C (SIGINT) or SIGTERM; the reason is an Interrupted. */
export async function interruptible<T>(
  terminal: Terminal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = (name: keyof typeof SIGNALS): void => {
    if (controller.signal.aborted) process.exit(SIGNALS[name]);
    terminal.talk('stopping; once more to stop at once');
    controller.abort(new Interrupted(SIGNALS[name]));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
