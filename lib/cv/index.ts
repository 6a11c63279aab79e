// The public names of cross-validation.
export type { CvBoosters, CvCallback, CvResults } from './boosters.js';
export { type CvResult, cv } from './cv.js';
export type { Fold, FoldRows } from './folds.js';
export type { CvOptions, Preprocess } from './options.js';
