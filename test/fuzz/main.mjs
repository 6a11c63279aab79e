// Damages models and lets libxgboost alone, libxgboost behind the reader, and the package itself use each of them;
// counts how that ends.
// Usage: node test/fuzz/main.mjs [--count N] [--kinds blind,structured,prefixes] [--subjects bare,checked,package]
//        [--salt N] [--keep FOLDER]        Linux only; needs a C++ compiler. Exit status 1 when anything of ours ended badly.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { buildDrive, libraryPath } from './build.mjs';
import { mutant, prefixes, seeds } from './mutants.mjs';

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '4000' },
    kinds: { type: 'string', default: 'blind,structured' },
    subjects: { type: 'string', default: 'bare,checked,package' },
    salt: { type: 'string', default: '1' },
    keep: { type: 'string' },
  },
});

const OUTCOMES = ['refused', 'used', 'late', 'crash', 'hang', 'memory'];
const BAD = ['crash', 'hang', 'memory'];
const BATCH = 256;

/** The program that uses models from its stdin and answers a line for each. */
function command(subject, drive, library) {
  if (subject === 'package') return [process.execPath, [join(import.meta.dirname, 'package.mjs')]];
  return [drive, [library, subject]];
}

class Subject {
  #command;
  #child;
  #lines;
  constructor(name, drive, library) {
    this.name = name;
    this.#command = command(name, drive, library);
  }

  #start() {
    const [program, args] = this.#command;
    const env = { ...process.env, OMP_NUM_THREADS: '1', MALLOC_ARENA_MAX: '1' };
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], env });
    this.#child.stdin.on('error', () => {});
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** How each of the models ended. A program that dies is charged to the model it was at, and started again. */
  async use(models) {
    const outcomes = [];
    while (outcomes.length < models.length) {
      if (this.#child === undefined) this.#start();
      for (const bytes of models.slice(outcomes.length)) {
        const length = Buffer.alloc(4);
        length.writeUInt32LE(bytes.length);
        this.#child.stdin.write(Buffer.concat([length, bytes]));
      }
      while (outcomes.length < models.length) {
        const { done, value } = await this.#lines.next();
        if (done) {
          outcomes.push('crash');
          this.#child = undefined;
          break;
        }
        outcomes.push(value);
      }
    }
    return outcomes;
  }

  async end() {
    if (this.#child === undefined) return;
    this.#child.stdin.end();
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
  }
}

function* batches(kind, all, count, salt) {
  if (kind === 'prefixes') {
    const seed = all.find(({ name }) => name === '3.4.1 softprob ubj');
    const models = prefixes(seed).slice(0, count);
    for (let at = 0; at < models.length; at += BATCH) yield models.slice(at, at + BATCH);
    return;
  }
  for (let at = 0; at < count; at += BATCH) {
    yield Array.from({ length: Math.min(BATCH, count - at) }, (_, i) => mutant(kind, all, at + i, salt));
  }
}

function keep(folder, subject, kind, outcome, bytes) {
  mkdirSync(folder, { recursive: true });
  const name = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  writeFileSync(join(folder, `${subject}-${kind}-${outcome.replaceAll(' ', '-')}-${name}`), bytes);
}

async function campaign(subject, kind, all) {
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0]));
  let total = 0;
  for (const models of batches(kind, all, Number(options.count), Number(options.salt))) {
    const outcomes = await subject.use(models);
    outcomes.forEach((outcome, index) => {
      const [word] = outcome.split(' ');
      counts[word]++;
      total++;
      if (BAD.includes(word) && options.keep !== undefined)
        keep(options.keep, subject.name, kind, outcome, models[index]);
    });
  }
  return [subject.name, kind, total, ...OUTCOMES.map((outcome) => counts[outcome])];
}

const all = seeds();
const drive = buildDrive();
const library = libraryPath();
console.log(`${all.length} seeds, libxgboost at ${library}`);
console.log(['subject', 'kind', 'mutants', ...OUTCOMES].join('\t'));
let bad = 0;
for (const kind of options.kinds.split(',')) {
  const rows = await Promise.all(
    options.subjects.split(',').map(async (name) => {
      const subject = new Subject(name, drive, library);
      // The seeds themselves come first: whatever is wrong with one is wrong with the program.
      const sound = await subject.use(all.map(({ bytes }) => bytes));
      const refused = all.filter((_, index) => !sound[index].startsWith('used')).map((seed) => seed.name);
      const row = await campaign(subject, kind, all);
      await subject.end();
      return { name, row, refused };
    }),
  );
  for (const { name, row, refused } of rows) {
    console.log(row.join('\t'));
    if (name === 'bare') continue;
    bad += row.slice(-3).reduce((sum, count) => sum + count, 0) + refused.length;
    if (refused.length > 0) console.log(`${name} refused sound models: ${refused.join(', ')}`);
  }
}
process.exitCode = bad > 0 ? 1 : 0;
