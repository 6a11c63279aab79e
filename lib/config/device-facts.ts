// Asks libxgboost what it was built with, and the driver which GPUs there are.
import * as v from 'valibot';
import { parseJson } from '../native/json.js';
import { native } from '../native/native.js';
import type { BuildFacts, DriverFacts } from './judge-device.js';

const Build = v.object({
  USE_CUDA: v.optional(v.boolean(), false),
  CUDA_VERSION: v.optional(v.looseTuple([v.number(), v.number()])),
});

const Driver = v.object({
  driver: v.nullable(v.number()),
  error: v.nullable(v.string()),
  devices: v.array(v.object({ name: v.string(), major: v.number(), minor: v.number() })),
});

/** Reads `XGBuildInfo`. */
export function readBuild(text: string): BuildFacts {
  const { USE_CUDA: cuda, CUDA_VERSION: version } = v.parse(Build, parseJson(text));
  return { cuda, cudaVersion: version === undefined ? undefined : [version[0], version[1]] };
}

/** Reads the answer of the driver. */
export function readDriver(text: string, visible: string | undefined): DriverFacts {
  const { driver, error, devices } = v.parse(Driver, parseJson(text));
  return { version: driver ?? undefined, error: error ?? undefined, gpus: devices, visible };
}

/** The facts of this machine. A build without CUDA is not made to ask the driver. */
export function askDevice(): { build: BuildFacts; driver: DriverFacts } {
  const build = readBuild(native.sync.XGBuildInfo());
  const visible = process.env.CUDA_VISIBLE_DEVICES;
  const nothing: DriverFacts = { version: undefined, error: undefined, gpus: [], visible };
  return { build, driver: build.cuda ? readDriver(native.sync.cudaDevices(), visible) : nothing };
}
