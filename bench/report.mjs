// Turns measured values into a table and names the machine they come from.
import { spawnSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { buildInfo } from '../dist/index.js';

const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** What a reader needs to judge the figures. */
export function machine(python) {
  const code =
    'import sys,numpy,pyarrow,xgboost;print(sys.version.split()[0],xgboost.__version__,pyarrow.__version__,numpy.__version__)';
  const [version, xgboost, pyarrow, numpy] = spawnSync(python, ['-c', code])
    .stdout.toString()
    .trim()
    .split(' ');
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: `${cpus()[0].model}, ${cpus().length} cores`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${process.platform} ${release()} ${process.arch}`,
    node: process.version,
    python: `${version}, xgboost ${xgboost}, pyarrow ${pyarrow}, numpy ${numpy}`,
    libxgboost: buildInfo().version,
    load: loadavg()[0].toFixed(2),
  };
}

/** Minimum and median of each competitor, their ratios, and whether the target is met (by the median). */
export function summary(name, operation, values) {
  const [ours, theirs] = [values.xgboostGpu, values.python];
  const [best, middle] = [Math.min(...ours), median(ours)];
  const row = { name, title: operation.title, unit: operation.unit ?? 'ms', best, middle, values };
  if (theirs === undefined) return { ...row, target: `≤ ${operation.limit}`, met: middle <= operation.limit };
  const peer = { best: Math.min(...theirs), middle: median(theirs) };
  const ratio = { best: best / peer.best, middle: middle / peer.middle };
  return { ...row, peer, ratio, target: `≤ ${operation.target}`, met: ratio.middle <= operation.target };
}

const number = (value) => (value === undefined ? '–' : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0));

const HEADER = [
  'operation',
  'unit',
  'Node min',
  'median',
  'Python min',
  'median',
  'ratio min',
  'median',
  'target',
  '',
];

function cells({ title, unit, best, middle, peer, ratio, target, met }) {
  const numbers = [best, middle, peer?.best, peer?.middle, ratio?.best, ratio?.middle].map(number);
  return [title, unit, ...numbers, target, met ? 'met' : 'MISSED'];
}

/** A Markdown table, which also reads well on a terminal. */
export function tableOf(rows) {
  const all = [HEADER, ...rows.map(cells)];
  const widths = HEADER.map((_, i) => Math.max(3, ...all.map((row) => row[i].length)));
  const lines = all.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`);
  lines.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  return lines.join('\n');
}
