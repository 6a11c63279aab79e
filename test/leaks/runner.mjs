// Runs a family of calls in a process of its own, a third of the calls after the other, and judges what they left behind.
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * What the last third may leave beyond the second, in KiB. V8, Node and libxgboost take memory for the whole process in
 * pieces of up to 128 KiB, at moments of their own. 256 KiB are 79 bytes of each of 3,333 calls; the smallest matrix
 * has 7,400, so one call out of ninety that kept one would be seen.
 */
export const BOUND_KIB = { native: 256, heap: 256 };

/** Compiles the library into `folder`; undefined where that cannot be done. */
export function buildLiveMemory(folder) {
  if (process.platform !== 'linux') return undefined;
  const library = join(folder, 'live-memory.so');
  const flags = ['-std=c++17', '-O1', '-fPIC', '-shared'];
  try {
    execFileSync('g++', [...flags, here('live-memory.cc'), '-o', library, '-ldl'], { stdio: 'ignore' });
    return library;
  } catch {
    return undefined;
  }
}

/** Answers `{ calls, thirds: [{ native, heap, rss, files, threads }], growth, wrong }`; all memory in KiB. */
export function runFamily(name, calls, library) {
  const env = {
    ...process.env,
    LD_PRELOAD: library,
    // What a thread keeps for its next malloc would count as given out.
    GLIBC_TUNABLES: 'glibc.malloc.tcache_count=0',
    MALLOC_ARENA_MAX: '1',
  };
  const args = ['--expose-gc', '--no-opt', here('child.mjs'), name, String(calls)];
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  if (status !== 0) return { calls, wrong: `${signal ?? `exit ${status}`}: ${stderr.slice(-2000)}` };
  const thirds = JSON.parse(stdout);
  const [, second, last] = thirds;
  const growth = Object.fromEntries(Object.keys(last).map((key) => [key, last[key] - second[key]]));
  const leaks = Object.entries(BOUND_KIB).filter(([key, bound]) => growth[key] > bound);
  if (growth.files > 0) leaks.push(['files']);
  return {
    calls,
    thirds,
    growth,
    wrong: leaks.length > 0 ? `grows: ${leaks.map(([key]) => key).join(', ')}` : undefined,
  };
}
