// xgboost-gpu doctor: is this machine ready, and if not, what is missing.
import type { Check } from '../checks/check.js';
import { inspectMachine } from '../checks/inspect.js';
import { type CommonOptions, jsonText, type Terminal, textTable } from '../terminal.js';

const MARKS: Readonly<Record<Check['state'], string>> = { ok: 'ok', note: '--', failed: 'FAILED' };

/** Exit code 0 when a model can be trained, on whatever device; 1 when it cannot, or when a GPU that is there fails. */
export async function doctor(_options: CommonOptions, terminal: Terminal): Promise<void> {
  const { version, checks, verdict, healthy } = await inspectMachine();
  if (terminal.json) {
    terminal.out(jsonText({ version, healthy, verdict, checks }));
  } else {
    const rows = checks.map(({ name, state, detail }) => [MARKS[state], name, detail]);
    terminal.out(`xgboost-gpu ${version}\n\n${textTable(rows)}\n\n${verdict}\n`);
  }
  if (!healthy) process.exitCode = 1;
}
