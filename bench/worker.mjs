// Runs one operation of one competitor in a process of its own: `prepare` once, then `run` for each line on stdin.
// Usage: node worker.mjs OPERATION.mjs COMPETITOR
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [operation, competitor] = process.argv.slice(2);
const { [competitor]: subject } = await import(pathToFileURL(operation).href);
const state = await subject.prepare?.();
const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

say({ ready: true });
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'run') say(await subject.run(state));
}
