// Programs that are pinned in tools.lock.json and brought by pip: the compiler of the prebuilds, Node for other systems.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkHash } from './lock.mjs';
import { findPython, pipDownload, unpack, wheelSelection } from './python.mjs';
import { isStamped, replaceFolder } from './replace-folder.mjs';
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
  if (isStamped(folder, wheel.sha256)) return folder;
  await replaceFolder(folder, wheel.sha256, async (work, unpacked) => {
    say(`Fetching ${name} ${version} (${id}) with pip ...`);
    const selection = wheelSelection(wheel.pipPlatform);
    const file = pipDownload(findPython(), { project, version, file: wheel.file, folder: work, selection });
    await checkHash(file, wheel.sha256, wheel.file, 'scripts/tools.lock.json');
    unpack(findPython(), file, unpacked, []);
  });
  return folder;
}
