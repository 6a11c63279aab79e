// All tests on the addon that the npm package carries, instead of the one that was compiled here: `-- test/forest` runs one folder.
import { join } from 'node:path';
import { prebuild } from './prebuild.mjs';
import { main, root, run, StepError } from './shared/run.mjs';

await main(async () => {
  const { versions, report } = process;
  const libc = report.getReport().header.glibcVersionRuntime === undefined ? '-musl' : '';
  await prebuild({ platforms: [`${process.platform}-${process.arch}${libc}`] });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  // node-gyp-build then looks into prebuilds/ only.
  const env = { PREBUILDS_ONLY: '1' };
  const { ok } = run(process.execPath, [vitest, 'run', ...process.argv.slice(2)], { env });
  if (!ok) throw new StepError(`The tests failed with the prebuilt addon (Node ${versions.node}).`);
});
