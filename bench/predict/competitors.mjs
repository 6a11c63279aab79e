// Who competes, how its process is started, and what it needs before a model can be opened.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { modelFile, ROWS, rowsFile } from './grid.mjs';
import { compile, convert, generate } from './tools.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** gcc needs minutes for larger models, and some of them end it. */
const MOST_GENERATED_NODES = 40_000;

const inJson = (model, threads) => ({ model, threads });
const inWords = (file) => (model, threads) =>
  `open ${file(model)} ${rowsFile(model)} ${model.features} ${ROWS} ${threads}`;

/** Nodes of a model, at most. */
function nodes({ trees, depth, leaves }) {
  return trees * 2 * (leaves ?? Math.min(2 ** depth, 4096));
}

function needFewNodes(model) {
  if (nodes(model) > MOST_GENERATED_NODES) throw new Error('too many nodes to compile');
}

/**
 * Each: `command` starts it, `open` says which model, `prepare` makes what it reads (throws what keeps it out). `exact`:
 * outputs must be those of libxgboost bit for bit; else `tolerance`, or `undefined` for another model.
 */
export function competitors({ python, peers, capi, library }) {
  const javascript = (name) => ({
    command: [process.execPath, here('worker.mjs'), here(`competitors/${name}.mjs`)],
    open: inJson,
  });
  return {
    compiled: { title: 'CompiledForest', ...javascript('compiled'), exact: true },
    capi: {
      title: 'libxgboost, C API in place',
      command: [capi, 'xgboost', library],
      open: inWords((model) => modelFile(model, 'ubj')),
      exact: true,
    },
    booster: { title: 'Booster.inplacePredictSync', ...javascript('booster'), exact: true },
    python: {
      title: 'Python, inplace_predict',
      command: [python, here('competitors/python.py')],
      open: inJson,
      exact: true,
    },
    onnx: {
      title: 'onnxruntime-node',
      ...javascript('onnx'),
      prepare: (model) => convert(peers, modelFile(model, 'json'), modelFile(model, 'onnx')),
      tolerance: 1e-4,
    },
    tl2cgen: {
      title: 'treelite / tl2cgen, gcc -O3, from C',
      command: [capi, 'tl2cgen', '-'],
      open: inWords((model) => modelFile(model, 'tl2cgen.so')),
      prepare: (model) => {
        if (existsSync(modelFile(model, 'tl2cgen.so'))) return;
        needFewNodes(model);
        generate(peers, modelFile(model, 'json'), modelFile(model, 'tl2cgen'));
        compile(modelFile(model, 'tl2cgen'), modelFile(model, 'tl2cgen.so'));
      },
      tolerance: 1e-4,
    },
    lleaves: {
      title: 'lleaves, LightGBM of the same shape',
      command: [peers, here('competitors/lleaves_model.py')],
      open: inJson,
      prepare: needFewNodes,
    },
    scorer: {
      title: 'xgboost-scorer (JavaScript)',
      ...javascript('scorer'),
      prepare: needFewNodes,
      // It leaves out the base score.
      onlyOneRow: true,
    },
  };
}
