// npm run bench:predict [-- SUITE] [--turns N] [--milliseconds N] [--models NAME,…]: prediction against all peers.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildInfo } from '../../dist/index.js';
import { oracle } from '../oracle.mjs';
import { machine } from '../report.mjs';
import { competitors } from './competitors.mjs';
import { folder, suites } from './grid.mjs';
import { prepareModels } from './models.mjs';
import { Process } from './process.mjs';
import { drawing, tables } from './report.mjs';
import { buildCapi, installPackages, installPython } from './tools.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    turns: { type: 'string', default: '5' },
    milliseconds: { type: 'string', default: '150' },
    models: { type: 'string' },
    draw: { type: 'string' },
  },
});

function suite() {
  const name = positionals[0] ?? 'quoted';
  const found = suites[name];
  if (found === undefined) throw new Error(`no suite '${name}'; there are ${Object.keys(suites).join(', ')}`);
  const wanted = options.models?.split(',');
  return { name, ...found, models: found.models.filter((model) => wanted?.includes(model.name) ?? true) };
}

/** Ulps are not needed: outputs are equal bit for bit, or within a tolerance, or of another model. */
function compare(reference, outputs, { exact, tolerance }) {
  if (exact) return Buffer.compare(reference, outputs) === 0 ? 'same bits' : 'DIFFERENT BITS';
  if (tolerance === undefined) return 'not compared';
  const [a, b] = [reference, outputs].map(
    (bytes) => new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4),
  );
  let most = 0;
  for (let i = 0; i < b.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return `${most <= tolerance ? 'within' : 'OUTSIDE'} ${tolerance} (${most.toExponential(1)})`;
}

/** Opens a model everywhere it can be opened; the others say why not. */
async function openAll(subjects, model, threads) {
  const open = [];
  const refused = [];
  for (const subject of subjects) {
    try {
      subject.prepare?.(model);
      await subject.process.ask(subject.open(model, threads));
      open.push(subject);
    } catch (error) {
      refused.push({ name: subject.name, model: model.name, threads, why: error.message });
    }
  }
  return { open, refused };
}

async function outputsOf(subject) {
  const file = join(folder, `outputs-${subject.name}.f32`);
  await subject.process.ask(subject.words ? `outputs ${file}` : { outputs: file });
  return readFileSync(file);
}

/** Turns, each in another order; the smallest median of the turns counts, since noise only adds. */
async function measure(open, batch, turns, milliseconds) {
  const best = new Map();
  for (let turn = 0; turn < turns; turn++) {
    for (const subject of turn % 2 === 0 ? open : open.toReversed()) {
      const request = subject.words ? `run ${batch} ${milliseconds}` : { batch, milliseconds };
      const sample = await subject.process.ask(request);
      const known = best.get(subject.name);
      if (known === undefined || sample.p50 < known.p50) best.set(subject.name, sample);
    }
  }
  return best;
}

async function main() {
  const chosen = suite();
  const python = oracle();
  await prepareModels(chosen.models);
  const full = chosen.only === undefined;
  if (full) installPackages();
  const peers = full ? installPython(python) : python;
  const known = competitors({ python, peers, capi: buildCapi(), library: buildInfo().path });
  const subjects = Object.entries(known)
    .filter(([name]) => chosen.only?.includes(name) ?? true)
    .map(([name, subject]) => ({
      name,
      ...subject,
      words: subject.command.includes('xgboost') || name === 'tl2cgen',
      process: new Process(subject.command),
    }));
  const facts = machine(python);
  const rows = [];
  const refusals = [];
  const checks = [];
  for (const model of chosen.models) {
    for (const threads of chosen.threads) {
      console.error(`${model.name}, ${threads} ${threads === 1 ? 'thread' : 'threads'} …`);
      const { open, refused } = await openAll(subjects, model, threads);
      refusals.push(...refused);
      if (threads === 1) {
        const reference = await outputsOf(open.find(({ name }) => name === 'capi'));
        for (const subject of open)
          checks.push({
            model: model.name,
            name: subject.name,
            result: compare(reference, await outputsOf(subject), subject),
          });
      }
      for (const batch of chosen.batches) {
        const able = open.filter((subject) => batch === 1 || !subject.onlyOneRow);
        const found = await measure(able, batch, Number(options.turns), Number(options.milliseconds));
        for (const [name, sample] of found) rows.push({ model: model.name, threads, batch, name, ...sample });
      }
    }
  }
  for (const subject of subjects) await subject.process.close();
  const titles = Object.fromEntries(subjects.map(({ name, title }) => [name, title]));
  const result = { ...facts, suite: chosen.name, titles, rows, refusals, checks };
  mkdirSync(here('../results'), { recursive: true });
  writeFileSync(
    here(`../results/predict-${chosen.name}-${facts.date}.json`),
    `${JSON.stringify(result, null, 1)}\n`,
  );
  console.log(tables(result));
  if (options.draw !== undefined) writeFileSync(options.draw, drawing(result));
  const wrong = checks.filter(({ result: text }) => /DIFFERENT|OUTSIDE/.test(text));
  if (wrong.length > 0)
    throw new Error(`outputs differ: ${wrong.map(({ model, name }) => `${name} on ${model}`).join(', ')}`);
}

main().catch((error) => {
  console.error(`bench:predict: ${error.message}`);
  process.exitCode = 1;
});
