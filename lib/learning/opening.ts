// Opens model files for models and estimators: what is in one, and with which of its rounds it is meant to predict.
import { Booster } from '../booster/booster.js';
import { ModelError } from '../errors.js';
import { checkModelPath } from '../files/model-path.js';
import { describeValue } from '../options.js';
import { bestRounds } from '../train/early-stopping.js';
import { type Identity, identify } from './identity.js';
import { readLearner } from './learner.js';

/** A model file that was read; whoever has it disposes the booster. */
export interface OpenedFile extends Identity {
  readonly path: string;
  readonly booster: Booster;
}

/** Early stopping of any program marks one of the rounds. */
function checkBest(booster: Booster, path: string): void {
  const text = booster.attr('best_iteration');
  const rounds = booster.numBoostedRounds;
  if (text === null || (/^\d+$/.test(text) && Number(text) < rounds)) return;
  throw new ModelError(
    `${path}: the attribute 'best_iteration' is ${describeValue(text)}, ` +
      `expected one of its rounds, 0 to ${rounds - 1}`,
    { hint: 'load the file with Booster.load(), which predicts with all rounds' },
  );
}

/**
 * Reads a model of this package, of Python's estimators, or of any other program that uses XGBoost.
 *
 * @throws ENOENT for a missing file; ModelError for a damaged one
 */
export async function openFile(path: string): Promise<OpenedFile> {
  const booster = await Booster.load(checkModelPath(path, 'load()'));
  try {
    const identity = identify(booster, path);
    if (!readLearner(booster.saveConfig()).linear) checkBest(booster, path);
    return { ...identity, path, booster };
  } catch (error) {
    booster.dispose();
    throw error;
  }
}

/**
 * The booster with the rounds up to the best one, where early stopping marked one: the booster itself when it ends there,
 * else a new one in its place. Linear models cannot be cut. Takes the booster over.
 */
export async function cutToBest(booster: Booster): Promise<Booster> {
  const whole = booster.bestIteration === booster.numBoostedRounds - 1;
  if (whole || readLearner(booster.saveConfig()).linear) return booster;
  try {
    const best = await bestRounds(booster);
    if (best === undefined) return booster;
    booster.dispose();
    return best;
  } catch (error) {
    booster.dispose();
    throw error;
  }
}

/** The booster as a model class serves it, which has cut its own files when it trained. */
export async function servedRounds({ booster, writer }: OpenedFile): Promise<Booster> {
  return writer === 'model class' ? booster : await cutToBest(booster);
}
