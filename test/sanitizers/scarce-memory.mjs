// Fails one allocation of libxgboost or the addon after the other while something is done with a model, and shows that
// each ends as an error or well, and that the same work gives the same answer afterwards: `scarce-memory.mjs WORK [LEAST]`.
import { createHash } from 'node:crypto';
import { matrix, PARAMS, trained, xgb } from '../faults/support/world.mjs';

const digest = (values) => createHash('sha256').update(values).digest('hex').slice(0, 12);
const booster = await trained({ ...PARAMS, nthread: 1 });
const bytes = booster.toBuffer();
const data = matrix();
const params = { ...PARAMS, nthread: 1 };

const works = {
  async load() {
    const loaded = await xgb.Booster.load(bytes);
    const answer = digest(loaded.toBuffer());
    loaded.dispose();
    return answer;
  },
  async train() {
    const made = (await xgb.train(params, data, { numBoostRound: 2 })).booster;
    const answer = digest(made.toBuffer());
    made.dispose();
    return answer;
  },
  predict: async () => digest((await booster.predict(data)).values),
  inplace: async () =>
    digest((await booster.inplacePredict({ values: new Float32Array(300), rows: 100, cols: 3 })).values),
  sync: async () => digest(booster.predictSync(data).values),
  save: async () => digest(booster.toBuffer()),
  async matrix() {
    const made = await xgb.DMatrix.from({ a: ['x', 'y', null], b: [1, 2, 3] }, { label: [0, 1, 0] });
    const answer = digest(made.label);
    made.dispose();
    return answer;
  },
};

const work = works[process.argv[2]];
process.env.SCARCITY_LEAST = process.argv[3] ?? '4096';
const wanted = await work();
process.env.SCARCITY_FAIL_AT = '0';
await work();
const total = Number(process.env.SCARCITY_COUNT);
const outcomes = { allocations: total, tried: 0, errors: {}, well: 0 };
// All of the first 300, then ever sparser: the later ones repeat what the first did.
for (let at = 1; at <= total; at += at < 300 ? 1 : Math.ceil(at / 60)) {
  outcomes.tried++;
  process.stderr.write(`${at}\n`);
  process.env.SCARCITY_FAIL_AT = String(at);
  try {
    const answer = await work();
    if (answer !== wanted) throw new Error(`allocation ${at} failed, and the answer was another one`);
    outcomes.well++;
  } catch (error) {
    if (!(error instanceof xgb.XGBoostError)) throw error;
    outcomes.errors[error.name] = (outcomes.errors[error.name] ?? 0) + 1;
  }
  process.env.SCARCITY_FAIL_AT = '-1';
  if ((await work()) !== wanted)
    throw new Error(`after the failure of allocation ${at} the answer is another one`);
}
console.log(JSON.stringify(outcomes));
