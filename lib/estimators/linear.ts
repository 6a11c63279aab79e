// What a model says of itself outside its trees: weights of linear models, the base score.
import * as v from 'valibot';
import type { Booster } from '../booster/booster.js';
import { parseJson } from '../native/json.js';

const LinearModel = v.object({
  learner: v.object({
    gradient_booster: v.object({ model: v.object({ weights: v.array(v.number()) }) }),
  }),
});

/** Weights as the model holds them: feature by feature, one for each output, the biases last. */
export function linearWeights(booster: Booster): { coefficients: Float32Array; bias: Float32Array } {
  const text = new TextDecoder().decode(booster.toBuffer('json'));
  const { weights } = v.parse(LinearModel, parseJson(text)).learner.gradient_booster.model;
  const features = booster.numFeatures;
  const outputs = weights.length / (features + 1);
  const coefficients = new Float32Array(features * outputs);
  for (let feature = 0; feature < features; feature++) {
    for (let output = 0; output < outputs; output++) {
      coefficients[output * features + feature] = weights[feature * outputs + output] ?? Number.NaN;
    }
  }
  return { coefficients, bias: Float32Array.from(weights.slice(features * outputs)) };
}

const BaseScore = v.object({
  learner: v.object({ learner_model_param: v.object({ base_score: v.string() }) }),
});

/** The base score of each output, before the objective transforms it. */
export function baseScores(booster: Booster): Float32Array {
  const { base_score } = v.parse(BaseScore, parseJson(booster.saveConfig())).learner.learner_model_param;
  const parsed = parseJson(base_score);
  return Float32Array.from(Array.isArray(parsed) ? parsed : [parsed], Number);
}
