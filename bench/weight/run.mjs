// npm run bench:weight: what an installation weighs, how long an import takes, and the first prediction of a process, beside
// peers. Needs `npm run pack:all`, and the registries of npm and pip. linux-x64.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { oracle } from '../oracle.mjs';
import { modelFile, suites } from '../predict/grid.mjs';
import { prepareModels } from '../predict/models.mjs';
import { convert, installPython } from '../predict/tools.mjs';
import { homes, installNpm, installPip, ours } from './installs.mjs';

const TURNS = 20;
const model = suites.quoted.models.find(({ name }) => name === '100x6-f28');
const file = (extension) => JSON.stringify(modelFile(model, extension));
const ROW = 'Float32Array.from({ length: 28 }, (_, i) => i / 4)';

/** Programs in the folder of an installation. The time of the import is printed, and when the first prediction is there. */
const node = (code) => [process.execPath, '--input-type=module', '--eval', code];
const importTime = (name) =>
  node(
    `const begin = performance.now(); await import('${name}'); console.log('took', performance.now() - begin);`,
  );
const pythonImport = `
import time
begin = time.perf_counter()
import xgboost
print('took', (time.perf_counter() - begin) * 1e3, flush=True)`;

const FIRST = {
  predict: `import { CompiledForest } from 'xgboost-gpu/predict';
    const forest = await CompiledForest.load(${file('ubj')});
    console.log('took', forest.predictRow(${ROW}));`,
  booster: `import { Booster } from 'xgboost-gpu';
    const booster = await Booster.load(${file('ubj')});
    console.log('took', booster.inplacePredictSync({ values: ${ROW}, rows: 1, cols: 28 }).values[0]);`,
  onnx: `import ort from 'onnxruntime-node';
    const session = await ort.InferenceSession.create(${file('onnx')});
    const { probability } = await session.run({ input: new ort.Tensor('float32', ${ROW}, [1, 28]) });
    console.log('took', probability.data[0]);`,
  python: `
import numpy, xgboost
booster = xgboost.Booster(model_file=${file('ubj')})
print('took', booster.inplace_predict((numpy.arange(28, dtype=numpy.float32) / 4).reshape(1, -1))[0], flush=True)`,
  xgboost_node: `import model from 'xgboost_node';
    model.loadModel(${file('json')});
    console.log('took', (await model.predict([[...${ROW}]]))[0]);`,
};

function contestants(python) {
  const xgboost = ['xgboost==3.4.1', 'numpy==2.5.5', 'scipy==1.18.1'];
  return [
    {
      name: 'xgboost-gpu',
      install: () => installNpm('cuda', [ours.main(), ours.cuda()]),
      load: importTime('xgboost-gpu'),
      first: node(FIRST.booster),
    },
    {
      name: 'xgboost-gpu, CPU library',
      install: () => installNpm('cpu', [ours.main(), ours.cpu()], ['--omit=optional']),
      load: importTime('xgboost-gpu'),
      first: node(FIRST.booster),
    },
    {
      name: 'xgboost-gpu/predict alone',
      install: () => installNpm('predict', [ours.main()], ['--omit=optional']),
      load: importTime('xgboost-gpu/predict'),
      first: node(FIRST.predict),
    },
    {
      name: 'onnxruntime-node 1.30.0',
      install: () => installNpm('onnxruntime', ['onnxruntime-node@1.30.0']),
      load: importTime('onnxruntime-node'),
      first: node(FIRST.onnx),
    },
    {
      name: 'xgboost_node 0.4.2',
      install: () => installNpm('xgboost_node', ['xgboost_node@0.4.2']),
      load: importTime('xgboost_node'),
      first: node(FIRST.xgboost_node),
    },
    {
      name: 'sharp 0.35.5',
      install: () => installNpm('sharp', ['sharp@0.35.5']),
      load: importTime('sharp'),
    },
    {
      name: 'Python: pip install xgboost',
      install: () => installPip('python', python, xgboost),
      load: [python, '-c', pythonImport],
      first: [python, '-c', FIRST.python],
    },
    {
      name: 'nothing: node',
      load: importTime('node:path'),
      first: node("console.log('took', 0)"),
    },
    { name: 'nothing: python', first: [python, '-c', "print('took', 0)"] },
  ];
}

/** Runs a program; milliseconds to its line `took X`, and X. Without such a line, `failure` says why. */
async function start([command, ...args], folder) {
  const begin = performance.now();
  const child = spawn(command, args, { cwd: folder, env: { ...process.env, PYTHONPATH: folder } });
  const result = {};
  let [said, complaint] = ['', ''];
  child.stderr.on('data', (data) => (complaint += data));
  child.stdout.on('data', (data) => {
    said += data;
    const [, value] = /^took (.+)$/m.exec(said) ?? [];
    if (value !== undefined && result.value === undefined)
      Object.assign(result, { elapsed: performance.now() - begin, value: Number(value) });
  });
  await once(child, 'close');
  if (result.value !== undefined) return result;
  return { failure: complaint.match(/^.*Error.*$/m)?.[0] ?? complaint.trim() };
}

const megabytes = (bytes) => (bytes === undefined ? '' : (bytes / 1e6).toFixed(1));
function times(samples) {
  if (samples.length === 0) return '';
  const sorted = samples.toSorted((a, b) => a - b);
  return `${sorted[0].toFixed(1)} / ${sorted[sorted.length >> 1].toFixed(1)}`;
}

async function main() {
  const python = oracle();
  await prepareModels([model]);
  convert(installPython(python), modelFile(model, 'json'), modelFile(model, 'onnx'));
  const all = contestants(python).map((contestant) => ({
    folder: homes,
    loads: [],
    firsts: [],
    ...contestant,
    ...contestant.install?.(),
  }));
  const failures = new Set();
  const values = new Map();
  for (let turn = 0; turn <= TURNS; turn++) {
    for (const { name, load, first, folder, loads, firsts } of all) {
      const loaded = load && (await start(load, folder));
      const predicted = first && (await start(first, folder));
      for (const { failure } of [loaded, predicted].filter(Boolean))
        if (failure !== undefined) failures.add(`${name}: ${failure}`);
      if (predicted?.value !== undefined) values.set(name, predicted.value);
      if (turn === 0) continue;
      if (loaded?.value !== undefined) loads.push(loaded.value);
      if (predicted?.value !== undefined) firsts.push(predicted.elapsed);
    }
  }
  console.log(
    '| | download, MB | installed, MB | packages | with install scripts | import, ms | start to first prediction, ms |',
  );
  console.log('|---|---|---|---|---|---|---|');
  for (const { name, download, unpacked, packages = '', scripts = '', loads, firsts } of all) {
    const cells = [megabytes(download), megabytes(unpacked), packages, scripts, times(loads), times(firsts)];
    console.log(`| ${[name, ...cells].join(' | ')} |`);
  }
  const [[, expected]] = values;
  for (const [name, value] of values)
    if (!name.startsWith('nothing') && Math.abs(value - expected) > 1e-6)
      console.log(`\n${name}: predicts ${value}, where XGBoost 3.4.1 predicts ${expected}`);
  for (const failure of failures) console.log(`\n${failure}`);
}

main().catch((error) => {
  console.error(`bench:weight: ${error.message}`);
  process.exitCode = 1;
});
