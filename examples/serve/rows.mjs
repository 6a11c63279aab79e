// What clients send, as features: an object with the model's feature names, or an array in its order.
import { DataError } from 'xgboost-gpu/predict';

/** A function that encodes rows for `forest`. Categories that the model does not know are missing. */
export function rowReader(forest) {
  const encoder =
    forest.featureNames === undefined ? undefined : forest.rowEncoder({ unknownCategory: 'missing' });
  const length = forest.numFeatures;
  return (row) => {
    if (!Array.isArray(row)) {
      if (encoder !== undefined) return encoder.encode(row);
      throw new DataError(`expected an array of ${length} numbers: the model has no feature names`);
    }
    if (row.length !== length || !row.every((cell) => cell === null || typeof cell === 'number')) {
      throw new DataError(`expected an array of ${length} numbers or nulls`);
    }
    return Float32Array.from(row, (cell) => cell ?? Number.NaN);
  };
}
