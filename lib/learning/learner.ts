// What libxgboost's own configuration says about a model, whoever trained it.
import * as v from 'valibot';
import { parseJson } from '../native/json.js';

const LearnerConfig = v.object({
  learner: v.object({
    objective: v.object({ name: v.string() }),
    gradient_booster: v.object({ name: v.string() }),
    learner_model_param: v.object({ num_class: v.string(), num_target: v.optional(v.string(), '1') }),
  }),
});

/** What any booster says about itself. */
export interface Learner {
  readonly objective: string;
  /** 2 unless it is a multi-class model. */
  readonly classCount: number;
  /** Labels of each row that it was trained on: more than one in multi-label and multi-output models. */
  readonly targets: number;
  /** Whether it is linear, not made of trees. */
  readonly linear: boolean;
}

/**
 * Labels of each row of a classification: 1, or more where each is one of two classes. A forest of more than two classes
 * has a target for each of them, and one label.
 */
export function labelsOf({ targets }: Learner, classes: { readonly count: number }): number {
  return classes.count > 2 ? 1 : targets;
}

/** Reads the text of `booster.saveConfig()`. */
export function readLearner(config: string): Learner {
  const { learner } = v.parse(LearnerConfig, parseJson(config));
  const { num_class, num_target } = learner.learner_model_param;
  return {
    objective: learner.objective.name,
    classCount: Math.max(2, Number(num_class)),
    targets: Math.max(1, Number(num_target)),
    linear: learner.gradient_booster.name === 'gblinear',
  };
}
