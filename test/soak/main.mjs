// `npm run soak -- --minutes 30`: mixed work over and over, in one process and its workers, with memory, files and
// threads sampled on the way. Prints a table, and a curve of the memory as SVG with `--svg FILE`. Fails when the last
// third needs noticeably more than the second.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { Random } from '../support/random.mjs';
import { chores } from './chores.mjs';
import { drawCurve } from './curve.mjs';

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    svg: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const MINUTES = Number(options.minutes);
const SAMPLES = 60;
const MIB = 2 ** 20;
/** How much the means of the last two thirds may differ: the allocator's own unrest. */
const UNREST_MIB = 16;

const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const random = new Random(Number(options.seed));
const counts = {};
const samples = [];
const started = performance.now();
const elapsed = () => (performance.now() - started) / 60_000;

/** Threads and open files of this process, where the system tells. */
function systemCounts() {
  try {
    const threads = Number(/^Threads:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
    return { files: readdirSync('/proc/self/fd').length, threads };
  } catch {
    return { files: Number.NaN, threads: Number.NaN };
  }
}

function sample() {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const done = Object.values(counts).reduce((sum, count) => sum + count, 0);
  samples.push({
    minutes: elapsed(),
    rss: rss / MIB,
    heap: heapUsed / MIB,
    external: external / MIB,
    ...systemCounts(),
    done,
  });
  const { minutes, rss: resident, heap, files, threads } = samples.at(-1);
  const cells = [minutes.toFixed(1), resident.toFixed(1), heap.toFixed(1), files, threads, done];
  console.log(cells.map((cell) => String(cell).padStart(10)).join(''));
}

/** A worker does some chores of its own; now and then it is ended in the middle of them. */
async function worker(seed) {
  const thread = new Worker(new URL('./worker.mjs', import.meta.url), { workerData: { folder, seed } });
  const ended = new Promise((resolve, reject) => {
    thread.once('exit', resolve);
    thread.once('error', reject);
  });
  if (random.uniform() < 0.3) {
    await new Promise((resolve) => thread.once('message', resolve));
    await thread.terminate();
  }
  await ended;
}

console.log(
  ['minutes', 'RSS MiB', 'heap MiB', 'files', 'threads', 'chores'].map((name) => name.padStart(10)).join(''),
);
const names = [...Object.keys(chores), 'worker'];
let next = 0;
while (elapsed() < MINUTES) {
  const name = names[Math.floor(random.uniform() * names.length)];
  await (name === 'worker' ? worker(next) : chores[name]({ folder, random }));
  counts[name] = (counts[name] ?? 0) + 1;
  if (elapsed() >= (MINUTES / SAMPLES) * (samples.length + 1)) sample();
  next++;
}
rmSync(folder, { recursive: true });

const third = Math.floor(samples.length / 3);
const mean = (part, key) => part.reduce((sum, one) => sum + one[key], 0) / part.length;
const [second, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)];
const growth = mean(last, 'rss') - mean(second, 'rss');
console.log(`chores: ${JSON.stringify(counts)}`);
console.log(
  `RSS, mean of the second third ${mean(second, 'rss').toFixed(1)} MiB, of the last ${mean(last, 'rss').toFixed(1)} MiB`,
);
if (options.svg !== undefined) writeFileSync(options.svg, drawCurve(samples));
if (growth > UNREST_MIB) {
  console.error(`memory grew by ${growth.toFixed(1)} MiB from the second third to the last`);
  process.exitCode = 1;
}
