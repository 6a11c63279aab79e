// A worker of the soak: says that it works, and does a few chores.
import { parentPort, workerData } from 'node:worker_threads';
import { Random } from '../support/random.mjs';
import { chores } from './chores.mjs';

const { folder, seed } = workerData;
const random = new Random(seed);
parentPort.postMessage('working');
for (const name of ['train', 'serve', 'refuse']) await chores[name]({ folder, random });
