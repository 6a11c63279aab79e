// The chores of the soak: what a service and a training job do all day, small enough to be done thousands of times.
import { join } from 'node:path';
import { Booster, DMatrix, Predictor, Trainer, train, XGBoostGPUModel } from '../../dist/index.js';

const PARAMS = { objective: 'binary:logistic', max_depth: 4, nthread: 1 };

function table(random, rows, cols = 6) {
  return Object.fromEntries(
    Array.from({ length: cols }, (_, i) => [
      `f${i}`,
      Float32Array.from({ length: rows }, () => random.uniform()),
    ]),
  );
}

function label(columns) {
  return columns.f0.map((value, row) => (value + columns.f1[row] > 1 ? 1 : 0));
}

/** A booster that stays alive through the whole soak, as in a service. */
let served;
async function service(random) {
  if (served === undefined) {
    const columns = table(random, 2000);
    const data = await DMatrix.from(columns, { label: label(columns) });
    served = (await train(PARAMS, data, { numBoostRound: 30 })).booster;
    data.dispose();
  }
  return served;
}

export const chores = {
  async train({ random }) {
    const columns = table(random, 500 + Math.floor(random.uniform() * 3000));
    const data = await DMatrix.from(columns, { label: label(columns) });
    const { booster } = await train(PARAMS, data, { numBoostRound: 10, evals: [[data, 'train']] });
    await booster.predict(data);
    booster.dispose();
    data.dispose();
  },

  /** Nothing is disposed: garbage collection must do. */
  async forget({ random }) {
    const columns = table(random, 1000);
    const data = DMatrix.fromSync(columns, { label: label(columns) });
    const { booster } = await train(PARAMS, data, { numBoostRound: 3 });
    booster.predictSync(data);
  },

  async serve({ random }) {
    const booster = await service(random);
    const requests = Array.from({ length: 20 }, () => booster.inplacePredict(table(random, 8)));
    await Promise.all(requests);
    for (let i = 0; i < 20; i++) booster.inplacePredictSync(table(random, 1));
  },

  async explain({ random }) {
    const booster = await service(random);
    const data = DMatrix.fromSync(table(random, 200));
    await booster.predict(data, { predContribs: true });
    await booster.predict(data, { predLeaf: true });
    data.dispose();
  },

  async files({ random, folder }) {
    const booster = await service(random);
    const path = join(folder, `model-${Math.floor(random.uniform() * 3)}.ubj`);
    await booster.save(path);
    const loaded = await Booster.load(path);
    const sliced = await loaded.slice(0, 5);
    const copied = await sliced.copy();
    for (const one of [Booster.unserialize(copied.serialize()), copied, sliced, loaded]) one.dispose();
  },

  async refuse({ random }) {
    const booster = await service(random);
    const wrong = [
      () => Booster.load(Uint8Array.from({ length: 200 }, () => random.uniform() * 256)),
      () => booster.inplacePredict(table(random, 4, 2)),
      () => DMatrix.from(table(random, 10), { label: [1] }),
      () => train({ max_dept: 3 }, DMatrix.fromSync(table(random, 3))),
    ];
    for (const attempt of wrong) {
      const failed = await attempt().then(
        () => false,
        () => true,
      );
      if (!failed) throw new Error('what is wrong was taken');
    }
  },

  async abort({ random }) {
    const columns = table(random, 2000);
    const data = DMatrix.fromSync(columns, { label: label(columns) });
    const stop = new AbortController();
    const callbacks = [{ afterIteration: (_, round) => void (round === 3 && stop.abort()) }];
    await train(PARAMS, data, { numBoostRound: 50, callbacks, signal: stop.signal }).catch((error) => {
      if (error !== stop.signal.reason) throw error;
    });
    data.dispose();
  },

  async models({ random, folder }) {
    const columns = table(random, 1000);
    const config = {
      model: { checkpoint_dir: join(folder, 'checkpoints'), params: { nthread: 1 } },
      training: { epochs: 6, checkpoint_interval: 2 },
    };
    const model = new XGBoostGPUModel(config, 'cpu');
    await new Trainer(model, config).train(
      columns,
      Array.from(label(columns), (one) => (one ? 'yes' : 'no')),
    );
    await new Predictor(model, config).predict(columns, { returnProba: true });
    model.dispose();
  },
};
