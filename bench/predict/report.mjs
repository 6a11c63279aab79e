// Tables and the picture of bench:predict. Times are nanoseconds per row; ratios are those of libxgboost's C API.
const number = (value) =>
  value >= 10_000
    ? `${(value / 1000).toFixed(0)}k`
    : value >= 1000
      ? `${(value / 1000).toFixed(2)}k`
      : value.toFixed(value < 10 ? 1 : 0);

function markdown(header, rows) {
  const all = [header, ...rows];
  const widths = header.map((_, i) => Math.max(3, ...all.map((row) => row[i].length)));
  const lines = all.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`);
  lines.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  return lines.join('\n');
}

const unique = (rows, key) => [...new Set(rows.map((row) => row[key]))];

/** One table per model and thread count: competitors × batches, each `p50 (p99) ratio×`. */
function table({ rows, titles }, model, threads) {
  const here = rows.filter((row) => row.model === model && row.threads === threads);
  const batches = unique(here, 'batch');
  const at = (name, batch) => here.find((row) => row.name === name && row.batch === batch);
  const cell = (name, batch) => {
    const sample = at(name, batch);
    if (sample === undefined) return '–';
    const base = at('capi', batch);
    const ratio =
      base === undefined ? '' : ` ${(base.p50 / sample.p50).toFixed(base.p50 < 10 * sample.p50 ? 1 : 0)}×`;
    return `${number(sample.p50)} (${number(sample.p99)})${ratio}`;
  };
  const lines = unique(here, 'name').map((name) => [
    titles[name],
    ...batches.map((batch) => cell(name, batch)),
  ]);
  return `**${model}**, ${threads} ${threads === 1 ? 'thread' : 'threads'}\n\n${markdown(['ns per row: p50 (p99)', ...batches.map((batch) => `batch ${batch}`)], lines)}`;
}

/** libxgboost's time / ours over the grid, and whether we are slower anywhere. */
function gridTable({ rows }) {
  const batches = unique(rows, 'batch');
  const ratio = (model, batch) => {
    const time = (name) =>
      rows.find((row) => row.model === model && row.batch === batch && row.name === name)?.p50;
    return time('capi') / time('compiled');
  };
  const models = unique(rows, 'model');
  const lines = models.map((model) => [
    model,
    ...batches.map((batch) => `${ratio(model, batch).toFixed(1)}×`),
  ]);
  const least = models
    .flatMap((model) => batches.map((batch) => ({ model, batch, ratio: ratio(model, batch) })))
    .sort((a, b) => a.ratio - b.ratio)[0];
  const closing = `Least: ${least.ratio.toFixed(2)}× (${least.model}, batch ${least.batch}).`;
  return `${markdown(['libxgboost / CompiledForest', ...batches.map((batch) => `batch ${batch}`)], lines)}\n\n${closing}`;
}

export function tables(result) {
  const { date, cpu, node, libxgboost, load, suite, rows, refusals, checks } = result;
  const head = `${date}, ${cpu}, Node ${node}, libxgboost ${libxgboost}, load ${load}`;
  const body =
    suite === 'grid'
      ? gridTable(result)
      : unique(rows, 'model')
          .flatMap((model) => unique(rows, 'threads').map((threads) => table(result, model, threads)))
          .join('\n\n');
  const refused = refusals.map(
    ({ name, model, threads, why }) => `- ${name}, ${model}, ${threads} threads: ${why}`,
  );
  const compared = unique(checks, 'name').map((name) => {
    const results = checks
      .filter((check) => check.name === name)
      .map(({ result: text }) => text.replace(/ \(.*/, ''));
    return `- ${name}: ${[...new Set(results)].join(', ')} on ${results.length} models`;
  });
  return [
    head,
    body,
    `Outputs beside libxgboost's:\n${compared.join('\n')}`,
    refused.length > 0 ? `Left out:\n${refused.join('\n')}` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const COLORS = ['#0b7285', '#adb5bd', '#868e96', '#f08c00', '#e03131', '#5f3dc4', '#2f9e44', '#c2255c'];

/** Bars on a logarithmic scale, a group per batch size, for the first model on one thread. */
export function drawing({ rows, titles, cpu, date }) {
  const [model] = unique(rows, 'model');
  const here = rows.filter((row) => row.model === model && row.threads === 1);
  const batches = unique(here, 'batch');
  const names = unique(here, 'name');
  const bar = 15;
  const left = 250;
  const width = 420;
  const most = Math.log10(Math.max(...here.map(({ p50 }) => p50)));
  let y = 46;
  const parts = [];
  for (const batch of batches) {
    parts.push(
      `<text x="12" y="${y + 11}" font-weight="600">${batch === 1 ? 'one row' : `${batch.toLocaleString('en')} rows`}</text>`,
    );
    y += 18;
    names.forEach((name, i) => {
      const sample = here.find((row) => row.name === name && row.batch === batch);
      if (sample === undefined) return;
      const length = (Math.max(0, Math.log10(sample.p50)) / most) * width;
      parts.push(`<text x="${left - 8}" y="${y + 11}" text-anchor="end">${titles[name]}</text>`);
      parts.push(
        `<rect x="${left}" y="${y}" width="${length.toFixed(1)}" height="${bar - 3}" fill="${COLORS[i % COLORS.length]}"/>`,
      );
      parts.push(`<text x="${(left + length + 6).toFixed(1)}" y="${y + 11}">${number(sample.p50)} ns</text>`);
      y += bar;
    });
    y += 12;
  }
  const [trees, depth, features] = model.match(/\d+/g);
  const title = `Time per row: ${trees} trees of depth ${depth}, ${features} features, one thread (logarithmic)`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 ${y + 20}" font-family="system-ui, sans-serif" font-size="11" fill="#212529">
<rect width="100%" height="100%" fill="#fff"/>
<text x="12" y="24" font-size="15" font-weight="600">${title}</text>
${parts.join('\n')}
<text x="12" y="${y + 8}" fill="#868e96">${date}, ${cpu}; median of samples, smallest of the turns</text>
</svg>
`;
}
