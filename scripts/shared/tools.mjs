// Programs that are pinned in tools.lock.json and brought by pip: the compiler of the prebuilds, Node for other systems.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkHash } from './lock.mjs';
import { findPython, pipDownload, unpack, wheelSelection } from './python.mjs';
import { root, StepError, say } from './run.mjs';

const tools = JSON.parse(readFileSync(join(root, 'scripts', 'tools.lock.json'), 'utf8'));

/** The folder with the unpacked wheel of a tool, for the system `id`; fetched on first need. */
export async function fetchTool(name, id) {
  const { project, version, wheels } = tools[name];
  const wheel = wheels[id];
  if (wheel === undefined) {
    throw new StepError(
      `${name} is not pinned for ${id}; scripts/tools.lock.json has ${Object.keys(wheels).join(', ')}.`,
    );
  }
  const folder = join(root, 'vendor', 'tools', `${name}-${id}`);
  const stamp = join(folder, 'sha256');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wheel.sha256) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const work = mkdtempSync(join(dirname(folder), '.fetch-'));
  try {
    say(`Fetching ${name} ${version} (${id}) with pip ...`);
    const selection = wheelSelection(wheel.pipPlatform);
    const file = pipDownload(findPython(), { project, version, file: wheel.file, folder: work, selection });
    await checkHash(file, wheel.sha256, wheel.file, 'scripts/tools.lock.json');
    const unpacked = join(work, 'unpacked');
    unpack(findPython(), file, unpacked, []);
    writeFileSync(join(unpacked, 'sha256'), wheel.sha256);
    rmSync(folder, { recursive: true, force: true });
    renameSync(unpacked, folder);
    return folder;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
