// Training by a model and by an estimator: the same wrong question is refused by the same class, in the same words.
import { describe, expect, it } from 'vitest';
import { XGBoostError } from '../../lib/index.js';
import {
  a,
  classes,
  fitEstimator,
  grades,
  kinds,
  labels,
  numbers,
  qid,
  ranking,
  regression,
  sizes,
  type Training,
  trainModel,
  X,
  yesNo,
} from './train-both.js';

/** What is said of an estimator's arguments where a model's have other names. */
const NAMES: [model: RegExp, estimator: string][] = [
  [/train\(\)/g, 'fit()'],
  [/model\.params\./g, ''],
  [/XVal/g, 'evalSet[0][0]'],
  [/yVal/g, 'evalSet[0][1]'],
  [/weightVal/g, 'sampleWeightEvalSet[0]'],
  [/qidVal/g, 'evalQid[0]'],
  [/groupVal/g, 'evalGroup[0]'],
  [/baseMarginVal/g, 'baseMarginEvalSet[0]'],
  [/^weight\b/g, 'sampleWeight'],
  [/verboseEval/g, 'verbose'],
];

/** How a question is refused: class, code, and the message without the fix, which each class has in its own words. */
async function refusal(ask: () => Promise<Disposable>): Promise<unknown> {
  try {
    (await ask())[Symbol.dispose]();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const ours = error instanceof XGBoostError ? error : undefined;
    const message = error.message.replace(` (${ours?.hint})`, '');
    return { kind: error.constructor.name, code: ours?.code, message, fixed: ours?.hint !== undefined };
  }
  return 'trained';
}

const named = (answer: unknown): unknown => {
  if (typeof answer !== 'object' || answer === null || !('message' in answer)) return answer;
  const message = NAMES.reduce((text, [from, to]) => text.replace(from, to), String(answer.message));
  return { ...answer, message };
};

const back = qid.map((group) => 5 - group);

