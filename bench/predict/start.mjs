// npm run bench:start: from the start of a process to its first prediction, and what it then holds in memory.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { oracle } from '../oracle.mjs';
import { modelFile, suites } from './grid.mjs';
import { prepareModels } from './models.mjs';
import { convert, installPackages, installPython } from './tools.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const TURNS = 15;

/** Milliseconds to the line that a starter prints, and the line. */
async function start([command, ...args]) {
  const begin = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const elapsed = performance.now() - begin;
  await once(child, 'close');
  return { elapsed, ...JSON.parse(line) };
}

async function main() {
  const model = suites.quoted.models.find(({ name }) => name === '100x6-f28');
  const python = oracle();
  await prepareModels([model]);
  installPackages();
  convert(installPython(python), modelFile(model, 'json'), modelFile(model, 'onnx'));
  const node = (name) => [process.execPath, here(`start/${name}.mjs`)];
  const starters = {
    'xgboost-gpu/predict': node('predict'),
    'xgboost-gpu, Booster': node('booster'),
    'onnxruntime-node': node('onnx'),
    'Python xgboost': [python, here('start/python.py'), modelFile(model, 'ubj')],
    'node alone': [
      process.execPath,
      '--eval',
      'console.log(JSON.stringify({rss:process.memoryUsage().rss}))',
    ],
  };
  const found = new Map(Object.keys(starters).map((name) => [name, []]));
  for (let turn = 0; turn <= TURNS; turn++) {
    for (const [name, command] of Object.entries(starters)) {
      const sample = await start(command);
      if (turn > 0) found.get(name).push(sample);
    }
  }
  const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
  console.log(
    '| first prediction of a fresh process | ms, least | ms, median | resident MB |\n|---|---|---|---|',
  );
  for (const [name, samples] of found) {
    const times = samples.map(({ elapsed }) => elapsed);
    const resident = median(samples.map(({ rss }) => rss)) / 2 ** 20;
    console.log(
      `| ${name} | ${Math.min(...times).toFixed(0)} | ${median(times).toFixed(0)} | ${resident.toFixed(0)} |`,
    );
  }
}

main().catch((error) => {
  console.error(`bench:start: ${error.message}`);
  process.exitCode = 1;
});
