// Decides from facts whether a GPU can be used, and says in words why not. Asks nobody: the facts are given.

/** What the build of libxgboost says about itself. */
export interface BuildFacts {
  readonly cuda: boolean;
  /** Version of CUDA it was built with, `[13, 3]`; undefined when it does not say. */
  readonly cudaVersion: readonly [major: number, minor: number] | undefined;
  /** The line that installs a build with CUDA. */
  readonly installLine?: string | undefined;
}

export interface GpuFacts {
  readonly name: string;
  /** Compute capability. */
  readonly major: number;
  readonly minor: number;
}

/** What the NVIDIA driver of this machine says. */
export interface DriverFacts {
  /** Newest CUDA version it can run, 13000 for 13.0; undefined: there is no driver. */
  readonly version: number | undefined;
  /** Why it lists no devices. */
  readonly error: string | undefined;
  /** In the order of their ordinals. */
  readonly gpus: readonly GpuFacts[];
  /** The environment variable CUDA_VISIBLE_DEVICES, if it is set. */
  readonly visible: string | undefined;
  /** The kind of container this process runs in, if it does. */
  readonly container: string | undefined;
}

/** `usable` without a reason, or the reason why not, with the remedy where there is one. */
export interface Verdict {
  readonly usable: boolean;
  /** Completes "... cannot be used: ". */
  readonly reason?: string;
  readonly hint?: string;
}

const NEEDED_BY_CUDA_13 = [7, 5] as const;
const NEEDED_BEFORE = [5, 0] as const;
/** The first release of the driver that runs programs of a CUDA version. */
const DRIVERS: Readonly<Record<number, string>> = { 12: 'R525', 13: 'R580' };

function no(reason: string, hint?: string): Verdict {
  return hint === undefined ? { usable: false, reason } : { usable: false, reason, hint };
}

/** 13000 as `13.0`. */
export function versionText(version: number): string {
  return `${Math.floor(version / 1000)}.${Math.floor((version % 1000) / 10)}`;
}

/** `NVIDIA driver, R580 or later` */
function driverText(major: number | undefined): string {
  const first = DRIVERS[major ?? 0];
  return first === undefined ? 'NVIDIA driver' : `NVIDIA driver, ${first} or later`;
}

const passIn = (container: string): string =>
  `inside ${container}, pass the GPU in, as \`docker run --gpus all\` does with the NVIDIA Container Toolkit`;

function judgeDriver(major: number | undefined, driver: DriverFacts): Verdict | undefined {
  const { version, error, container } = driver;
  if (version === undefined) {
    const fix = container === undefined ? `install the ${driverText(major)}` : passIn(container);
    return no(error ?? 'no NVIDIA driver is installed', fix);
  }
  if (major !== undefined && version < major * 1000) {
    const has = `the NVIDIA driver supports CUDA ${versionText(version)}`;
    return no(`${has}, this libxgboost needs ${major}.0`, `update the ${driverText(major)}`);
  }
  return undefined;
}

function judgeCount({ gpus, error, visible, container }: DriverFacts, ordinal: number): Verdict | undefined {
  const hidden = visible === undefined ? undefined : `CUDA_VISIBLE_DEVICES is '${visible}'`;
  if (gpus.length === 0) {
    const reason = error ?? 'the driver lists no GPU';
    if (hidden === undefined) return no(reason, container === undefined ? undefined : passIn(container));
    return no(`${reason}; ${hidden}`, 'set CUDA_VISIBLE_DEVICES before the process starts, or leave it out');
  }
  if (ordinal < gpus.length) return undefined;
  const count =
    gpus.length === 1 ? 'there is one GPU, its ordinal is 0' : `GPUs are numbered 0 to ${gpus.length - 1}`;
  return no(hidden === undefined ? count : `${count}; ${hidden}`, `choose an ordinal below ${gpus.length}`);
}

function judgeCapability(major: number | undefined, gpu: GpuFacts, ordinal: number): Verdict | undefined {
  const [most, least] = major === undefined || major >= 13 ? NEEDED_BY_CUDA_13 : NEEDED_BEFORE;
  if (gpu.major > most || (gpu.major === most && gpu.minor >= least)) return undefined;
  const has = `GPU ${ordinal} (${gpu.name}) has compute capability ${gpu.major}.${gpu.minor}`;
  const other = 'XGBOOST_GPU_LIBRARY takes a libxgboost 3.4 built with CUDA 12, which knows older GPUs';
  return no(`${has}, this libxgboost needs ${most}.${least}`, most === 7 ? other : undefined);
}

/**
 * Whether GPU `ordinal` can train and predict.
 *
 * @example
 * judgeDevice({ cuda: false, cudaVersion: undefined }, driver, 0).reason; // 'this libxgboost was built without CUDA'
 */
export function judgeDevice(build: BuildFacts, driver: DriverFacts, ordinal: number): Verdict {
  if (!build.cuda) {
    const line = build.installLine;
    const fix = line === undefined ? 'XGBoost has none with CUDA for this platform' : `run: ${line}`;
    return no('this libxgboost was built without CUDA', fix);
  }
  const major = build.cudaVersion?.[0];
  const missing = judgeDriver(major, driver) ?? judgeCount(driver, ordinal);
  if (missing !== undefined) return missing;
  const gpu = driver.gpus[ordinal];
  return (gpu === undefined ? undefined : judgeCapability(major, gpu, ordinal)) ?? { usable: true };
}
