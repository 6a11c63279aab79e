// The checks of the doctor, one after the other; a failed one ends those that build on it.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { probeDevice } from '../config/device.js';
import { DMatrix } from '../dmatrix.js';
import { type BuildInfo, buildInfo } from '../library.js';
import { native } from '../native/native.js';
import { packageRoot, readLock } from '../native/package.js';
import { train } from '../train/train.js';

export interface Check {
  readonly name: string;
  /** `note` is a fact that limits what can be done, without being a fault. */
  readonly state: 'ok' | 'note' | 'failed';
  readonly detail: string;
}

export interface Diagnosis {
  readonly checks: readonly Check[];
  /** One line. */
  readonly verdict: string;
  readonly healthy: boolean;
}

export async function inspectMachine(): Promise<Diagnosis> {
  const checks: Check[] = [nodeCheck(), platformCheck()];
  const library = libraryCheck();
  checks.push(library.check);
  if (library.info === undefined)
    return { checks, verdict: `not ready: ${library.check.detail}`, healthy: false };
  checks.push(await checksumCheck(library.info.path), buildCheck(library.info), duckdbCheck());
  const gpus = gpuChecks(library.info);
  checks.push(...gpus.checks, await trainingCheck('cpu'));
  if (gpus.usable) checks.push(await trainingCheck('cuda'));
  return { checks, ...judge(checks, gpus.usable) };
}

function judge(checks: readonly Check[], gpu: boolean): { verdict: string; healthy: boolean } {
  const failed = checks.filter((check) => check.state === 'failed');
  if (failed.length > 0) {
    return { verdict: `not ready: ${failed.map((check) => check.name).join(', ')} failed`, healthy: false };
  }
  return { verdict: gpu ? 'ready: GPU and CPU' : 'ready: CPU only', healthy: true };
}

function nodeCheck(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const recent = major > 20 || (major === 20 && minor >= 19);
  const detail = `${process.versions.node}${recent ? '' : ', older than 20.19'}`;
  return { name: 'node', state: recent ? 'ok' : 'failed', detail };
}

const Report = v.object({ header: v.object({ glibcVersionRuntime: v.optional(v.string()) }) });

function platformCheck(): Check {
  const report = v.safeParse(Report, process.report.getReport());
  const glibc = report.success ? report.output.header.glibcVersionRuntime : undefined;
  const libc =
    process.platform === 'linux' ? (glibc === undefined ? ', no glibc (musl?)' : `, glibc ${glibc}`) : '';
  const detail = `${process.platform}-${process.arch}${libc}, ${os.availableParallelism()} cores`;
  return {
    name: 'platform',
    state: process.platform === 'linux' && glibc === undefined ? 'failed' : 'ok',
    detail,
  };
}

function libraryCheck(): { check: Check; info?: BuildInfo } {
  try {
    const info = buildInfo();
    const detail = `libxgboost ${info.version}, ${info.path} (${native.library.source})`;
    return { check: { name: 'library', state: 'ok', detail }, info };
  } catch (error) {
    return { check: { name: 'library', state: 'failed', detail: messageOf(error) } };
  }
}

async function checksumCheck(path: string): Promise<Check> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  const sum = hash.digest('hex');
  const build = Object.entries(readLock().builds).find(([, entry]) => entry.librarySha256 === sum);
  if (build !== undefined) return { name: 'checksum', state: 'ok', detail: `the pinned ${build[0]} build` };
  return { name: 'checksum', state: 'note', detail: `not one of the pinned builds: sha256 ${sum}` };
}

function buildCheck(info: BuildInfo): Check {
  const detail = info.cuda ? `compiled with CUDA ${info.cudaVersion ?? ''}`.trim() : 'compiled without CUDA';
  return { name: 'build', state: info.cuda ? 'ok' : 'note', detail };
}

function duckdbCheck(): Check {
  try {
    createRequire(join(packageRoot(), 'package.json')).resolve('@duckdb/node-api');
    return { name: 'files', state: 'ok', detail: 'CSV, Parquet and JSON (@duckdb/node-api), Arrow' };
  } catch {
    return {
      name: 'files',
      state: 'note',
      detail: 'Arrow only; for CSV, Parquet, JSON: npm install @duckdb/node-api',
    };
  }
}

const Devices = v.object({
  driver: v.nullable(v.number()),
  error: v.nullable(v.string()),
  devices: v.array(
    v.object({
      ordinal: v.number(),
      name: v.string(),
      major: v.number(),
      minor: v.number(),
      memory: v.number(),
    }),
  ),
});

function gpuChecks(info: BuildInfo): { checks: Check[]; usable: boolean } {
  const { driver, error, devices } = v.parse(Devices, JSON.parse(native.sync.cudaDevices()));
  const version =
    driver === null
      ? 'no NVIDIA driver'
      : `CUDA ${Math.floor(driver / 1000)}.${Math.floor((driver % 1000) / 10)}`;
  const first = probeDevice(0);
  // A machine without a GPU, or a library without CUDA, is whole; a GPU that is there and cannot be used is not.
  const broken = info.cuda && devices.length > 0 && !first.usable;
  const reasons = first.usable ? [] : [first.reason, first.hint].filter((part) => part !== undefined);
  const checks: Check[] = [
    {
      name: 'driver',
      state: broken ? 'failed' : driver === null ? 'note' : 'ok',
      detail: [
        version,
        ...(driver === null || error === null ? [] : [error]),
        ...(broken ? reasons : []),
      ].join(', '),
    },
  ];
  for (const { ordinal, name, major, minor, memory } of devices) {
    const verdict = probeDevice(ordinal);
    const facts = `${name}, compute capability ${major}.${minor}, ${(memory / 2 ** 30).toFixed(1)} GiB`;
    const detail = verdict.usable ? facts : `${facts}: ${verdict.reason}`;
    checks.push({ name: `gpu ${ordinal}`, state: verdict.usable ? 'ok' : 'note', detail });
  }
  return { checks, usable: first.usable };
}

/** Trains two rounds on 256 rows and looks at the loss. */
async function trainingCheck(device: 'cpu' | 'cuda'): Promise<Check> {
  const name = device === 'cpu' ? 'cpu training' : 'gpu training';
  const started = performance.now();
  try {
    const values = Float32Array.from({ length: 512 }, (_, i) => (i * 37) % 101);
    const label = Float32Array.from({ length: 256 }, (_, row) => ((row * 74) % 101 > 50 ? 1 : 0));
    using dtrain = DMatrix.fromSync({ values, rows: 256, cols: 2 }, { label });
    const params = { objective: 'binary:logistic', eval_metric: 'error', device } as const;
    const { booster, history } = await train(params, dtrain, {
      numBoostRound: 2,
      evals: [[dtrain, 'train']],
    });
    booster.dispose();
    const error = history.train?.error?.at(-1) ?? Number.NaN;
    const learned = error < 0.05;
    const detail = `${(performance.now() - started).toFixed(0)} ms${learned ? '' : `, but an error of ${error}`}`;
    return { name, state: learned ? 'ok' : 'failed', detail };
  } catch (error) {
    return { name, state: 'failed', detail: messageOf(error) };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
