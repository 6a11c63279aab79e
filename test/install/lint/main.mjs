// `npm run lint:packages`: publint and attw on the tarballs of build/packages. Installs both itself, without scripts.
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { npm } from '../../../scripts/shared/npm.mjs';
import { main, root, run, StepError, say } from '../../../scripts/shared/run.mjs';
import { tarballsOf } from '../registry.mjs';

const folder = import.meta.dirname;
const modules = join(folder, 'node_modules');
const packages = join(root, 'build', 'packages');

function install() {
  if (existsSync(modules)) return;
  if (!npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder }).ok)
    throw new StepError('publint and attw could not be installed.');
}

/** The command lines that look at a tarball. */
function looks(path) {
  const publint = join(modules, 'publint', 'src', 'cli.js');
  const attw = join(modules, '@arethetypeswrong', 'cli', 'dist', 'index.js');
  return [
    [publint, path, '--strict'],
    [attw, path, '--profile', 'strict'],
  ];
}

await main(() => {
  const tarballs = existsSync(packages) ? tarballsOf(packages) : [];
  if (tarballs.length === 0)
    throw new StepError('build/packages has no tarballs.', 'Run `npm run pack:all`.');
  install();
  const complaints = tarballs.flatMap((path) => {
    const results = looks(path).map((args) => run(process.execPath, args, { capture: true, cwd: folder }));
    const failed = results.filter(({ ok }) => !ok);
    say(`${failed.length === 0 ? 'ok  ' : 'FAIL'}  ${basename(path)}`);
    return failed.map(({ stdout, stderr }) => `${stdout}${stderr}`);
  });
  if (complaints.length > 0) throw new StepError(`What they found:\n${complaints.join('\n')}`);
});
