// Cases about predictions: every kind, its shape, its range of rounds, on every kind of model.
import { categoryTable } from '../arrow-frames.js';
import { binary, classes, labelled, margin, named, outputs, real, softprob } from '../builds.js';
import { labels, problem } from '../datasets.js';
import { type CaseSketch, type PredictSpec, parts } from '../spec.js';

/** SHAP values and interactions, exact and approximate. */
const SHAP: Record<string, PredictSpec> = {
  contribs: { predContribs: true },
  approx: { predContribs: true, approxContribs: true },
  interactions: { predInteractions: true },
  approxInteractions: { predInteractions: true, approxContribs: true },
};
/** Every kind in its strict shape. */
const STRICT: Record<string, PredictSpec> = {
  value: { strictShape: true },
  margin: { strictShape: true, outputMargin: true },
  leaf: { strictShape: true, predLeaf: true },
  contribs: { strictShape: true, predContribs: true },
  interactions: { strictShape: true, predInteractions: true },
};
/** Every kind on some of the rounds; leaves and contributions only from the first round on. */
const RANGES: Record<string, PredictSpec> = {
  value: { iterationRange: [2, 5] },
  margin: { iterationRange: [2, 5], outputMargin: true },
  leaf: { iterationRange: [0, 5], predLeaf: true },
  contribs: { iterationRange: [0, 5], predContribs: true },
  approx: { iterationRange: [0, 2], predContribs: true, approxContribs: true },
  interactions: { iterationRange: [0, 5], predInteractions: true },
  strictLeaf: { iterationRange: [0, 1], predLeaf: true, strictShape: true },
};

export const explaining: CaseSketch[] = [
  {
    name: 'shap-binary',
    about: 'SHAP values and interactions of two classes, in margins',
    params: { objective: 'binary:logistic' },
    ...parts(binary),
    predictions: SHAP,
  },
  {
    name: 'shap-classes',
    about: 'SHAP values and interactions of each class, few rounds',
    params: { ...softprob, max_depth: 3 },
    rounds: 3,
    ...parts(classes),
    predictions: { approx: SHAP.approx ?? {}, approxInteractions: SHAP.approxInteractions ?? {} },
  },
  {
    name: 'shap-dart',
    about: 'SHAP values and interactions with weights of trees',
    params: { rate_drop: 0.4, one_drop: true, seed: 61 },
    ...parts(real),
    predictions: SHAP,
  },
  {
    name: 'shap-categories',
    about: 'SHAP values and interactions over categories',
    params: { max_cat_to_onehot: 3 },
    ...parts((part) => ({ frame: categoryTable(problem(part)), info: { label: 'target' } })),
    predictions: SHAP,
  },
  {
    name: 'shap-margin',
    about: 'SHAP values start from the base margin of each row',
    ...parts(labelled((p) => ({ label: labels.real(p), baseMargin: margin(p) }))),
    predictions: SHAP,
    inplace: {},
  },
  {
    name: 'shap-outputs',
    about: 'SHAP values of each target',
    ...parts(outputs),
    predictions: { contribs: { predContribs: true }, strict: { predContribs: true, strictShape: true } },
  },
  {
    name: 'shap-forest',
    about: 'SHAP values and interactions of several trees a round, by name',
    params: { num_parallel_tree: 3, subsample: 0.7, seed: 62 },
    rounds: 3,
    ...parts(named),
    predictions: SHAP,
  },
  {
    name: 'strict-binary',
    about: 'strict shapes of every kind, one output',
    params: { objective: 'binary:logistic' },
    ...parts(binary),
    predictions: STRICT,
    inplace: { value: { strictShape: true }, margin: { strictShape: true, outputMargin: true } },
  },
  {
    name: 'strict-classes',
    about: 'strict shapes of four classes',
    params: softprob,
    rounds: 3,
    ...parts(classes),
    predictions: {
      value: { strictShape: true },
      margin: { strictShape: true, outputMargin: true },
      leaf: { strictShape: true, predLeaf: true },
      contribs: { strictShape: true, predContribs: true },
    },
    inplace: { value: { strictShape: true } },
  },
  {
    name: 'strict-softmax',
    about: 'strict shape of the class itself',
    params: { objective: 'multi:softmax', num_class: 4 },
    rounds: 3,
    ...parts(classes),
    predictions: {
      value: { strictShape: true },
      plain: {},
      margin: { strictShape: true, outputMargin: true },
      range: { iterationRange: [1, 2] },
    },
    inplace: { value: { strictShape: true }, plain: {} },
  },
  {
    name: 'ranges',
    about: 'a range of rounds in every kind of prediction',
    ...parts(real),
    predictions: RANGES,
    inplace: {
      middle: { iterationRange: [2, 5] },
      last: { iterationRange: [7, 8], outputMargin: true },
      all: { iterationRange: [0, 0] },
    },
  },
  {
    name: 'ranges-classes',
    about: 'a range of rounds of four classes, several trees a round',
    params: { ...softprob, num_parallel_tree: 2, subsample: 0.8, seed: 63 },
    rounds: 5,
    ...parts(classes),
    predictions: {
      value: { iterationRange: [1, 3] },
      leaf: { iterationRange: [0, 3], predLeaf: true },
      contribs: { iterationRange: [0, 2], predContribs: true },
    },
    inplace: { value: { iterationRange: [1, 3] } },
  },
  {
    name: 'ranges-dart',
    about: 'a range of rounds of a model with dropout',
    params: { rate_drop: 0.3, one_drop: true, seed: 64 },
    ...parts(real),
    predictions: {
      value: { iterationRange: [1, 6] },
      contribs: { iterationRange: [0, 6], predContribs: true },
    },
    inplace: { value: { iterationRange: [1, 6] } },
  },
];
