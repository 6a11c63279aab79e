// `npm run leaks`: 10,000 calls of each family of the public API, each family in a process of its own; prints what was
// in use after each third. Fails when the last third leaves more than the second. `npm run leaks -- --calls 3000 cv`
// runs some; `--markdown` prints the table for docs/reliability.md. Linux with glibc and g++.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { families } from './families.mjs';
import { buildLiveMemory, runFamily } from './runner.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    calls: { type: 'string', default: '10000' },
    markdown: { type: 'boolean', default: false },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'leaks-'));
const library = buildLiveMemory(folder);
if (library === undefined) throw new Error('needs Linux with glibc and g++');

const head = ['calls', 'malloc KiB', 'JavaScript KiB', 'RSS MiB', 'open files', 'threads', 'outcome'];
function print(cells, name) {
  if (options.markdown) console.log(`| ${[name, ...cells].join(' | ')} |`);
  else console.log(name.padEnd(58), cells.map((cell) => String(cell).padStart(22)).join(''));
}
print(head, 'family');
if (options.markdown)
  print(
    head.map(() => '---'),
    '---',
  );
const names = Object.keys(families).filter(
  (name) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
);
for (const name of names) {
  const { calls, thirds, wrong } = runFamily(name, Number(options.calls), library);
  const shown = (key, unit = 1) => thirds?.map((one) => Math.round(one[key] / unit)).join(', ') ?? '';
  const outcome = wrong ?? 'flat';
  print(
    [calls, shown('native'), shown('heap'), shown('rss', 1024), shown('files'), shown('threads'), outcome],
    name,
  );
  if (wrong !== undefined) process.exitCode = 1;
}
rmSync(folder, { recursive: true });
