// What predictions come back as: one Float32Array and a shape.
import { type ArrowVectorResult, loadArrow } from './data/arrow.js';

type ArrowData = InstanceType<ReturnType<typeof loadArrow>['Data']>;

/** The result of a prediction. */
export interface Prediction {
  /** All values in row-major order. */
  readonly values: Float32Array;
  /** `[rows]`, `[rows, outputs]` or more dimensions. */
  readonly shape: readonly number[];
  /**
   * An Arrow vector of `shape[0]` entries over the same memory: Float32 for one dimension, nested
   * FixedSizeList of Float32 for more.
   */
  toArrow(): ArrowVectorResult;
}

/** A prediction over memory that JavaScript owns. */
export class TensorPrediction implements Prediction {
  readonly values: Float32Array;
  readonly shape: readonly number[];

  constructor(values: Float32Array, shape: readonly number[]) {
    this.values = values;
    this.shape = Object.freeze([...shape]);
  }

  toArrow(): ArrowVectorResult {
    const { Field, FixedSizeList, Float32, makeData, Vector } = loadArrow();
    const { values, shape } = this;
    let data: ArrowData = makeData({
      type: new Float32(),
      length: values.length,
      nullCount: 0,
      data: values,
    });
    // From the innermost dimension outwards: each level groups the one below into lists of its size.
    for (let dimension = shape.length - 1; dimension > 0; dimension--) {
      const type = new FixedSizeList(shape[dimension] ?? 1, new Field('item', data.type, false));
      const length = shape.slice(0, dimension).reduce((product, size) => product * size, 1);
      data = makeData({ type, length, nullCount: 0, child: data });
    }
    return new Vector([data]);
  }
}
