// A service that only predicts: loads the model that train.mjs saved; prints two predictions.
import { CompiledForest } from 'xgboost-gpu/predict';

const forest = await CompiledForest.load('model.ubj');
const { values } = await forest.predict({ values: Float32Array.of(10, 20, 90, 20), rows: 2, cols: 2 });
console.log(JSON.stringify({ values: [...values] }));
