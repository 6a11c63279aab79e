// A training that is killed at any moment leaves checkpoints that load, and ends with the same model all the same.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { CheckpointStore } from '../../lib/model/checkpoint-store.js';
import { Random } from '../support/random.mjs';
import { scratch } from './support/models.js';

const program = fileURLToPath(new URL('./support/checkpointing.mjs', import.meta.url));
const EPOCHS = 60;
/** `npm run test:long` asks for more. */
const KILLS = process.env.XGBOOST_GPU_LONG === undefined ? 15 : 200;

/** Runs the program; with `delay`, kills it so many milliseconds after its first round. Answers whether it got done. */
function trainUntil(directory: string, delay?: number): Promise<boolean> {
  const child = spawn(process.execPath, [program, directory, String(EPOCHS)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  child.stdout.on('data', (chunk: Buffer) => {
    if (output === '' && delay !== undefined) setTimeout(() => child.kill('SIGKILL'), delay);
    output += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (signal === null && code !== 0) reject(new Error(errors));
      else resolve(output.endsWith('done\n'));
    });
  });
}

test(`${KILLS} kills at random moments`, { timeout: KILLS * 12_000 }, async () => {
  const whole = scratch();
  expect(await trainUntil(whole)).toBe(true);
  const expected = readFileSync(join(whole, 'best_model.ubj'));
  let directory = scratch();
  let store = new CheckpointStore(directory);
  const random = new Random(11);
  let reached = 0;
  for (let kill = 0; kill < KILLS; ) {
    if (await trainUntil(directory, Math.floor(random.uniform() * 25))) {
      // It got done before the kill: that model must be right, and the next one starts afresh.
      expect(readFileSync(join(directory, 'best_model.ubj'))).toEqual(expected);
      directory = scratch();
      store = new CheckpointStore(directory);
      reached = 0;
      continue;
    }
    kill++;
    const rounds = await store.rounds();
    expect(rounds.length).toBeLessThanOrEqual(3);
    const [newest] = rounds;
    if (newest === undefined) continue;
    const { state } = await store.read(newest);
    expect(state.round).toBeGreaterThanOrEqual(reached);
    reached = state.round;
  }
  expect(await trainUntil(directory)).toBe(true);
  expect(readFileSync(join(directory, 'best_model.ubj'))).toEqual(expected);
});
