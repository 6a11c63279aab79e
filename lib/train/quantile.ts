// What training on bins asks for: hist, the bins that the matrix was made with, validation data in the same bins.
import type { Evals } from '../booster/evaluation.js';
import { DataError, NotSupportedError, ParameterError } from '../errors.js';
import { type DMatrix, dmatrixFeatures } from '../matrix/dmatrix.js';
import { describeForm } from '../matrix/form.js';
import { DEFAULT_MAX_BIN } from '../matrix/quantile-dmatrix.js';
import type { TrainParams } from '../params/types.js';

function checkBins(params: TrainParams, maxBin: number, form: string, continued: boolean): void {
  // A booster that is continued may bring its own.
  if (continued && (params.max_bin === undefined || params.max_bin === null)) return;
  const wanted = Number(params.max_bin ?? DEFAULT_MAX_BIN);
  if (wanted === maxBin) return;
  throw new ParameterError(`max_bin: ${wanted}, but the ${form} was made with maxBin: ${maxBin}`, {
    hint: `set max_bin: ${maxBin}, or make the matrix with maxBin: ${wanted}`,
  });
}

function checkMethod({ tree_method, booster, device }: TrainParams, external: boolean, form: string): void {
  if (booster === 'gblinear') {
    throw new ParameterError(`booster: gblinear needs the numbers themselves, a ${form} has bins only`, {
      hint: 'make a DMatrix',
    });
  }
  if (tree_method === 'exact' || tree_method === 'approx') {
    throw new ParameterError(`tree_method: '${tree_method}' cannot work on the bins of a ${form}`, {
      hint: "use 'hist', or make a DMatrix",
    });
  }
  if (external && typeof device === 'string' && /^(?:cuda|gpu)/.test(device)) {
    throw new NotSupportedError(`device: '${device}': a ${form} made from host memory trains on the CPU`, {
      hint: 'use a QuantileDMatrix, or device: cpu',
    });
  }
}

/** Python's rule: bins of its own would make the metrics of a validation set those of other data. */
function checkReference(data: DMatrix, name: string, dtrain: DMatrix): void {
  const { origin } = dmatrixFeatures(data);
  if (origin.maxBin === undefined || data === dtrain) return;
  if (origin.ref === dmatrixFeatures(dtrain).id) return;
  throw new DataError(
    `train(): evals: '${name}' is a ${describeForm(origin.form)} that was not made with ref: dtrain`,
    { hint: 'validation data takes over the bins of the training data: from(data, { ref: dtrain })' },
  );
}

/** Checks parameters against matrices of bins. @param continued training starts from a model */
export function checkQuantile(params: TrainParams, dtrain: DMatrix, evals: Evals, continued: boolean): void {
  for (const [data, name] of evals) checkReference(data, name, dtrain);
  const { form, maxBin } = dmatrixFeatures(dtrain).origin;
  if (maxBin === undefined) return;
  const words = describeForm(form);
  checkMethod(params, form === 'externalQuantile', words);
  checkBins(params, maxBin, words, continued);
}
