// Node, the system, what reads files.
import os from 'node:os';
import { container, type Machine, OLDEST_GLIBC } from '../../native/machine.js';
import { requireHere } from '../../native/package.js';
import type { Check } from './check.js';

/** The package manager that started this, as it describes itself: `npm/10.8.2 node/v20.20.2 ...` */
function manager(): string {
  const [name, version] = (process.env.npm_config_user_agent ?? '').split(' ')[0]?.split('/') ?? [];
  return name === undefined || version === undefined ? '' : `, ${name} ${version}`;
}

/** What runs this, when it only behaves like Node. */
function runtime(): string {
  const { bun, deno, electron } = process.versions;
  const other = { Bun: bun, Deno: deno, Electron: electron };
  return Object.entries(other)
    .filter(([, version]) => version !== undefined)
    .map(([name, version]) => `, ${name} ${version}`)
    .join('');
}

export function nodeCheck(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const recent = major > 20 || (major === 20 && minor >= 19);
  const limit = !recent ? ', older than 20.19: install the current LTS release' : '';
  const detail = `${process.versions.node}${runtime()}${manager()}${limit}`;
  return { name: 'node', state: recent ? 'ok' : 'failed', detail };
}

/** Whether version `a` is older than `b`. */
function older(a: string, b: string): boolean {
  const [[major = 0, minor = 0], [least = 0, smallest = 0]] = [a, b].map((text) =>
    text.split('.').map(Number),
  ) as [number[], number[]];
  return major < least || (major === least && minor < smallest);
}

function libcText({ libc, glibc }: Machine): string {
  if (libc === undefined) return '';
  return glibc === undefined
    ? ', musl: only xgboost-gpu/predict works'
    : `, glibc ${glibc}${older(glibc, OLDEST_GLIBC) ? `, older than ${OLDEST_GLIBC}` : ''}`;
}

export function platformCheck(machine: Machine): Check {
  const cores = os.availableParallelism?.() ?? os.cpus().length;
  const inside = container();
  const detail =
    `${machine.platform}-${machine.arch}${libcText(machine)}, ${os.type()} ${os.release()}, ${cores} cores, ` +
    `${(os.totalmem() / 2 ** 30).toFixed(1)} GiB${inside === undefined ? '' : `, inside ${inside}`}` +
    `${machine.rosetta ? ', an x64 Node on an Apple processor: the arm64 Node is faster' : ''}`;
  const bad = machine.libc === 'musl' || (machine.glibc !== undefined && older(machine.glibc, OLDEST_GLIBC));
  return { name: 'platform', state: bad ? 'failed' : 'ok', detail };
}

export function filesCheck(): Check {
  try {
    requireHere().resolve('@duckdb/node-api');
    return { name: 'files', state: 'ok', detail: 'CSV, Parquet and JSON (@duckdb/node-api), Arrow' };
  } catch {
    const detail = 'Arrow only; for CSV, Parquet, JSON: npm install @duckdb/node-api';
    return { name: 'files', state: 'note', detail };
  }
}
