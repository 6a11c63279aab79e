// Parity with the Python package, run side by side. Started by main.mjs, which names the oracle's interpreter.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildInfo, onLog } from '../../lib/index.js';
import { cases } from './cases.js';
import { compareExactly, textDifference } from './compare.js';
import { writeRequest } from './exchange.js';
import { cpuFlags, digest, type Golden, textsOf, writeGoldens } from './golden.js';
import { libraryHash } from './library.js';
import type { OracleAnswer, Outcome, Tensor } from './outcome.js';
import { NTHREAD, type ParityCase } from './spec.js';
import { predictWith, runCase } from './subject.js';

const python = process.env.PARITY_PYTHON;
const folder = fileURLToPath(new URL('../../build/parity', import.meta.url));
const table: string[][] = [];
/** Milliseconds for all cases in Python. */
const PATIENCE = 900_000;

/** Our models by case, for Python to predict with. */
const written: Record<string, string> = {};

function runOracle(interpreter: string, ...more: string[]): void {
  execFileSync(interpreter, [fileURLToPath(new URL('oracle.py', import.meta.url)), folder, ...more], {
    stdio: 'inherit',
    // Threads that wait in a loop for each other take most of the time on a machine that is busy.
    env: { ...process.env, OMP_WAIT_POLICY: 'passive' },
  });
}

/** Whether the case has a plain prediction of values. */
function plainValue({ predictions }: ParityCase): boolean {
  return predictions.value !== undefined && Object.keys(predictions.value).length === 0;
}

function askPython(interpreter: string): OracleAnswer {
  writeRequest(folder, cases);
  runOracle(interpreter);
  return JSON.parse(readFileSync(join(folder, 'oracle.json'), 'utf8'));
}

/** One line of the table: what was compared in this case. */
function line(name: string, golden: Golden, differing: string[]): string[] {
  const metrics = Object.values(golden.facts.history)
    .flatMap((data) => Object.values(data))
    .flat().length;
  const values = Object.values(golden.predictions).reduce(
    (sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1),
    0,
  );
  const verdict = differing.length === 0 ? 'identical' : `DIFFERENT: ${differing.join(', ')}`;
  return [name, String(Object.keys(golden.texts).length), String(values), String(metrics), verdict];
}

function printTable(): void {
  const rows = [['case', 'texts', 'predicted values', 'metric values', 'verdict'], ...table];
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
  const text = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const equal = table.filter((row) => row[4] === 'identical').length;
  process.stdout.write(
    `\n${text.join('\n')}\n\n${equal} of ${table.length} cases identical to the last bit\n`,
  );
}

function sideBySide(interpreter: string): void {
  let answer: OracleAnswer;
  const recorded: Record<string, Golden> = {};

  beforeAll(() => {
    // Some cases use what libxgboost warns about.
    onLog(() => {});
    answer = askPython(interpreter);
  }, PATIENCE);

  it('runs the same library', () => {
    expect(libraryHash(buildInfo())).toBe(answer.library);
  });

  it.each(cases)('$name: $about', async (parityCase) => {
    const theirs: Outcome | undefined = answer.cases[parityCase.name];
    if (theirs === undefined) throw new Error(`Python: ${answer.failures[parityCase.name]}`);
    const golden = digest(parityCase, theirs);
    recorded[parityCase.name] = golden;
    const ours = await runCase(parityCase);
    const differences = compareExactly(digest(parityCase, ours), golden);
    table.push(
      line(
        parityCase.name,
        golden,
        differences.map(({ what }) => what),
      ),
    );
    const [mine, python] = [textsOf(ours), textsOf(theirs)];
    const explained = differences.map(({ what, detail }) => {
      return `${what}: ${what in python ? textDifference(mine[what] ?? '', python[what] ?? '') : detail}`;
    });
    expect(explained).toEqual([]);
    written[parityCase.name] = ours.ubj;
    if (plainValue(parityCase))
      expect(await predictWith(theirs.ubj, parityCase)).toEqual(theirs.predictions.value);
  });

  it(
    'models of this package load in Python and predict the same',
    () => {
      writeFileSync(join(folder, 'models.json'), JSON.stringify(written));
      runOracle(interpreter, 'models');
      const found: Record<string, { model: string; value: Tensor; again: Tensor }> = JSON.parse(
        readFileSync(join(folder, 'predicted.json'), 'utf8'),
      );
      for (const parityCase of cases.filter(plainValue)) {
        const { name } = parityCase;
        const expected = recorded[name]?.predictions.value;
        expect({ name, ...found[name] }).toMatchObject({ name, value: expected, again: expected });
      }
    },
    PATIENCE,
  );

  afterAll(() => {
    printTable();
    const complete = cases.every(({ name }) => name in recorded);
    if (process.env.PARITY_UPDATE === undefined || !complete) return;
    const origin = { xgboost: answer.xgboost, library: answer.library, cpu: cpuFlags(), nthread: NTHREAD };
    writeGoldens(origin, recorded);
  });
}

describe('parity with the Python package', () => {
  if (python === undefined) {
    it('runs side by side', ({ skip }) => skip('the golden files stand in; side by side: npm run parity'));
  } else {
    sideBySide(python);
  }
});
