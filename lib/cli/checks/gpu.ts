// The driver and its GPUs, each against what the build of libxgboost needs.
import { existsSync, readFileSync } from 'node:fs';
import { askDevice, type Gpu } from '../../config/device-facts.js';
import { type BuildFacts, type DriverFacts, judgeDevice, versionText } from '../../config/judge-device.js';
import type { Check } from './check.js';

/** Where the kernel module of Linux tells its release. */
const MODULE = '/proc/driver/nvidia/version';

/** `580.95`, which the driver's own interface does not tell. */
function release(): string {
  const text = existsSync(MODULE) ? readFileSync(MODULE, 'utf8') : '';
  const [, version] = /Kernel Module\D*([\d.]+)/.exec(text) ?? [];
  return version === undefined ? '' : `${version}, `;
}

function driverCheck({ version, error, gpus, visible }: DriverFacts, problem: string | undefined): Check {
  const found =
    version === undefined ? 'no NVIDIA driver' : `${release()}supports CUDA ${versionText(version)}`;
  // A machine without a GPU is whole; a GPU that is there and cannot be used is not.
  const broken = gpus.length > 0 && problem !== undefined;
  const details = [
    found,
    ...(version === undefined || error === undefined ? [] : [error]),
    ...(visible === undefined ? [] : [`CUDA_VISIBLE_DEVICES is '${visible}'`]),
    ...(broken ? [problem] : []),
  ];
  const state = broken ? 'failed' : version === undefined ? 'note' : 'ok';
  return { name: 'driver', state, detail: details.join(', ') };
}

function gpuCheck(build: BuildFacts, driver: DriverFacts, gpu: Gpu, ordinal: number): Check {
  const { usable, reason } = judgeDevice(build, driver, ordinal);
  const size = `${(gpu.memory / 2 ** 30).toFixed(1)} GiB`;
  const facts = `${gpu.name}, compute capability ${gpu.major}.${gpu.minor}, ${size}`;
  return {
    name: `gpu ${ordinal}`,
    state: usable ? 'ok' : 'note',
    detail: usable ? facts : `${facts}: ${reason}`,
  };
}

/** Checks, and whether the first GPU can train. */
export function gpuReport(): { checks: Check[]; usable: boolean } {
  const { build, driver } = askDevice();
  if (!build.cuda) return { checks: [], usable: false };
  const { usable, reason, hint } = judgeDevice(build, driver, 0);
  const problem = usable ? undefined : [reason, hint].filter((part) => part !== undefined).join(': ');
  const gpus = driver.gpus.map((gpu, ordinal) => gpuCheck(build, driver, gpu, ordinal));
  return { checks: [driverCheck(driver, problem), ...gpus], usable };
}
