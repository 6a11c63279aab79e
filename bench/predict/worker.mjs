// One competitor in JavaScript in a process of its own. A line on stdin asks, a line on stdout answers.
// Usage: node worker.mjs COMPETITOR.mjs
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const { load } = await import(pathToFileURL(process.argv[2]).href);
const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

/** Answers one request: { model, threads } opens, { batch, milliseconds } measures, { outputs } writes predictions. */
async function answer(state, request) {
  if (request.model !== undefined) return load(request.model, request.threads);
  if (request.outputs !== undefined) {
    const values = await state.outputs();
    writeFileSync(request.outputs, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return {};
  }
  return state.measure(request);
}

let state;
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  try {
    const result = await answer(state, request);
    if (request.model !== undefined) {
      state?.close?.();
      state = result;
      say({ ok: true });
    } else say(result);
  } catch (error) {
    say({ error: String(error?.message ?? error).split('\n')[0] });
  }
}
