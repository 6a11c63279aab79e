// The ways of training a parity case besides one call of train(): round by round, with checkpoints, from a model.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Booster, type DMatrix, TrainingCheckPoint } from '../../lib/index.js';
import { objectives } from './custom.js';
import type { History } from './outcome.js';
import type { ParityCase } from './spec.js';

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'xgboost-gpu-parity-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Create, update or boost, evaluate: what `train()` does, call by call. */
export async function stepped(
  { params, rounds, objective }: ParityCase,
  dtrain: DMatrix,
  evals: [DMatrix, string][],
): Promise<{ booster: Booster; history: History }> {
  const booster = await Booster.create(
    params,
    evals.map(([data]) => data),
  );
  const history: History = {};
  for (let round = 0; round < rounds; round++) {
    if (objective === undefined) await booster.update(dtrain, round);
    else {
      const margins = await booster.predict(dtrain, { outputMargin: true, training: true });
      const { grad, hess } = objectives[objective](margins, dtrain);
      await booster.boost(dtrain, grad, hess, round);
    }
    for (const [data, metrics] of Object.entries(await booster.evalSet(evals, round))) {
      const known = history[data] ?? {};
      for (const [metric, value] of Object.entries(metrics))
        known[metric] = [...(known[metric] ?? []), value];
      history[data] = known;
    }
  }
  return { booster, history };
}

/** Trains with checkpoints every `interval` rounds and reads them back: the model of each as JSON. */
export async function checkpointed<T>(
  interval: number | undefined,
  training: (writers: TrainingCheckPoint[]) => Promise<T>,
): Promise<T & { files: Record<string, string> }> {
  if (interval === undefined) return { ...(await training([])), files: {} };
  return await inFolder(async (directory) => {
    const result = await training([new TrainingCheckPoint({ directory, name: 'parity', interval })]);
    const files: Record<string, string> = {};
    for (const name of readdirSync(directory).sort()) {
      using model = await Booster.load(join(directory, name));
      files[`checkpoint ${name}`] = Buffer.from(model.toBuffer('json')).toString();
    }
    return { ...result, files };
  });
}

/** Hands a model to the next training in one of the forms that `xgbModel` takes. */
export async function handOver<T>(
  booster: Booster,
  form: 'booster' | 'file' | 'bytes',
  training: (model: Booster | string | Uint8Array) => Promise<T>,
): Promise<T> {
  using model = booster;
  if (form === 'booster') return await training(model);
  if (form === 'bytes') return await training(model.toBuffer('ubj'));
  return await inFolder(async (folder) => {
    const path = join(folder, 'model.json');
    await model.save(path);
    return await training(path);
  });
}
