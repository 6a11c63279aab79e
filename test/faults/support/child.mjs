// Runs one case in this process and prints how it ended, then shows that the package still works: `child.mjs FILE INDEX`.
import { createHash } from 'node:crypto';
import { matrix, trained } from './world.mjs';

/** Symbols, functions and bigints have no JSON; a case may answer with anything. */
function shown(value) {
  return value === undefined ? 'undefined' : (JSON.stringify(value) ?? String(value));
}

async function outcome(run) {
  try {
    return `value: ${shown(await run())}`;
  } catch (error) {
    if (error instanceof Error) return `${error.constructor.name}: ${error.message}`;
    return `thrown: ${String(error)}`;
  }
}

/** A digest of a sound training: the same in every process, whatever happened before in it. */
async function soundness() {
  const booster = await trained();
  const { values } = await booster.predict(matrix());
  return createHash('sha256').update(values).digest('hex').slice(0, 12);
}

const [file, index] = process.argv.slice(2);
const { cases } = file === '-' ? { cases: [] } : await import(`../cases/${file}`);
const ended = file === '-' ? '' : await outcome(cases[Number(index)].run);
const sound = await soundness();
process.stdout.write(JSON.stringify({ ended, sound, peakMiB: process.resourceUsage().maxRSS >> 10 }));
