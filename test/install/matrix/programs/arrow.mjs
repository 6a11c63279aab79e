// A user with a copy of apache-arrow: a table goes in, and what comes out is written by the user's copy.
import * as arrow from 'apache-arrow';
import { DMatrix, setArrow, train } from 'xgboost-gpu';

setArrow(arrow);
const table = arrow.tableFromArrays({ x: Float32Array.of(1, 2, 3, 4), y: Float32Array.of(1, 2, 3, 4) });
const dtrain = await DMatrix.from(table, { label: 'y' });
const { booster } = await train({ max_depth: 2, min_child_weight: 0 }, dtrain, { numBoostRound: 5 });
const prediction = await booster.predict(dtrain);
const bytes = arrow.tableToIPC(new arrow.Table({ prediction: prediction.toArrow() }));
const back = arrow.tableFromIPC(bytes).getChild('prediction').toArray();
if (back.length !== 4 || back.some((value, i) => value !== prediction.values[i]))
  throw new Error(`wrong: ${back}`);
