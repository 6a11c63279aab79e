// What a fit() reads before anything may be awaited: its data sets, and the model it goes on from.
import { Booster } from '../booster/booster.js';
import type { TabularData } from '../data/types.js';
import type { Classes } from '../learning/classes.js';
import { forTask, identify } from '../learning/identity.js';
import type { ModelMetadata } from '../learning/metadata.js';
import type { Task } from '../learning/types.js';
import { namedColumns, oneOf, type RankerFitOptions, readSets } from './fit-options.js';
import { type EstimatorLabels, type ReadSet, readSet } from './inputs.js';
import type { EstimatorSettings } from './parameters.js';

/** A model to go on from. */
export interface Prior {
  /** What the caller gave: a Booster brings its parameters, a file or bytes only the model. */
  readonly source: Booster | string | Uint8Array;
  /** The same as a Booster, whose columns and codes the data must have. */
  readonly features: Booster;
  readonly classes: Classes | undefined;
}

/** Reads `xgbModel`: its classes decide how the labels are numbered. */
export function readPrior(source: Booster | string | Uint8Array, task: Task): Prior {
  const features = source instanceof Booster ? source : Booster.loadSync(source);
  try {
    const { classes } = forTask(
      identify(features, 'xgbModel'),
      task,
      'xgbModel',
      'go on with the estimator of that kind',
    );
    return { source, features, classes };
  } catch (error) {
    if (features !== source) features.dispose();
    throw error;
  }
}

/** Everything of one fit(). */
export interface FitPlan {
  readonly settings: EstimatorSettings;
  readonly metadata: ModelMetadata;
  readonly train: ReadSet;
  readonly evals: readonly ReadSet[];
  readonly prior: Prior | undefined;
}

/** Reads and checks the data sets of a fit(). */
export function planFit(
  X: TabularData,
  y: EstimatorLabels,
  options: RankerFitOptions<unknown>,
  { settings, task, prior }: Pick<FitPlan, 'settings' | 'prior'> & { readonly task: Task },
): FitPlan {
  const sets = readSets(X, y, options);
  const columns = namedColumns(sets[0].raw);
  const weights = oneOf(settings.featureWeights, options.featureWeights, 'featureWeights', 'feature_weights');
  const { params, missing, featureTypes } = settings;
  const nthread = typeof params.nthread === 'number' ? params.nthread : params.n_jobs;
  const read = new Map<object, ReadSet>();
  let classes = prior?.classes;
  for (const set of sets) {
    if (read.has(set)) continue;
    const found = readSet(set.raw, { task, columns, known: classes }, set.names);
    classes = found.classes;
    const info = {
      ...found.info,
      missing,
      featureTypes,
      featureWeights: set === sets[0] ? weights : undefined,
      nthread: typeof nthread === 'number' ? nthread : undefined,
    };
    read.set(set, { ...found, info });
  }
  const [train, ...evals] = sets.flatMap((set) => read.get(set) ?? []);
  if (train === undefined) throw new TypeError('fit() needs data');
  return { settings, metadata: { model: 'xgboost', task, classes, columns }, train, evals, prior };
}
