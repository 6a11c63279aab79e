// Writes docs/parameters.md from lib/params/, the one place that knows parameters. `--check` only compares.
import { commentsOf, importTypeScript, markdownTable, writePage } from './shared/page.mjs';
import { main } from './shared/run.mjs';

const INT32_MAX = 2 ** 31 - 1;

function range({ min, max, above, below }) {
  const low = above ?? min;
  const high = below ?? (max >= INT32_MAX ? undefined : max);
  if (low === undefined && high === undefined) return '';
  if (high === undefined) return above === undefined ? ` >= ${low}` : ` > ${low}`;
  return ` in ${above === undefined ? '[' : '('}${low}, ${high}${below === undefined ? ']' : ')'}`;
}

const FORMS = {
  device: '`cpu`, `cuda`, `cuda:<ordinal>`',
  updater: 'names with commas between them',
  metrics: 'a metric or a list',
  monotone: 'a list, an object by name, or text',
  interactions: 'a list of groups, or text',
};

function values(spec) {
  if (spec.kind === 'choice')
    return spec.values.length > 8 ? 'a name below' : spec.values.map((v) => `\`${v}\``).join(', ');
  if (spec.kind === 'switch') return 'true or false';
  if (spec.kind === 'long') return 'integer of 64 bits';
  if (spec.kind === 'integer') return `integer${range(spec)}`;
  if (spec.kind === 'reals') return `number${range(spec)}, or a list${spec.ascending ? ', ascending' : ''}`;
  return FORMS[spec.kind] ?? `number${range(spec)}`;
}

function section(title, path, name, table) {
  const rows = [...commentsOf(path, name)].flatMap(([parameter, about]) => {
    const spec = table[parameter];
    if (spec.kind === 'alias') return [];
    const others = Object.keys(table).filter(
      (other) => table[other].kind === 'alias' && table[other].of === parameter,
    );
    const names = [parameter, ...others].map((text) => `\`${text}\``).join(', ');
    return [[names, values(spec), spec.default === undefined ? '–' : `\`${spec.default}\``, about]];
  });
  return `### ${title}\n\n${markdownTable(['Parameter', 'Values', 'Default', 'Meaning'], rows)}`;
}

const metricForm = ({ name, alone, number }) => {
  const forms = alone ? [name] : [];
  if (number === 'position') forms.push(`${name}@n`, `${name}-`, `${name}@n-`);
  if (number === 'threshold') forms.push(`${name}@t`);
  return forms.map((text) => `\`${text}\``).join(', ');
};

await main(async () => {
  const { GENERAL } = await importTypeScript('lib/params/general.ts');
  const { TREE, LINEAR } = await importTypeScript('lib/params/tree.ts');
  const { LEARNING } = await importTypeScript('lib/params/learning.ts');
  const { OBJECTIVE_FACTS } = await importTypeScript('lib/params/objectives.ts');
  const { METRIC_FACTS } = await importTypeScript('lib/params/names.ts');
  const parts = {
    parameters: [
      section('Of every booster', 'lib/params/general.ts', 'GENERAL', GENERAL),
      section('Of the task', 'lib/params/learning.ts', 'LEARNING', LEARNING),
      section('Of trees', 'lib/params/tree.ts', 'TREE', TREE),
      section('Of the linear booster alone', 'lib/params/tree.ts', 'LINEAR', LINEAR),
    ].join('\n\n'),
    objectives: markdownTable(
      ['Objective', 'Minimises', 'Labels', 'Predicts', 'Default metric', 'Own parameters'],
      OBJECTIVE_FACTS.map(({ name, learns, labels, predicts, metric, parameters }) => {
        const own = parameters.map((text) => `\`${text}\``).join(', ') || '–';
        return [`\`${name}\``, learns, labels, predicts, `\`${metric}\``, own];
      }),
    ),
    metrics: markdownTable(
      ['Metric', 'Measures'],
      METRIC_FACTS.map((fact) => [metricForm(fact), fact.measures]),
    ),
  };
  writePage('docs/parameters.md', parts, {
    check: process.argv.includes('--check'),
    command: 'npm run parameters',
  });
});
