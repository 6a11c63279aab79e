// Finds a Python with pip and lets it bring pinned files. Python is needed to build, never to use the package.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, StepError } from './run.mjs';

const installPip =
  'Debian and Ubuntu: apt-get install python3-pip. Elsewhere: python3 -m ensurepip --upgrade.';

/** The command of a Python 3 that has pip. */
export function findPython() {
  let withoutPip;
  for (const command of ['python3', 'python', 'py']) {
    const version = run(command, ['-c', 'import sys; print(sys.version_info[0])'], { capture: true });
    if (!version.ok || version.stdout.trim() !== '3') continue;
    if (run(command, ['-m', 'pip', '--version'], { capture: true }).ok) return command;
    withoutPip ??= command;
  }
  if (withoutPip !== undefined) {
    throw new StepError(`${withoutPip} has no pip, which fetches libxgboost.`, installPip);
  }
  throw new StepError(
    'No Python 3 was found (looked for python3, python and py). Building a clone needs one, with pip.',
    `Install Python 3 (${installPip}) or set XGBOOST_GPU_LIBRARY to a libxgboost you already have.`,
  );
}

/** Downloads one file by name and version into a folder and returns its path. The caller checks its hash. */
export function pipDownload(python, { project, version, file, folder, selection }) {
  const target = join(folder, file);
  const args = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps'];
  const result = run(python, [...args, ...selection, '--dest', folder, `${project}==${version}`], {
    capture: true,
  });
  if (result.ok && existsSync(target)) return target;
  const detail = result.ok ? `pip brought another file than ${file}.` : lastLines(result.stderr);
  throw new StepError(
    `pip could not download ${project} ${version} (${file}):\n${detail}`,
    'Check the network, or the proxy and index settings of pip (HTTPS_PROXY, PIP_INDEX_URL, PIP_CERT), and run `npm install` again.',
  );
}

/** What pip must be told to bring a wheel for any platform, whatever Python runs it. */
export function wheelSelection(pipPlatform) {
  return ['--only-binary=:all:', '--python-version', '3.12', '--platform', pipPlatform];
}

/** Unpacks exactly the named members of a wheel or sdist below a folder; of a wheel, all when none is named. */
export function unpack(python, archive, folder, members) {
  const script = join(root, 'scripts', 'shared', 'unpack.py');
  const result = run(python, [script, archive, folder, ...members], { capture: true });
  if (!result.ok) throw new StepError(`${archive} could not be unpacked:\n${lastLines(result.stderr)}`);
}

function lastLines(text) {
  return text.trim().split('\n').slice(-4).join('\n');
}
