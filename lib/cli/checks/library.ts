// libxgboost: which candidates there are, which one is used, whether it is one of the pinned builds.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { type BuildInfo, buildInfo } from '../../library.js';
import { type Candidate, candidatesFor, packagesPresent, pathFrom } from '../../native/library-packages.js';
import { pathInClone } from '../../native/locate.js';
import type { Machine } from '../../native/machine.js';
import { native } from '../../native/native.js';
import { isClone, readLock } from '../../native/package.js';
import { type Check, withoutDoctor } from './check.js';

export interface LibraryReport {
  readonly checks: readonly Check[];
  /** Undefined when none can be loaded. */
  readonly info?: BuildInfo;
}

/** One line for a file that could be used. */
function candidateCheck(name: string, path: string | undefined, used: string | undefined): Check {
  if (path === undefined) return { name, state: 'note', detail: 'not installed' };
  if (!existsSync(path)) return { name, state: 'failed', detail: `incomplete: there is no file ${path}` };
  return path === used
    ? { name, state: 'ok', detail: `used: ${path}` }
    : { name, state: 'note', detail: `there, not used: ${path}` };
}

function cloneChecks(candidates: readonly Candidate[], used: string | undefined): Check[] {
  if (!isClone()) return [];
  return candidates
    .map((candidate) => ({ candidate, path: pathInClone(candidate) }))
    .filter(({ path }) => existsSync(path))
    .map(({ candidate, path }) => candidateCheck(`clone ${candidate.name}`, path, used));
}

/** All files that were looked at, in the order in which they are. */
function candidateChecks({ platform, arch }: Machine, used: string | undefined): Check[] {
  const given = process.env.XGBOOST_GPU_LIBRARY;
  const candidates = candidatesFor(`${platform}-${arch}`);
  const ours = candidates.map((candidate) => candidate.package);
  const others = packagesPresent().filter((name) => !ours.includes(`@xgboost-gpu/${name}`));
  const shown = (check: Check): boolean => check.detail !== 'not installed' || used === undefined;
  return [
    ...(given === undefined || given === '' ? [] : [candidateCheck('XGBOOST_GPU_LIBRARY', given, used)]),
    ...candidates
      .map((candidate) => candidateCheck(candidate.package, pathFrom(candidate.package), used))
      .filter(shown),
    ...cloneChecks(candidates, used),
    ...others.map((name): Check => ({ name, state: 'note', detail: 'installed, but for another system' })),
  ];
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

export async function libraryReport(machine: Machine): Promise<LibraryReport> {
  try {
    const info = buildInfo();
    const detail = `libxgboost ${info.version} (${native.library.source})`;
    const library: Check = { name: 'library', state: 'ok', detail };
    const candidates = candidateChecks(machine, info.path);
    return { checks: [...candidates, library, await checksumCheck(info.path), buildCheck(info)], info };
  } catch (error) {
    const library: Check = { name: 'library', state: 'failed', detail: withoutDoctor(error) };
    return { checks: [...candidateChecks(machine, undefined), library] };
  }
}
