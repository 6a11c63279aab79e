// A service that only predicts: a model file, and nothing of libxgboost.
import { readFileSync } from 'node:fs';
import { CompiledForest } from 'xgboost-gpu/predict';

const forest = await CompiledForest.load(readFileSync(new URL('./model.ubj', import.meta.url)));
const one = forest.predictRow(Float32Array.of(37, 5));
const { values } = await forest.predict({ values: Float32Array.of(37, 5, 1, 2), rows: 2, cols: 2 });
if (values[0] !== one || !(one > 0 && one < 1)) throw new Error(`wrong: ${one}, ${values}`);