const WRONG: [name: string, question: Training, kind: string, message: RegExp][] = [
  ['a ranking without groups', ranking, 'DataError', /^qid: a ranking needs the group of each row$/],
  [
    'groups for the training data only',
    { ...ranking, parts: { qid }, val: { y: grades } },
    'DataError',
    /^evalQid\[0\]: a ranking needs/,
  ],
  [
    'groups twice',
    { ...ranking, parts: { qid, group: sizes } },
    'DataError',
    /^group and qid: expected only one/,
  ],
  [
    'groups of the validation data twice',
    { ...ranking, parts: { qid }, val: { y: grades, parts: { qid, group: sizes } } },
    'DataError',
    /^evalGroup\[0\] and evalQid\[0\]: expected only one/,
  ],
  [
    'groups that a column qid says too',
    { ...ranking, X: { ...X, qid }, parts: { group: sizes } },
    'DataError',
    /^group: X has a column 'qid', which says it too$/,
  ],
  [
    'groups out of order',
    { ...ranking, parts: { qid: back } },
    'DataError',
    /^qid\[10\]: expected ids in non-decreasing order, received 4 after 5$/,
  ],
  [
    'groups of the validation data out of order',
    { ...ranking, parts: { qid }, val: { y: grades, parts: { qid: back } } },
    'DataError',
    /^evalQid\[0\]\[10\]: expected ids in non-decreasing order/,
  ],
  [
    'groups that are no integers',
    { ...ranking, parts: { qid: [0.5] } },
    'DataError',
    /^qid\[0\]: expected an integer/,
  ],
  [
    'sizes that do not add up',
    { ...ranking, parts: { group: [10, 20] } },
    'DataError',
    /^group: expected sizes that add up to 60 rows, received a sum of 30$/,
  ],
  [
    'weights that change within a group',
    { ...ranking, parts: { group: sizes, weight: a } },
    'DataError',
    /^sampleWeight: row 1 has weight 37, its group begins with 0$/,
  ],
  [
    'strings as numbers',
    { task: 'regression', y: kinds },
    'DataError',
    /^y: strings cannot be the labels of a regression$/,
  ],
  [
    'strings as grades',
    { task: 'ranking', y: kinds, parts: { qid } },
    'DataError',
    /^y: strings cannot be the labels of a ranking$/,
  ],
  [
    'too few labels',
    { ...regression, y: numbers.subarray(1) },
    'DataError',
    /^y: expected 60 numbers, one for each row, received 59$/,
  ],
  [
    'too few labels of the validation data',
    { ...regression, val: { y: numbers.subarray(1) } },
    'DataError',
    /^evalSet\[0\]\[1\]: expected 60 numbers, one for each row, received 59$/,
  ],
  [
    'too few weights of the validation data',
    { ...regression, val: { y: numbers, parts: { weight: [1] } } },
    'DataError',
    /^sampleWeightEvalSet\[0\]: expected 60 numbers, one for each row, received 1$/,
  ],
  [
    'a margin that is no number',
    { ...regression, parts: { baseMargin: numbers.map(() => Number.NaN) } },
    'DataError',
    /^baseMargin\[0\]: expected a number, received NaN$/,
  ],
  [
    'a column of text in the validation data',
    { ...regression, val: { X: { a, b: kinds }, y: numbers } },
    'DataError',
    /^evalSet\[0\]\[0\]: column 'b': expected numbers, as in training, received categories$/,
  ],
  [
    'a column that the validation data lacks',
    { ...regression, val: { X: { a }, y: numbers } },
    'DataError',
    /^evalSet\[0\]\[0\]: feature names differ from the model's: the data lacks b$/,
  ],
  [
    'a wrong num_class',
    { ...classes, params: { num_class: 4 } },
    'ParameterError',
    /^num_class: the labels have 3 classes, received 4$/,
  ],
  [
    'one class',
    { task: 'classification', y: a.map(() => 1) },
    'DataError',
    /^y: expected at least two classes/,
  ],
  [
    'a class that is not in the training data',
    { ...classes, val: { y: kinds.map((kind) => `${kind}?`) } },
    'DataError',
    /^evalSet\[0\]\[1\]: label '\w+\?' in row 0 is not a class/,
  ],
  [
    'no labels',
    { task: 'regression', y: undefined as never },
    'DataError',
    /^y: expected labels, received undefined$/,
  ],
  ['no column of that name', { task: 'regression', y: 'c' }, 'DataError', /^y: X has no column 'c'$/],
  [
    'no column of that name in the validation data',
    { task: 'regression', X: { ...X, c: numbers }, y: 'c', val: { y: 'c' } },
    'DataError',
    /^evalSet\[0\]\[1\]: evalSet\[0\]\[0\] has no column 'c'$/,
  ],
  [
    'labels that are neither 0 nor 1',
    { task: 'classification', y: { ...labels, values: labels.values.map((value) => 2 * value) } },
    'DataError',
    /^y\.values\[\d+\]: expected 0 or 1, received 2$/,
  ],
  [
    'several labels as classes',
    { task: 'classification', y: labels, params: { objective: 'multi:softprob' } },
    'ParameterError',
    /^objective: 'multi:softprob' learns one class out of several, the labels are 2 of 0 and 1/,
  ],
  [
    'several grades',
    { task: 'ranking', y: labels, parts: { qid } },
    'DataError',
    /^y: expected one label for each row of a ranking, received 2$/,
  ],
  [
    'fewer labels in a row of the validation data',
    { task: 'classification', y: labels, val: { y: yesNo.map(Number) } },
    'DataError',
    /^evalSet\[0\]\[1\]: expected 2 labels for each row, as y has, received 1$/,
  ],
  [
    'no function as objective',
    { ...regression, options: { objective: 1 as never } },
    'TypeError',
    /^fit\(\): objective: expected a function, received 1$/,
  ],
  [
    'an own objective of a ranking',
    { ...ranking, parts: { qid }, options: { objective: () => ({ grad: [], hess: [] }) } },
    'NotSupportedError',
    /^fit\(\): objective: a ranking learns pairs of rows/,
  ],
  [
    'no function as metric',
    { ...regression, options: { customMetric: 'rmse' as never } },
    'TypeError',
    /^fit\(\): customMetric: expected a function/,
  ],
  [
    'no time',
    { ...regression, options: { timeLimit: 0 } },
    'RangeError',
    /^fit\(\): timeLimit: expected milliseconds > 0, received 0$/,
  ],
  [
    'a callback without hooks',
    { ...regression, options: { callbacks: [{}] } },
    'TypeError',
    /^fit\(\): callbacks\[0\]: has none of/,
  ],
  [
    'a rule that is none',
    { ...regression, options: { extraColumns: 'drop' as never } },
    'TypeError',
    /^fit\(\): extraColumns: expected/,
  ],
  [
    'lines that are no number',
    { ...regression, print: -1 },
    'RangeError',
    /^fit\(\): verbose: expected an integer >= 0, received -1$/,
  ],
  [
    'too few feature weights',
    { ...regression, options: { featureWeights: [1] } },
    'DataError',
    /^featureWeights: expected 2 numbers, one for each column, received 1$/,
  ],
];

describe('is refused in the same words', () => {
  it.each(WRONG)('%s', async (_, question, kind, message) => {
    const [model, estimator] = [
      await refusal(() => trainModel(question)),
      await refusal(() => fitEstimator(question)),
    ];
    expect(estimator).toMatchObject({ kind, message: expect.stringMatching(message) });
    expect(named(model)).toEqual(estimator);
  });

  it('a model for another task', async () => {
    using other = await trainModel(classes);
    const question = { ...regression, options: { xgbModel: other.booster } };
    const answer = await refusal(() => fitEstimator(question));
    expect(answer).toMatchObject({
      kind: 'ModelError',
      message: 'xgbModel is a model for classification, not for regression',
    });
    expect(named(await refusal(() => trainModel(question)))).toEqual(answer);
  });

  it('other labels than those of the model to go on from', async () => {
    using prior = await trainModel({ task: 'classification', y: labels });
    const question = {
      task: 'classification',
      y: yesNo.map(Number),
      options: { xgbModel: prior.booster },
    } as const;
    const answer = await refusal(() => fitEstimator(question));
    expect(answer).toMatchObject({
      message: 'y: expected 2 labels for each row, as xgbModel has, received 1',
    });
    expect(named(await refusal(() => trainModel(question)))).toEqual(answer);
  });
});
