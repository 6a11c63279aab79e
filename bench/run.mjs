// npm run bench [-- NAME…]: measures this package against its peers and prints the table.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareData } from './data.mjs';
import { measure } from './harness.mjs';
import { oracle } from './oracle.mjs';
import { machine, summary, tableOf } from './report.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = join(here, 'operations');
const known = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -'.mjs'.length));

/** The operations to run: those named, or all. */
function chosen(names) {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`no such benchmark: ${unknown.join(', ')}; there are ${known.join(', ')}`);
  return names.length > 0 ? names : known;
}

async function main() {
  const names = chosen(process.argv.slice(2));
  const python = oracle();
  await prepareData();
  const facts = machine(python);
  for (const [name, fact] of Object.entries(facts)) console.log(`${name.padEnd(10)} ${fact}`);
  const rows = [];
  for (const name of names) {
    const file = join(folder, `${name}.mjs`);
    const operation = await import(file);
    console.error(`${operation.title} …`);
    rows.push(summary(name, operation, await measure(file, operation, python)));
  }
  console.log(`\n${tableOf(rows)}`);
  mkdirSync(join(here, 'results'), { recursive: true });
  writeFileSync(
    join(here, 'results', `${facts.date}.json`),
    `${JSON.stringify({ ...facts, rows }, null, 2)}\n`,
  );
}

main().catch((error) => {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
});
