// From a booster to a compiled forest, and the proof that both say the same.
import { XGBoostError } from '../errors.js';
import { CompiledForest, forestHandle } from '../forest/compiled-forest.js';
import { type CompileOptions, compilePlan } from '../forest/options.js';
import { forests } from '../native/forests.js';
import type { BoosterHandle, NativeArray } from '../native/handles.js';
import { encodeJson } from '../native/json.js';
import { native } from '../native/native.js';

/** Enough rows to fill a block of every kernel, and few enough to be done in milliseconds. */
const PROBES = 600;
const SEED = 0;

/**
 * By how many steps of a float a transformed prediction may differ. On Linux none: both sides call the same exponential.
 * Elsewhere libxgboost may have one of its own inside.
 */
const TRANSFORM_STEPS = process.platform === 'linux' ? 0 : 2;

/**
 * By how much, to its size or 1, a prediction of DART may differ on arm64: libxgboost multiplies each leaf by the weight of its
 * tree and adds it in one instruction there, which rounds once; on x64 and in compiled forests it rounds twice.
 */
const FUSED_SLACK = 1e-5;

function slackOf(model: Uint8Array): number {
  return process.arch === 'arm64' && Buffer.from(model).includes('weight_drop') ? FUSED_SLACK : 0;
}

/** Compiles what `handle` holds, and compares the two. */
export async function compileBooster(
  handle: BoosterHandle,
  options: CompileOptions,
): Promise<CompiledForest> {
  compilePlan(options, 'compile()');
  const model = await native.async.XGBoosterSaveModelToBuffer(handle, encodeJson({ format: 'ubj' }));
  const forest = await CompiledForest.load(model, options);
  try {
    await checkForest(forest, model);
    return forest;
  } catch (error) {
    forest.dispose();
    throw error;
  }
}

/**
 * Compares a forest with libxgboost's CPU predictor on rows made to find a difference: thresholds and their neighbours,
 * missing values, both zeros, infinities, unknown categories.
 *
 * @throws XGBoostError when one bit of a margin differs, or a prediction by more than TRANSFORM_STEPS; with FUSED_SLACK where
 * libxgboost itself rounds otherwise
 */
async function checkForest(forest: CompiledForest, model: Uint8Array): Promise<void> {
  const { values, shape } = await forests.async.probeForest(forestHandle(forest), PROBES, SEED);
  const [rows = 0, cols = 0] = shape;
  if (rows === 0) return;
  const slack = slackOf(model);
  // A booster of its own: the caller's may predict on a GPU, which adds in another order.
  const twin = await native.async.loadModel([], model);
  try {
    const array = { values, shape: [rows, cols] };
    const table = { values, rows, cols };
    for (const outputMargin of [true, false]) {
      const expected = await predictions(twin, array, outputMargin);
      const limits = { rows, slack, steps: outputMargin ? 0 : TRANSFORM_STEPS };
      checkEqual(expected, forest.predictSync(table, { outputMargin }).values, {
        ...limits,
        kernel: 'batch',
      });
      if (outputMargin) continue;
      checkEqual(expected, rowByRow(forest, values, rows, cols), { ...limits, kernel: 'row' });
    }
  } finally {
    native.dispose(twin);
  }
}

async function predictions(twin: BoosterHandle, array: NativeArray, margin: boolean): Promise<Float32Array> {
  const config = encodeJson({
    type: margin ? 1 : 0,
    training: false,
    iteration_begin: 0,
    iteration_end: 0,
    strict_shape: true,
    missing: Number.NaN,
    cache_id: 0,
  });
  return (await native.async.predictFromDense(twin, array, config, null, 1)).values;
}

function rowByRow(forest: CompiledForest, values: Float32Array, rows: number, cols: number): Float32Array {
  const all = new Float32Array(rows * forest.numOutputs);
  for (let row = 0; row < rows; row++) {
    const out = all.subarray(row * forest.numOutputs, (row + 1) * forest.numOutputs);
    forest.predictRow(values.subarray(row * cols, (row + 1) * cols), out);
  }
  return all;
}

interface Comparison {
  readonly rows: number;
  /** Neighbouring floats are one step apart. */
  readonly steps: number;
  readonly slack: number;
  readonly kernel: string;
}

/** Bit for bit, or within so many steps; one NaN is as good as another. */
function checkEqual(
  expected: Float32Array,
  got: Float32Array,
  { rows, steps, slack, kernel }: Comparison,
): void {
  const [a, b] = [bits(expected), bits(got)];
  const at = a.findIndex((value, index) => {
    // Neighbours differ by one as integers, too, where the sign is the same.
    if (Math.abs(value - (b[index] ?? Number.NaN)) <= steps) return false;
    const [wanted = 0, found = 0] = [expected[index], got[index]];
    if (Number.isNaN(wanted) && Number.isNaN(found)) return false;
    return !(Math.abs(wanted - found) <= slack * Math.max(1, Math.abs(wanted)));
  });
  if (at < 0 && a.length === b.length) return;
  const row = Math.floor(at / (expected.length / rows));
  const what =
    a.length === b.length
      ? `row ${row}: ${expected[at]} by libxgboost, ${got[at]} compiled`
      : `${a.length} values by libxgboost, ${b.length} compiled`;
  throw new XGBoostError(`compile(): the compiled forest differs from XGBoost (${kernel} kernel): ${what}`, {
    hint: 'predict with the booster, and please report this model',
  });
}

function bits(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length);
}
