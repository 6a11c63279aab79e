// onnxruntime-node on the CPU, on the model that competitors/to_onnx.py wrote.
import ort from 'onnxruntime-node';
import { measureAsync } from '../clock.mjs';
import { modelFile } from '../grid.mjs';
import { readRows } from '../models.mjs';

export async function load(model, threads) {
  const session = await ort.InferenceSession.create(modelFile(model, 'onnx'), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
  });
  const all = readRows(model);
  const cols = model.features;
  const rows = all.length / cols;
  const predict = async (begin, count) => {
    const rowsOf = all.subarray(begin * cols, (begin + count) * cols);
    const { probability } = await session.run({ input: new ort.Tensor('float32', rowsOf, [count, cols]) });
    return probability.data;
  };
  return {
    measure: ({ batch, milliseconds }) =>
      measureAsync((begin) => predict(begin, batch), { rows, batch, milliseconds }),
    outputs: () => predict(0, rows),
    close: () => session.release(),
  };
}
