// Which device can be had: for models, which may fall back, and for XGBoost's own strict `device` parameter.
import { DeviceError } from '../errors.js';
import { DOCTOR } from '../native/loading-error.js';
import { flag, integer } from '../option-kinds.js';
import { describeValue, type OptionsOf, readOptions } from '../options.js';
import { askDevice } from './device-facts.js';
import { judgeDevice, type Verdict } from './judge-device.js';

/** Code of the warning that says a GPU was asked for and the CPU is used. */
export const FALLBACK_CODE = 'XGBOOST_GPU_FALLBACK';

const DEVICE_OPTIONS = {
  /** Use the CPU, with a warning, when the GPU cannot be used. Default: true. */
  fallback: flag(true),
  /** Ordinal of the GPU, as CUDA counts them. Default: 0. */
  deviceId: integer(0)(0),
};

export interface GetDeviceOptions extends OptionsOf<typeof DEVICE_OPTIONS> {}

let warned = false;

/**
 * Whether GPU `ordinal` can be used, and if not, why. Asks libxgboost what it was built with and the driver what there
 * is; nothing is allocated on the GPU.
 *
 * @throws LibraryError when libxgboost cannot be loaded
 * @example
 * const { usable, reason } = probeDevice(0);
 */
export function probeDevice(ordinal = 0): Verdict {
  if (!Number.isSafeInteger(ordinal) || ordinal < 0) {
    throw new TypeError(
      `probeDevice(): expected the ordinal of a GPU, 0 or higher, received ${describeValue(ordinal)}`,
    );
  }
  const { build, driver } = askDevice();
  return judgeDevice(build, driver, ordinal);
}

function deviceError(asked: string, { reason, hint }: Verdict): DeviceError {
  const fix = hint === undefined ? '' : `${hint}; `;
  return new DeviceError(`${asked} cannot be used: ${reason}`, { hint: `${fix}${DOCTOR}` });
}

function warnOnce(asked: string, { reason }: Verdict): void {
  if (warned) return;
  warned = true;
  process.emitWarning(`${asked} cannot be used: ${reason}. The CPU is used instead.`, {
    code: FALLBACK_CODE,
  });
}

/**
 * The device that will run, asked for honestly: `gpu` only if libxgboost, the driver and the GPU all say so.
 * `cpu` is answered without loading anything.
 *
 * Falling back emits one process warning with code `XGBOOST_GPU_FALLBACK`, and no more in that process.
 *
 * @throws DeviceError with the reason when the GPU cannot be used and `fallback` is false
 * @example
 * const device = getDevice('gpu', { fallback: true });
 */
export function getDevice(preferred: 'gpu' | 'cpu' = 'gpu', options: GetDeviceOptions = {}): 'gpu' | 'cpu' {
  if (preferred !== 'gpu' && preferred !== 'cpu') {
    throw new TypeError(`getDevice(): expected 'gpu' or 'cpu', received ${describeValue(preferred)}`);
  }
  const { fallback, deviceId } = readOptions(DEVICE_OPTIONS, options, 'getDevice()');
  if (preferred === 'cpu') return 'cpu';
  const verdict = probeDevice(deviceId);
  if (verdict.usable) return 'gpu';
  const asked = `GPU ${deviceId}`;
  if (!fallback) throw deviceError(asked, verdict);
  warnOnce(asked, verdict);
  return 'cpu';
}

/**
 * Makes XGBoost's `device` parameter strict: libxgboost itself would train on the CPU, or on another GPU, and only
 * write a line about it.
 *
 * @param device `cpu`, `cuda`, `cuda:<ordinal>`, or the same with `gpu`
 * @throws DeviceError with the reason when that GPU cannot be used
 */
export function requireDevice(device: string): void {
  const match = /^(?:cuda|gpu)(?::(\d+))?$/.exec(device);
  if (match === null) return;
  const verdict = probeDevice(Number(match[1] ?? 0));
  if (!verdict.usable) throw deviceError(`device: '${device}'`, verdict);
}
