// `npm run faults`: every fault through the public API, each in a process of its own; prints a table of outcomes.
// `npm run faults -- labels` runs one file of cases; `--markdown` prints the table for docs/reliability.md.
import { allCases, runCases } from './support/runner.mjs';

const args = process.argv.slice(2);
const wanted = args.filter((arg) => !arg.startsWith('--'));
const cases = (await allCases()).filter(
  ({ file }) => wanted.length === 0 || wanted.includes(file.slice(0, -4)),
);
const onDone = ({ fault, name, wrong }) => {
  if (wrong !== undefined) process.stderr.write(`${fault} / ${name}: ${wrong}\n`);
};
const results = await runCases(cases, { onDone });

function outcome({ wrong, ended }) {
  if (wrong !== undefined) return /^(death|hang)/.exec(wrong)?.[0] ?? 'wrong';
  return ended.startsWith('value') ? 'works' : 'refused';
}

const counts = new Map();
for (const result of results) {
  const row = counts.get(result.fault) ?? { cases: 0, refused: 0, works: 0, wrong: 0, death: 0, hang: 0 };
  row.cases++;
  row[outcome(result)]++;
  counts.set(result.fault, row);
}
const total = { cases: 0, refused: 0, works: 0, wrong: 0, death: 0, hang: 0 };
for (const row of counts.values()) for (const key of Object.keys(total)) total[key] += row[key];

const head = ['fault', 'cases', 'clear error', 'works', 'wrong', 'death', 'hang'];
const line = (name, row) => [name, ...Object.values(row).map(String)];
const lines = [...[...counts].map(([name, row]) => line(name, row)), line('all', total)];
if (args.includes('--markdown')) {
  for (const cells of [head, head.map(() => '---'), ...lines]) console.log(`| ${cells.join(' | ')} |`);
} else {
  for (const [name, ...cells] of [head, ...lines])
    console.log(name.padEnd(64), cells.map((cell) => cell.padStart(11)).join(''));
}
if (total.wrong + total.death + total.hang > 0) process.exitCode = 1;
