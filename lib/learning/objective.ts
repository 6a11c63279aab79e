// Which objective a model trains with, and what the numbers that come out of it mean.
import { ConfigError, ParameterError } from '../errors.js';
import { describeValue } from '../options.js';
import { OBJECTIVES } from '../params/objectives.js';
import type { Objective, TrainParams } from '../params/types.js';
import type { Task } from './types.js';

/** What one output of an objective is. */
export type OutputForm =
  /** `binary:logistic`, `reg:logistic`: the probability of class 1. */
  | 'probability'
  /** `binary:logitraw`: its log-odds. */
  | 'margin'
  /** `binary:hinge`: the class, 0 or 1. */
  | 'decision'
  /** `multi:softprob`: one probability for each class. */
  | 'probabilities'
  /** `multi:softmax`: the class number. */
  | 'class'
  /** Everything else: the predicted value or score. */
  | 'value';

const FORMS: Readonly<Record<string, OutputForm>> = {
  'binary:logistic': 'probability',
  'reg:logistic': 'probability',
  'binary:logitraw': 'margin',
  'binary:hinge': 'decision',
  'multi:softprob': 'probabilities',
  'multi:softmax': 'class',
};

/** What the predictions of a model with this objective are. */
export function outputForm(objective: string): OutputForm {
  return FORMS[objective] ?? 'value';
}

/**
 * What the predictions of a model are: those of its objective, or the probabilities that a forest of a classification
 * averages.
 */
export function modelForm(
  { model, task, classes }: { model: string; task: Task; classes: { count: number } | undefined },
  objective: string,
): OutputForm {
  if (!averagesClasses({ model, task })) return outputForm(objective);
  return (classes?.count ?? 2) === 2 ? 'probability' : 'probabilities';
}

/** Whether a model is a forest whose outputs are means of classes. */
export function averagesClasses({ model, task }: { model: string; task: Task }): boolean {
  return model === 'random_forest' && task === 'classification';
}

/** The task an objective is made for, for model files that do not say. */
export function taskOf(objective: string): Task {
  if (/^(binary|multi):/.test(objective)) return 'classification';
  return objective.startsWith('rank:') ? 'ranking' : 'regression';
}

/** `name` if this version can train with it. */
export function trainableObjective(name: string): Objective | undefined {
  return OBJECTIVES.find((objective) => objective === name);
}

function refuse(task: Task, objective: string, hint: string): never {
  throw new ConfigError(`model.params.objective: '${objective}' does not fit task: ${task}`, { hint });
}

function regressionObjective(objective: Objective): Objective {
  const task = taskOf(objective);
  if (task === 'regression') return objective;
  if (objective === 'binary:logistic') {
    refuse('regression', objective, 'reg:logistic is the same for labels between 0 and 1');
  }
  refuse('regression', objective, `set task: ${task}, or use reg:squarederror`);
}

function rankingObjective(objective: Objective): Objective {
  if (objective.startsWith('rank:')) return objective;
  refuse('ranking', objective, 'use rank:ndcg, rank:map or rank:pairwise');
}

function classificationObjective(objective: Objective, classes: number): Objective {
  if (taskOf(objective) !== 'classification') {
    refuse('classification', objective, classes === 2 ? 'use binary:logistic' : 'use multi:softprob');
  }
  if (objective.startsWith('binary:') && classes !== 2) {
    throw new ConfigError(
      `model.params.objective: '${objective}' knows two classes, the labels have ${classes}`,
      {
        hint: 'use multi:softprob',
      },
    );
  }
  return objective;
}

/**
 * `num_class` follows from the labels; where it is given it must agree with them.
 *
 * @param name how the parameter was given: `model.params.num_class`
 */
export function checkClassCount(given: unknown, classes: number, name: string): void {
  if (given === undefined || given === null || Number(given) === classes) return;
  throw new ParameterError(`${name}: the labels have ${classes} classes, received ${describeValue(given)}`, {
    hint: 'leave num_class out: it is taken from the labels',
  });
}

/**
 * Several labels of a row are learned one beside the other.
 *
 * @param name how the parameter was given: `model.params.objective`
 */
export function checkLabelObjective(objective: string, labelsPerRow: number, name: string): void {
  if (labelsPerRow === 1 || !objective.startsWith('multi:')) return;
  throw new ParameterError(
    `${name}: '${objective}' learns one class out of several, the labels are ${labelsPerRow} of 0 and 1 in each row`,
    { hint: 'use binary:logistic' },
  );
}

/**
 * The parameters of a training: those of the configuration with the objective the task asks for.
 *
 * Classification: `binary:logistic` for two classes, else `multi:softprob`; `binary:*` and `multi:*` may be chosen.
 * Regression: `reg:squarederror`; everything may be chosen that does not predict classes or ranks.
 * Ranking: `rank:ndcg`; `rank:*` may be chosen.
 *
 * @param found how many classes the labels have, only for classification, and how many labels each row has
 * @throws ConfigError when the chosen objective does not fit; ParameterError when `num_class` does not
 */
export function withObjective(
  params: TrainParams,
  task: Task,
  {
    classes = 0,
    labelsPerRow = 1,
  }: { readonly classes?: number | undefined; readonly labelsPerRow?: number } = {},
): TrainParams {
  const { objective, num_class: given, ...others } = params;
  const chosen = objective ?? undefined;
  if (task === 'regression') {
    return { ...params, objective: regressionObjective(chosen ?? 'reg:squarederror') };
  }
  if (task === 'ranking') return { ...params, objective: rankingObjective(chosen ?? 'rank:ndcg') };
  checkClassCount(given, classes, 'model.params.num_class');
  const usual = classes === 2 ? 'binary:logistic' : 'multi:softprob';
  const fitting = classificationObjective(chosen ?? usual, classes);
  checkLabelObjective(fitting, labelsPerRow, 'model.params.objective');
  if (fitting.startsWith('binary:')) return { ...others, objective: fitting };
  return { ...others, objective: fitting, num_class: classes };
}
