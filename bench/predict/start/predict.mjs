// The smallest service: one model, one row.
import { CompiledForest } from '../../../dist/predict.js';
import { done, model, row } from './shared.mjs';

const forest = await CompiledForest.load(model('ubj'));
done(forest.predictRow(row));
