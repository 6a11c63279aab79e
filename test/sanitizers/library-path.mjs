// Prints where libxgboost is.
import { buildInfo } from '../../dist/index.js';

console.log(buildInfo().path);
