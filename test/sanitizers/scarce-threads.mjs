// Few more native threads can be alive than now. With two, those are lanes, and training must go on without a team.
import { matrix, PARAMS, xgb } from '../faults/support/world.mjs';

const lines = [];
xgb.onLog((level, message) => lines.push(`${level}: ${message}`));
const data = matrix();
process.env.SCARCITY_THREADS = process.argv[2];
const outcome = await xgb
  .train({ ...PARAMS, nthread: 0 }, data, { numBoostRound: 3 })
  .then(({ booster }) => `${booster.numBoostedRounds} rounds`)
  .catch((error) => `${error.name}: ${error.message}`);
process.env.SCARCITY_THREADS = '-1';
console.log(JSON.stringify({ outcome, lines }));
