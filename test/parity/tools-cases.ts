// Cases of what stands around training and prediction: histograms of splits, SHAP values apart from their bias, schedules
// of parameters, histogram borders, and tables whose dictionaries have another order than the model's.
import { categoryTable } from './arrow-frames.js';
import { dense, labels, type Problem, problem, weights } from './datasets.js';
import type { NamedCase } from './side-by-side.js';
import { type Info, NTHREAD, type Params, type Part } from './spec.js';

export interface ToolsCase extends NamedCase {
  params: Params;
  rounds: number;
  train: Part;
  /** Features and numbers of bins; null: as many as values. */
  histograms?: [feature: string, bins: number | null][];
  /** SHAP values of this data, with these options under Python's names. */
  shap?: { data: Part; iteration_range?: [number, number] };
  /** The value of each parameter for each round. */
  schedule?: Record<string, (number | string)[]>;
  /** The borders of the training matrix's histograms. */
  cuts?: boolean;
  /** Data whose dictionaries have another order, fitted to the model: predicted, and trained on further. */
  recoded?: Part;
}

const p = problem('train');
const test = problem('test');
const part = (info: Info, from: Problem = p): Part => ({ frame: dense(from), info });
const named = { featureNames: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] };
const real = part({ label: labels.real(p), ...named });
const cities: Part = { frame: categoryTable(p), info: { label: 'target' } };
const turned: Part = { frame: categoryTable(p, 'reversed'), info: { label: 'target' } };

const sketches: ToolsCase[] = [
  {
    name: 'histogram-names',
    about: 'splits by feature name, with all, few, one and too many bins',
    params: { max_depth: 6 },
    rounds: 12,
    train: real,
    histograms: [
      ['a', null],
      ['b', 7],
      ['b', 1],
      ['c', 3],
      ['d', 100000],
      ['h', null],
      ['nowhere', null],
    ],
  },
  {
    name: 'histogram-numbers',
    about: 'splits of features without names, far from zero and near each other',
    params: { max_depth: 7, eta: 1 },
    rounds: 6,
    train: {
      frame: dense(
        p,
        p.x.map((value) => value * 1e-4 + 1000),
      ),
      info: { label: labels.real(p) },
    },
    histograms: [
      ['f0', null],
      ['f1', 13],
      ['f7', 2],
    ],
  },
  {
    name: 'histogram-one-split',
    about: 'a single value has a bin of width one',
    params: { max_depth: 1 },
    rounds: 1,
    train: real,
    histograms: [
      ['a', null],
      ['b', null],
      ['c', 5],
    ],
  },
  {
    name: 'shap-apart',
    about: 'SHAP values and bias of some rounds',
    params: { objective: 'binary:logistic' },
    rounds: 8,
    train: part({ label: labels.binary(p), ...named }),
    shap: { data: part(named, test), iteration_range: [0, 5] },
  },
  {
    name: 'shap-apart-classes',
    about: 'SHAP values and bias of each class',
    params: { objective: 'multi:softprob', num_class: 4 },
    rounds: 4,
    train: part({ label: labels.classes(p) }),
    shap: { data: part({}, test) },
  },
  {
    name: 'shap-apart-recoded',
    about: 'SHAP values of a table with a dictionary in another order',
    params: {},
    rounds: 6,
    train: cities,
    shap: { data: { frame: categoryTable(test, 'reversed'), info: { label: 'target' } } },
  },
  {
    name: 'schedule',
    about: 'several parameters with a value for each round',
    params: { max_depth: 4, seed: 3 },
    rounds: 6,
    train: real,
    schedule: {
      eta: [0.5, 0.4, 0.3, 0.2, 0.1, 0.05],
      lambda: [0, 1, 2, 4, 8, 16],
      max_depth: [6, 5, 4, 3, 2, 1],
      subsample: [1, 1, 0.5, 0.5, 0.8, 0.8],
    },
  },
  {
    name: 'schedule-growth',
    about: 'the way trees grow changes on the way',
    params: { max_leaves: 8 },
    rounds: 4,
    train: real,
    schedule: {
      grow_policy: ['depthwise', 'lossguide', 'lossguide', 'depthwise'],
      min_child_weight: [1, 5, 10, 20],
      gamma: [0, 0.1, 0.2, 0.5],
    },
  },
  {
    name: 'cuts',
    about: 'histogram borders after training, few bins',
    params: { max_bin: 16 },
    rounds: 1,
    train: real,
    cuts: true,
  },
  {
    name: 'cuts-weights',
    about: 'borders of weighted rows and of categories',
    params: {},
    rounds: 1,
    train: { ...cities, info: { ...cities.info, weight: weights(p.rows) } },
    cuts: true,
  },
  {
    name: 'recoded',
    about: 'a dictionary in another order: the same matrix, predictions and further trees',
    params: { max_cat_to_onehot: 1, max_depth: 5 },
    rounds: 4,
    train: cities,
    recoded: turned,
  },
];

/** All cases, with the threads that decide the order of sums. */
export const toolsCases = sketches.map((sketch) => {
  return { ...sketch, params: { nthread: NTHREAD, ...sketch.params } };
});
