// Runs cases, each in a child process of its own, and judges them.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../cases/', import.meta.url));
const child = fileURLToPath(new URL('./child.mjs', import.meta.url));
const PATIENCE = 60_000;
/** No fault here comes with more than a few MB of data; asking for gigabytes on its account is a fault of ours. */
const MOST_MIB = 1024;

/** All cases: `{ file, index, fault, name, expected, env }`. */
export async function allCases() {
  const files = readdirSync(folder).filter((name) => name.endsWith('.mjs'));
  const found = await Promise.all(
    files.map(async (file) => {
      const { cases } = await import(`../cases/${file}`);
      return cases.map((one, index) => ({ ...one, file, index }));
    }),
  );
  return found.flat();
}

function start(args, env) {
  const process_ = spawn(process.execPath, ['--expose-gc', child, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const timer = setTimeout(() => process_.kill('SIGKILL'), PATIENCE);
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) process_[name].on('data', (chunk) => (text[name] += chunk));
  return new Promise((resolve) => {
    process_.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, ...text });
    });
  });
}

function fits(expected, ended) {
  return expected instanceof RegExp ? expected.test(ended) : ended === `value: ${JSON.stringify(expected)}`;
}

/** What a child did wrong, or undefined. */
function complaint(one, result, sound) {
  const { code, signal, stdout, stderr } = result;
  if (signal === 'SIGKILL') return 'hang';
  if (code !== 0) return `death: ${signal ?? `exit ${code}`} ${stderr.slice(-400)}`;
  const report = JSON.parse(stdout);
  if (report.sound !== sound) return 'afterwards a training gives other numbers';
  if (!fits(one.expected, report.ended)) return `unexpected: ${report.ended.slice(0, 300)}`;
  if (/Stack trace|\/workspace\/|\.cc:\d/.test(report.ended))
    return `internals in the message: ${report.ended}`;
  if (report.peakMiB > MOST_MIB) return `memory: ${report.peakMiB} MiB`;
  return undefined;
}

/** The digest of a sound training in a process where nothing went wrong. */
async function soundness() {
  const { code, stdout, stderr } = await start(['-']);
  if (code !== 0) throw new Error(`a sound training failed: ${stderr}`);
  return JSON.parse(stdout).sound;
}

/** Runs `cases`, a few at a time; answers `{ ...case, ended, wrong }` in their order. */
export async function runCases(cases, { parallel = 2, onDone = () => {} } = {}) {
  const sound = await soundness();
  const results = [];
  const waiting = cases.map((one, at) => [one, at]);
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [one, at] = next;
      const result = await start([one.file, String(one.index)], one.env?.());
      const wrong = complaint(one, result, sound);
      const ended = result.code === 0 ? JSON.parse(result.stdout).ended : '';
      results[at] = { ...one, wrong, ended };
      onDone(results[at]);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return results;
}
