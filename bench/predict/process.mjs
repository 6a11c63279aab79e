// A competitor's process: a line asks, a line answers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export class Process {
  #child;
  #lines;

  constructor([command, ...args]) {
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child.on('error', () => {});
    this.#child.stdin.on('error', () => {});
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Text, or an object as JSON. Rejects with what the competitor says that it cannot. */
  async ask(request) {
    this.#child.stdin.write(`${typeof request === 'string' ? request : JSON.stringify(request)}\n`);
    const { done, value } = await this.#lines.next();
    if (done) throw new Error('its process ended');
    const answer = JSON.parse(value);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }

  async close() {
    if (this.#child.exitCode !== null) return;
    const closed = once(this.#child, 'close');
    this.#child.stdin.end();
    await closed;
  }
}
