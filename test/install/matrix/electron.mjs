// Electron, as far as it can be had without Electron, whose program is no package: its V8 lets no addon hand over memory
// of its own. Here a copy of the addon is made to call a function that refuses as Electron's does.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, StepError } from '../../../scripts/shared/run.mjs';
import { installed } from './runtimes.mjs';

const asked = 'napi_create_external_arraybuffer';
/** Of the same length, so that the name can be changed in the file. */
const refusing = 'napi_create_external_arraybuffeR';

const shim = `#include <stdio.h>
int ${refusing}(void) {
  fputs("refused\\n", stderr);
  return 22; /* napi_no_external_buffers_allowed */
}
`;

async function withoutExternalBuffers(context) {
  const project = await installed(context);
  try {
    const { platform, arch } = process;
    const addon = join(
      project.root,
      `node_modules/xgboost-gpu/prebuilds/${platform}-${arch}/xgboost-gpu.glibc.node`,
    );
    const bytes = readFileSync(addon);
    const at = bytes.indexOf(asked);
    if (at === -1) throw new Error(`the addon does not call ${asked}`);
    bytes.write(refusing, at, 'latin1');
    writeFileSync(addon, bytes);
    project.write('shim.c', shim);
    const library = join(project.root, 'shim.so');
    const compiled = run('cc', ['-shared', '-fPIC', '-o', library, join(project.root, 'shim.c')], {
      capture: true,
    });
    if (!compiled.ok) throw new StepError(`The C compiler 'cc' failed: ${compiled.stderr}`);
    const output = await project.runNode(['app.mjs'], { extra: { LD_PRELOAD: library } });
    const refused = output.split('refused\n').length - 1;
    if (refused === 0) throw new Error('the addon never asked');
    const { version } = JSON.parse(output.replaceAll('refused\n', ''));
    return `results are copied instead (${refused} refusals met); libxgboost ${version}`;
  } finally {
    project.dispose();
  }
}

export const conditions = [
  ['Electron', 'a runtime that forbids external buffers (emulated)', withoutExternalBuffers],
];
