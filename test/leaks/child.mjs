// Calls one family so many times, and prints what is in use after each third: `child.mjs FAMILY CALLS`.
import { readdirSync, readFileSync } from 'node:fs';
import { Booster, DMatrix } from '../../dist/index.js';
import { families } from './families.mjs';

const [name, calls] = process.argv.slice(2);
const third = Math.ceil(Number(calls) / 3);
const LANES = 64;

/** One job through every lane: what a lane had to free before, it has freed then. */
async function passAllLanes() {
  const fresh = await Promise.all(Array.from({ length: LANES }, () => Booster.create({ nthread: 1 })));
  await Promise.all(fresh.map((one) => one.setParam({ eta: 0.1 })));
  for (const one of fresh) one.dispose();
}

function inUse() {
  const { rss, heapUsed } = process.memoryUsage();
  const status = readFileSync('/proc/self/status', 'utf8');
  return {
    native: Math.round(Number(process.env.LIVE_BYTES) / 1024),
    heap: Math.round(heapUsed / 1024),
    rss: Math.round(rss / 1024),
    files: readdirSync('/proc/self/fd').length,
    threads: Number(/^Threads:\s+(\d+)/m.exec(status)?.[1]),
  };
}

/** What is in use when everything that can go has gone: the least of some looks, since V8 compiles in the background. */
async function sample() {
  let least;
  for (let look = 0; look < 8; look++) {
    await passAllLanes();
    globalThis.gc();
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc();
    const seen = inUse();
    least ??= seen;
    for (const key of Object.keys(seen)) least[key] = Math.min(least[key], seen[key]);
  }
  return least;
}

/** What a leak looks like: to show that it is seen. */
function leaky() {
  const kept = [];
  return () => kept.push(DMatrix.fromSync({ values: new Float32Array(6), rows: 2, cols: 3 }));
}

const call = await (name === 'leaky' ? leaky() : families[name]());
const thirds = [];
for (let part = 0; part < 3; part++) {
  for (let i = 0; i < third; i++) await call(part * third + i);
  thirds.push(await sample());
}
process.stdout.write(JSON.stringify(thirds));
