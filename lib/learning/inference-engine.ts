// Which engine predicts tables for a model: libxgboost, or the model compiled.

import type { Booster, PredictOptions } from '../booster/booster.js';
import { predictTable as predictInPlace } from '../booster/predicting.js';
import type { InferenceConfig } from '../config/types.js';
import type { FitRules } from '../data/feature-reference.js';
import type { Table } from '../data/table.js';
import { NotSupportedError } from '../errors.js';
import { type CompiledForest, predictTable as predictWithForest } from '../forest/compiled-forest.js';
import { quietLogger } from '../logger.js';
import { buildTable } from '../matrix/planned-matrix.js';
import type { Prediction } from '../prediction.js';
import { messageOf } from '../realm.js';
import type { DeviceName } from './types.js';

/** The choice of `inference.engine`. */
export type EngineName = InferenceConfig['engine'];

/** The engine of a model, and where it computes. */
export interface Inference {
  readonly engine: EngineName;
  readonly device: DeviceName;
}

/** What a prediction may be asked for. */
export type EngineRequest = FitRules &
  Pick<PredictOptions, 'outputMargin' | 'validateFeatures' | 'iterationRange' | 'baseMargin' | 'missing'>;

/** Kinds of predictions that libxgboost makes only from a matrix. */
export type MatrixKind = Pick<PredictOptions, 'predLeaf' | 'predContribs' | 'approxContribs'>;

/** Predicts a table through a matrix of its own, which is freed. */
export async function predictThroughMatrix(
  booster: Booster,
  table: Table,
  request: EngineRequest,
  kind: MatrixKind,
): Promise<Prediction> {
  const { baseMargin, missing, extraColumns, unknownCategory, ...plan } = request;
  const fit = plan.validateFeatures === false ? {} : { ref: booster, extraColumns, unknownCategory };
  using matrix = await buildTable(table, { ...fit, baseMargin, missing });
  return await booster.predict(matrix, { ...plan, ...kind });
}

/**
 * Predicts tables with a booster that no longer changes.
 *
 * Both engines give the same bits, so `auto` may take whichever is ready: libxgboost answers the first table, the model
 * is compiled meanwhile, and answers the others.
 */
export class InferenceEngine {
  readonly #booster: Booster;
  /** libxgboost predicts from linear models only through a matrix, and they cannot be compiled. */
  readonly #linear: boolean;
  #compiling: Promise<void> | undefined;
  #forest: CompiledForest | undefined;
  #disposed = false;

  constructor(booster: Booster, linear: boolean) {
    this.#booster = booster;
    this.#linear = linear;
  }

  /** Compiles the model now, where `engine` asks for that. @throws NotSupportedError for a linear model */
  async prepare(engine: EngineName): Promise<void> {
    if (engine !== 'compiled') return;
    if (this.#linear) {
      throw new NotSupportedError("inference.engine: 'compiled' is not possible for a linear model", {
        hint: "use engine: 'auto', which takes libxgboost for those",
      });
    }
    await this.#compile();
  }

  /** Predicts `table`. It is read before the first `await`, unless `compiled` was not prepared. */
  async predict(table: Table, request: EngineRequest, { engine, device }: Inference): Promise<Prediction> {
    if (engine === 'compiled') {
      if (this.#forest === undefined) await this.prepare(engine);
      if (this.#forest !== undefined) return await predictWithForest(this.#forest, table, request);
    }
    if (this.#linear || !table.canSlice) {
      return await predictThroughMatrix(this.#booster, table, request, {});
    }
    if (engine === 'auto' && device === 'cpu') {
      if (this.#forest !== undefined) return await predictWithForest(this.#forest, table, request);
      this.#compileAhead();
    }
    return await predictInPlace(this.#booster, table, request);
  }

  dispose(): void {
    this.#disposed = true;
    this.#forest?.dispose();
  }

  #compile(): Promise<void> {
    this.#compiling ??= this.#booster.compile().then((forest) => {
      if (this.#disposed) forest.dispose();
      else this.#forest = forest;
    });
    return this.#compiling;
  }

  /** A model that cannot be compiled, which its check would find out, is still predicted by libxgboost. */
  #compileAhead(): void {
    if (this.#compiling !== undefined) return;
    this.#compile().catch((error: unknown) => {
      if (this.#disposed) return;
      const reason = messageOf(error);
      quietLogger.warn?.(`xgboost-gpu: inference.engine: libxgboost predicts, since ${reason}`);
    });
  }
}
