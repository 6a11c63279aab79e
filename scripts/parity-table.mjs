// Writes the generated parts of test/parity/tables.md: the table of features (test/parity/table.ts), the cases
// (test/parity/suites.ts) and upstream's own tests (test/upstream/list.ts). `--check` only compares.
import { importTypeScript, markdownTable, writePage } from './shared/page.mjs';
import { main } from './shared/run.mjs';

const SIGNS = { yes: '✓', no: '–' };
const has = (value) => SIGNS[value] ?? value.replace('partly: ', 'partly, ');

/** What is here, or why it is not and what to use instead. */
function here(row) {
  return row.leftOut === undefined ? row.here : `left out: ${row.leftOut}. Instead: ${row.here}`;
}

function proof(row) {
  const names = row.proof.flatMap((entry) => ('case' in entry ? [`\`${entry.case}\``] : []));
  const tests = row.proof.flatMap((entry) =>
    'test' in entry ? [`${entry.file.slice('test/'.length)} › ${entry.test}`] : [],
  );
  const cases = names.length === 0 ? [] : [`${names.length === 1 ? 'case' : 'cases'} ${names.join(' ')}`];
  return [...cases, ...tests].join('; ');
}

function features(table) {
  const head = ['Feature', 'Python', 'R', 'Here', 'Proof'];
  const sections = table.map(({ title, rows }) => {
    const cells = rows.map((row) => [row.feature, has(row.python), has(row.r), here(row), proof(row)]);
    return `### ${title}\n\n${markdownTable(head, cells)}`;
  });
  return sections.join('\n\n');
}

function caseList({ title, cases }) {
  const rows = cases.map(({ name, about }) => [`\`${name}\``, about]);
  return `### ${title}: ${cases.length}\n\n${markdownTable(['Case', 'What it is there for'], rows)}`;
}

await main(async () => {
  const { table } = await importTypeScript('test/parity/table.ts');
  const { suites, caseNames } = await importTypeScript('test/parity/suites.ts');
  const { upstream } = await importTypeScript('test/upstream/list.ts');
  const counted = upstream.reduce((sum, { behaviours }) => sum + behaviours, 0);
  const list = upstream.map(({ file, here, behaviours, leftOut }) => [
    `\`${file}\``,
    here === undefined ? '–' : `\`${here}\``,
    String(behaviours),
    leftOut,
  ]);
  const parts = {
    features: features(table),
    cases: `${caseNames.length} cases.\n\n${suites.map(caseList).join('\n\n')}`,
    upstream: `${counted} behaviours:\n\n${markdownTable(
      ['Tests of the Python package', 'Ours', 'Behaviours', 'Left out, and why'],
      list,
    )}`,
  };
  writePage('test/parity/tables.md', parts, {
    check: process.argv.includes('--check'),
    command: 'npm run parity-table',
  });
});
