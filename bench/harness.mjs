// Runs the competitors of an operation by turns, each in its own process, and keeps every value.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** A process that answers each line with one line of JSON. */
class Worker {
  #child;
  #lines;

  constructor([command, ...args]) {
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async answer() {
    const { done, value } = await this.#lines.next();
    if (done) throw new Error('a benchmark process ended without an answer; its message stands above');
    return JSON.parse(value);
  }

  /** Asks for one run. */
  run() {
    this.#child.stdin.write('run\n');
    return this.answer();
  }

  async close() {
    const closed = once(this.#child, 'close');
    this.#child.stdin.end();
    await closed;
  }
}

/** The command line of a competitor's worker. */
function commandOf(file, name, competitor, python) {
  if (competitor.python !== undefined) return [python, here('worker.py'), competitor.python];
  return [process.execPath, here('worker.mjs'), file, name];
}

/** One value from a process of its own, which may itself be what is measured. */
async function runFresh(command, wholeProcess) {
  const begin = performance.now();
  const worker = new Worker(command);
  await worker.answer();
  const result = await worker.run();
  const elapsed = performance.now() - begin;
  await worker.close();
  return wholeProcess ? { ...result, value: elapsed } : result;
}

/** A function that gives one result, and one that ends what it needs. */
async function runnerOf(command, { fresh, wholeProcess }) {
  if (fresh) return { run: () => runFresh(command, wholeProcess), close: async () => {} };
  const worker = new Worker(command);
  await worker.answer();
  await worker.run();
  return { run: () => worker.run(), close: () => worker.close() };
}

/** All competitors must have computed the same thing. */
function assertEqual(title, checks) {
  const [first, ...others] = new Set(checks.map((check) => JSON.stringify(check)));
  if (others.length > 0)
    throw new Error(`${title}: the competitors' results differ: ${first} and ${others[0]}`);
}

/**
 * Runs an operation's competitors by turns; in every second turn in reverse order. The first run of a process
 * that stays is a warm-up. Returns the values of each competitor.
 */
export async function measure(file, operation, python) {
  const names = ['xgboostGpu', 'python'].filter((name) => operation[name] !== undefined);
  const runners = [];
  for (const name of names) {
    const runner = await runnerOf(commandOf(file, name, operation[name], python), operation);
    runners.push({ name, runner, values: [] });
  }
  const checks = [];
  for (let turn = 0; turn < operation.repeat; turn++) {
    for (const { runner, values } of turn % 2 === 0 ? runners : runners.toReversed()) {
      const { value, check } = await runner.run();
      values.push(value);
      checks.push(check);
    }
  }
  for (const { runner } of runners) await runner.close();
  assertEqual(operation.title, checks);
  return Object.fromEntries(runners.map(({ name, values }) => [name, values]));
}
