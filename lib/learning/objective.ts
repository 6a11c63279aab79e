// Which objective a model trains with, and what the numbers that come out of it mean.
import { ConfigError, DataError, ParameterError } from '../errors.js';
import { describeValue } from '../options.js';
import { OBJECTIVES } from '../params/objectives.js';
import type { Objective, TrainParams } from '../params/types.js';
import type { TimesForm } from './survival.js';
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

/** The tasks that families of objectives are made for; all others are for regression. */
const FAMILIES: Readonly<Record<string, Task>> = {
  binary: 'classification',
  multi: 'classification',
  rank: 'ranking',
  survival: 'survival',
};

/** The task an objective is made for, for model files that do not say. */
export function taskOf(objective: string): Task {
  return FAMILIES[objective.split(':', 1)[0] ?? ''] ?? 'regression';
}

/** `name` if this version can train with it. */
export function trainableObjective(name: string): Objective | undefined {
  return OBJECTIVES.find((objective) => objective === name);
}

function refuse(task: Task, objective: string, hint: string): never {
  throw new ConfigError(`model.params.objective: '${objective}' does not fit task: ${task}`, { hint });
}

/** What a task without classes trains with. */
interface Choice {
  readonly usual: Objective;
  /** The tasks whose objectives fit. */
  readonly fits: readonly Task[];
  /** What to do about one that does not. */
  readonly hint: (objective: Objective) => string;
}

const CHOICES: Readonly<Record<Exclude<Task, 'classification'>, Choice>> = {
  regression: {
    usual: 'reg:squarederror',
    // Predicted hazards and times are numbers too.
    fits: ['regression', 'survival'],
    hint: (objective) =>
      objective === 'binary:logistic'
        ? 'reg:logistic is the same for labels between 0 and 1'
        : `set task: ${taskOf(objective)}, or use reg:squarederror`,
  },
  ranking: {
    usual: 'rank:ndcg',
    fits: ['ranking'],
    hint: () => 'use rank:ndcg, rank:map or rank:pairwise',
  },
  survival: {
    // It assumes nothing about how long things last, and y alone says all.
    usual: 'survival:cox',
    fits: ['survival'],
    hint: () => 'use survival:cox or survival:aft',
  },
};

function chosenObjective(task: Exclude<Task, 'classification'>, given: Objective | undefined): Objective {
  const { usual, fits, hint } = CHOICES[task];
  const objective = given ?? usual;
  return fits.includes(taskOf(objective)) ? objective : refuse(task, objective, hint(objective));
}

/** survival:cox learns from signed times, survival:aft from bounds. */
function checkTimes(objective: Objective, times: TimesForm): void {
  if (objective === 'survival:aft' && times === 'signed') {
    throw new DataError('labelLowerBound: survival:aft learns from the times that each event lies between', {
      hint: 'pass labelLowerBound and labelUpperBound, or set data.label_lower_column and data.label_upper_column',
    });
  }
  if (objective === 'survival:cox' && times === 'bounds') {
    throw new DataError('labelLowerBound: survival:cox learns from signed times, not from bounds', {
      hint: 'pass y, negative where the event was not seen; or set model.params.objective: survival:aft',
    });
  }
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
 * Ranking: `rank:ndcg`; `rank:*` may be chosen. Survival: `survival:cox`; `survival:aft` may be chosen.
 *
 * @param found how many classes the labels have, only for classification; how many labels each row has; how a survival
 *   was told its times
 * @throws ConfigError when the chosen objective does not fit; ParameterError when `num_class` does not; DataError for
 *   times in the other form
 */
export function withObjective(
  params: TrainParams,
  task: Task,
  {
    classes = 0,
    labelsPerRow = 1,
    times,
  }: {
    readonly classes?: number | undefined;
    readonly labelsPerRow?: number;
    readonly times?: TimesForm | undefined;
  } = {},
): TrainParams {
  const { objective, num_class: given, ...others } = params;
  const chosen = objective ?? undefined;
  if (task !== 'classification') {
    const fitting = chosenObjective(task, chosen);
    if (times !== undefined) checkTimes(fitting, times);
    return { ...params, objective: fitting };
  }
  checkClassCount(given, classes, 'model.params.num_class');
  const usual = classes === 2 ? 'binary:logistic' : 'multi:softprob';
  const fitting = classificationObjective(chosen ?? usual, classes);
  checkLabelObjective(fitting, labelsPerRow, 'model.params.objective');
  if (fitting.startsWith('binary:')) return { ...others, objective: fitting };
  return { ...others, objective: fitting, num_class: classes };
}
