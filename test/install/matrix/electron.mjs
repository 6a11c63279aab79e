// Electron, as far as it can be had without Electron, whose program is no package: its V8 lets no addon hand over memory
// of its own, so the addon must not ask for that. Its file names every function of Node-API that it calls.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installed } from './runtimes.mjs';

const FORBIDDEN = ['napi_create_external_arraybuffer', 'napi_create_external_buffer'];

async function withoutExternalBuffers(context) {
  const project = await installed(context);
  try {
    const { platform, arch } = process;
    const addon = join(
      project.root,
      `node_modules/xgboost-gpu/prebuilds/${platform}-${arch}/xgboost-gpu.glibc.node`,
    );
    const bytes = readFileSync(addon);
    if (!bytes.includes('napi_create_arraybuffer'))
      throw new Error('the addon names no function of Node-API');
    const asked = FORBIDDEN.filter((name) => bytes.includes(name));
    if (asked.length > 0) throw new Error(`the addon calls ${asked.join(' and ')}`);
    const { version } = JSON.parse(await project.runNode(['app.mjs']));
    return `the addon asks for no external buffers; libxgboost ${version}`;
  } finally {
    project.dispose();
  }
}

export const conditions = [
  ['Electron', 'a runtime that forbids external buffers (read from the addon)', withoutExternalBuffers],
];
