// npm run test:platforms [-- old-glibc|arm64|musl|wine …]: the prebuilt addons on other systems. What libxgboost answers here must be
// what compiled forests answer there, and what is trained there must be compiled there.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fetchLibrary } from '../../scripts/fetch-xgboost.mjs';
import { prebuild } from '../../scripts/prebuild.mjs';
import { chooseBuild } from '../../scripts/shared/lock.mjs';
import { main, root, run, StepError, say } from '../../scripts/shared/run.mjs';
import { writeExpected } from './expected.mjs';
import { systems } from './systems.mjs';

const folder = join(root, 'build', 'platforms', 'expected');
const report = join(folder, 'report.json');

/** Neighbouring floats: transformed predictions may be two apart where the C library is another one than here. */
function problemsOf({ error, forests = [] }, { target }) {
  if (error !== undefined) return [error];
  const sameLibrary = /^linux-\w+$/.test(target);
  return forests.flatMap(({ name, margins, predictions, contributions }) => [
    ...(margins === 0 ? [] : [`${name}: margins differ by ${margins}`]),
    ...(predictions <= (sameLibrary ? 0 : 2) ? [] : [`${name}: predictions differ by ${predictions}`]),
    ...(contributions === 0 ? [] : [`${name}: SHAP values differ by ${contributions}`]),
  ]);
}

async function check(name) {
  const system = systems[name];
  await prebuild({ platforms: [system.target] });
  if (system.library !== undefined) await fetchLibrary(chooseBuild(system.library));
  const { command, env } = await system.start();
  rmSync(report, { force: true });
  const script = join('test', 'platforms', 'check.mjs');
  const only = system.library === undefined ? ['predict'] : [];
  const args = [...command.slice(1), script, join('build', 'platforms', 'expected'), ...only];
  const variables = { PREBUILDS_ONLY: '1', XGBOOST_GPU_VARIANT: system.library?.variant ?? '', ...env };
  const result = run(command[0], args, { capture: true, env: variables });
  if (result.missing) throw new StepError(`${name}: ${command[0]} was not found.`);
  let found;
  try {
    found = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    throw new StepError(`${name}: ended with ${result.status} and no report:\n${result.stderr.slice(-2000)}`);
  }
  const problems = problemsOf(found, system);
  if (problems.length > 0) throw new StepError(`${name}: ${problems.join('\n  ')}`);
  const most = Math.max(...found.forests.map(({ predictions }) => predictions));
  const trained = found.training ? `; trained, and compiled to the same bits (${found.training.kernel})` : '';
  say(`ok    ${name}: ${system.what}; ${found.platform}-${found.arch}, Node ${found.node}
      ${found.forests.length} models: margins and SHAP values have the same bits, predictions are at most ${most} steps apart${trained}`);
}

await main(async () => {
  const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(systems);
  const stranger = chosen.find((name) => !(name in systems));
  if (stranger !== undefined)
    throw new StepError(`There is no system '${stranger}'; there are ${Object.keys(systems).join(', ')}.`);
  await writeExpected(folder);
  for (const name of chosen) await check(name);
});
