// Asks libxgboost what it was built with, and the driver which GPUs there are.
import * as v from 'valibot';
import { parseJson } from '../native/json.js';
import { candidatesFor, installLine } from '../native/library-packages.js';
import { container } from '../native/machine.js';
import { native } from '../native/native.js';
import type { BuildFacts, DriverFacts, GpuFacts } from './judge-device.js';

/** A GPU with what is not needed to judge it. */
export interface Gpu extends GpuFacts {
  /** Bytes. */
  readonly memory: number;
}

/** The driver's whole answer. */
export interface Driver extends DriverFacts {
  readonly gpus: readonly Gpu[];
}

const Build = v.object({
  USE_CUDA: v.optional(v.boolean(), false),
  CUDA_VERSION: v.optional(v.looseTuple([v.number(), v.number()])),
});

const Answer = v.object({
  driver: v.nullable(v.number()),
  error: v.nullable(v.string()),
  devices: v.array(v.object({ name: v.string(), major: v.number(), minor: v.number(), memory: v.number() })),
});

/** Reads `XGBuildInfo`. */
export function readBuild(text: string): BuildFacts {
  const { USE_CUDA: cuda, CUDA_VERSION: version } = v.parse(Build, parseJson(text));
  return { cuda, cudaVersion: version === undefined ? undefined : [version[0], version[1]] };
}

/** Reads the answer of the driver. */
export function readDriver(text: string, visible: string | undefined, inside?: string): Driver {
  const { driver, error, devices } = v.parse(Answer, parseJson(text));
  return {
    version: driver ?? undefined,
    error: error ?? undefined,
    gpus: devices,
    visible,
    container: inside,
  };
}

/** The line that installs a build with CUDA; undefined where there is none for this platform. */
function cudaInstallLine(): string | undefined {
  const candidates = candidatesFor(`${process.platform}-${process.arch}`);
  const cuda = candidates.find(({ name }) => name.endsWith('-cuda'));
  return cuda === undefined ? undefined : installLine(cuda.package);
}

/** The facts of this machine. A build without CUDA is not made to ask the driver. */
export function askDevice(): { build: BuildFacts; driver: Driver } {
  const build = readBuild(native.sync.XGBuildInfo());
  const visible = process.env.CUDA_VISIBLE_DEVICES;
  const nothing: Driver = { version: undefined, error: undefined, gpus: [], visible, container: undefined };
  return build.cuda
    ? { build, driver: readDriver(native.sync.cudaDevices(), visible, container()) }
    : { build: { ...build, installLine: cudaInstallLine() }, driver: nothing };
}
