// `npm run test:install`: the tarballs of build/packages in every package manager, runtime, bundler and compiler that can
// be had. Prints a table as it goes. `-- <word> ...` runs only the rows that hold these words.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from '../../../scripts/shared/npm.mjs';
import { main, root, StepError, say } from '../../../scripts/shared/run.mjs';
import { startRegistry, tarballsOf } from '../registry.mjs';
import { conditions as bundlers } from './bundlers.mjs';
import { conditions as electron } from './electron.mjs';
import { conditions as managers } from './managers.mjs';
import { conditions as next } from './next.mjs';
import { fetchNodes } from './nodes.mjs';
import { tools } from './project.mjs';
import { conditions as runtimes } from './runtimes.mjs';
import { conditions as typescript } from './typescript.mjs';

const all = [...managers, ...runtimes, ...bundlers, ...next, ...typescript, ...electron];
const packages = process.env.XGBOOST_GPU_PACKAGES ?? join(root, 'build', 'packages');

function installTools() {
  if (existsSync(join(tools, '.package-lock.json'))) return;
  say('Installing the tools; about 900 MB ...');
  // Not `ci`, which refuses a lock file made where a registry lacked what tools bring for other systems.
  const { ok } = npm(
    ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: join(tools, '..'),
    },
  );
  if (!ok) throw new StepError('The tools of test/install/matrix could not be installed.');
}

function select(words) {
  const wanted = all.filter(([subject, condition]) => {
    const row = `${subject} ${condition}`.toLowerCase();
    return words.every((word) => row.includes(word.toLowerCase()));
  });
  if (wanted.length === 0) throw new StepError(`No row holds ${words.join(' and ')}.`);
  return wanted;
}

await main(async () => {
  const wanted = select(process.argv.slice(2));
  if (!existsSync(packages)) throw new StepError(`${packages} is missing.`, 'Run `npm run pack:all` first.');
  installTools();
  const { version } = JSON.parse(readFileSync(join(root, 'xgboost.lock.json'), 'utf8'));
  const modules = [join(root, 'node_modules'), tools];
  const registry = await startRegistry({ tarballs: tarballsOf(packages), modules });
  const context = { registry: registry.url, nodes: fetchNodes(), xgboostVersion: version };
  console.log('| | condition | result |\n|---|---|---|');
  let failed = 0;
  try {
    for (const [subject, condition, work] of wanted) {
      const outcome = await work(context).catch((error) => {
        failed++;
        return `FAILED: ${error.message}`;
      });
      console.log(`| ${subject} | ${condition} | ${outcome} |`);
    }
  } finally {
    await registry.close();
  }
  say(`${wanted.length - failed} of ${wanted.length} hold.`);
  if (failed > 0) process.exitCode = 1;
});
