// onnxruntime-node.
import ort from 'onnxruntime-node';
import { done, model, row } from './shared.mjs';

const session = await ort.InferenceSession.create(model('onnx'));
const { probability } = await session.run({ input: new ort.Tensor('float32', row, [1, row.length]) });
done(probability.data[0]);
