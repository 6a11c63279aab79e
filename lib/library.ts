// Settings and facts of the library as a whole.

import os from 'node:os';
import { types } from 'node:util';
import { ParameterError } from './errors.js';
import { encodeJson, parseJson } from './native/json.js';
import { type LogHandler, setLogHandler } from './native/log.js';
import { chooseLibrary, native } from './native/native.js';
import { describeValue } from './options.js';
import { didYouMean } from './suggest.js';

export type { LogHandler, LogLevel } from './native/log.js';

/** Settings that hold for all boosters of a thread (a worker has its own). */
export interface GlobalConfig {
  /** 0 silent, 1 warnings (default), 2 information, 3 debugging. */
  verbosity?: 0 | 1 | 2 | 3;
  /** Threads for work that no booster's `nthread` governs; 0: all processors, once it was set read back as their number. */
  nthread?: number;
  /** Take GPU memory from the RAPIDS memory manager; needs a build with it. */
  use_rmm?: boolean;
  /** Take GPU memory from CUDA's asynchronous pool. */
  use_cuda_async_pool?: boolean;
}

const SETTINGS = ['verbosity', 'nthread', 'use_rmm', 'use_cuda_async_pool'] as const;

/** What libxgboost says of itself: version, build flags, and where it was found. */
export interface BuildInfo {
  /** For example `3.4.1`. */
  readonly version: string;
  /** Absolute path of the library in use. */
  readonly path: string;
  /** Whether it was compiled with CUDA. */
  readonly cuda: boolean;
  /** The CUDA version it was compiled with, or undefined. */
  readonly cudaVersion: string | undefined;
  /** libxgboost's own build flags, names as it writes them. */
  readonly flags: Readonly<Record<string, unknown>>;
}

/**
 * Facts about the libxgboost in use. Loads it.
 *
 * @throws LibraryError when it cannot be found or loaded
 * @example
 * buildInfo().version; // '3.4.1'
 */
export function buildInfo(): BuildInfo {
  const flags = parseJson(native.sync.XGBuildInfo()) as Record<string, unknown>;
  const cuda = flags.USE_CUDA === true;
  const version = flags.CUDA_VERSION;
  return {
    version: native.sync.XGBoostVersion().join('.'),
    path: native.library.path,
    cuda,
    cudaVersion: cuda && Array.isArray(version) ? version.join('.') : undefined,
    flags,
  };
}

/**
 * Receives libxgboost's log lines of this thread's boosters; `null` restores the default, which writes warnings and
 * errors to stderr. How much is logged is `setConfig({ verbosity })`. Lines of one asynchronous call arrive before it
 * settles.
 *
 * @example
 * onLog((level, message) => logger.info({ level }, message));
 */
export function onLog(listener: LogHandler | null): void {
  if (listener !== null && typeof listener !== 'function') {
    throw new TypeError(`onLog(): expected a function or null, received ${describeValue(listener)}`);
  }
  setLogHandler(listener);
}

function checkConfig(config: unknown): asserts config is GlobalConfig {
  if (typeof config !== 'object' || config === null) {
    throw new TypeError(`setConfig(): expected an object, received ${describeValue(config)}`);
  }
  for (const [name, value] of Object.entries(config)) {
    if (!SETTINGS.some((known) => known === name)) {
      const hint = didYouMean(name, SETTINGS) ?? `known settings: ${SETTINGS.join(', ')}`;
      throw new ParameterError(`setConfig(): unknown setting '${name}'`, { hint });
    }
    const expected = name.startsWith('use_')
      ? typeof value === 'boolean' || 'true or false'
      : name === 'verbosity'
        ? [0, 1, 2, 3].includes(value) || '0, 1, 2 or 3'
        : (Number.isInteger(value) && value >= 0) || 'a whole number, 0 or more';
    if (expected !== true) {
      throw new ParameterError(
        `setConfig(): expected ${name} to be ${expected}, received ${describeValue(value)}`,
      );
    }
  }
}

/** The global settings of this thread. */
export function getConfig(): GlobalConfig {
  return { ...(parseJson(native.sync.XGBGetGlobalConfig()) as GlobalConfig) };
}

/**
 * Changes global settings of this thread, on all native threads that work for it from their next call on.
 *
 * @throws ParameterError for an unknown name or a value out of range
 */
export function setConfig(config: GlobalConfig): void {
  checkConfig(config);
  const before = getConfig();
  const wanted = { ...before, ...config };
  // libxgboost takes no notice of 0, so that a number would stay for good.
  const all = wanted.nthread === 0 && before.nthread !== 0 ? { nthread: os.availableParallelism() } : {};
  native.setGlobalConfig(encodeJson({ ...wanted, ...all }));
}

/**
 * Runs `work` with changed settings and restores the old ones after it, also when it throws or rejects.
 *
 * @example
 * const booster = await withConfig({ verbosity: 0 }, () => train(params, dtrain));
 */
export function withConfig<T>(config: GlobalConfig, work: () => T): T {
  const before = getConfig();
  setConfig(config);
  const restore = (): void => setConfig(before);
  let result: T;
  try {
    result = work();
  } catch (error) {
    restore();
    throw error;
  }
  if (types.isPromise(result)) return result.finally(restore) as T;
  restore();
  return result;
}

/**
 * Chooses the libxgboost file of this process. Call before first use.
 *
 * @param path absolute path of a libxgboost 3.4.x
 * @throws LibraryError when there is no such file, it is another version, or another library is already in use
 */
export function useLibrary(path: string): void {
  if (typeof path !== 'string')
    throw new TypeError(`useLibrary(): expected a path, received ${describeValue(path)}`);
  chooseLibrary(path);
}
