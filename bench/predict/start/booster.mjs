// libxgboost through this package.
import { Booster } from '../../../dist/index.js';
import { done, model, row } from './shared.mjs';

const booster = await Booster.load(model('ubj'));
done(booster.inplacePredictSync({ values: row, rows: 1, cols: row.length }).values[0]);
