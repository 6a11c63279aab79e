// The doctor where something is missing: it always runs, says all that is wrong, and ends with 1.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ADDON, type Attempt, Installation, PACKAGE, realLibrary } from './installation.js';

let installation: Installation;
beforeEach(() => {
  installation = new Installation();
});
afterEach(() => installation.remove());

function says({ status, stdout, stderr }: Attempt, ...lines: RegExp[]): void {
  expect(stderr).toBe('');
  for (const line of lines) expect(stdout).toMatch(line);
  expect(status).toBe(stdout.endsWith('\nready: CPU only\n') ? 0 : 1);
}

const MUSL = 'process.report.getReport = () => ({ header: {} });';
const node = (version: string): string =>
  `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;

test('all is well', () => {
  installation.addLibrary();
  const env = { CUDA_VISIBLE_DEVICES: '', npm_config_user_agent: 'npm/10.8.2 node/v20.20.2 linux x64' };
  const attempt = installation.doctor([], { env });
  says(
    attempt,
    /^xgboost-gpu \d+\.\d+\.\d+\n/,
    /ok +node +\d+\.\d+\.\d+, npm 10\.8\.2\n/,
    /ok +platform +\w+-\w+, .*\d+ cores/,
    new RegExp(`ok +addon +.*${ADDON}\n`),
    /ok +prediction +kernel \w+/,
    new RegExp(`ok +${PACKAGE} +used: .*libxgboost`),
    /ok +library +libxgboost 3\.4\.1 \(package\)/,
    /ok +checksum +the pinned [\w-]+ build/,
    /ok +cpu training +\d+ ms/,
  );
});

test('no library: prediction works, and the line that installs it is there', () => {
  says(
    installation.doctor(),
    /ok +prediction/,
    new RegExp(`-- +${PACKAGE} +not installed`),
    new RegExp(`FAILED +library +.*run: npm install ${PACKAGE}@3\\.4\\.1`),
    /not ready: library failed; xgboost-gpu\/predict works\n$/,
  );
});

test('a library of one’s own goes before the installed one', () => {
  installation.addLibrary();
  says(
    installation.doctor([], { env: { XGBOOST_GPU_LIBRARY: realLibrary() } }),
    /ok +XGBOOST_GPU_LIBRARY +used: /,
    new RegExp(`-- +${PACKAGE} +there, not used`),
    /libxgboost 3\.4\.1 \(environment\)/,
  );
});

test('packages for other systems, and one whose file is gone', () => {
  installation.exportPath('/x/libxgboost.dylib', '@xgboost-gpu/libxgboost-darwin-arm64');
  rmSync(installation.addLibrary());
  says(
    installation.doctor(),
    /-- +libxgboost-darwin-arm64 +installed, but for another system/,
    new RegExp(`FAILED +${PACKAGE} +incomplete: there is no file`),
    /FAILED +library/,
  );
});

test('no addon', () => {
  installation.leaveOut('prebuilds');
  says(
    installation.doctor(),
    /FAILED +addon +the native addon is missing/,
    /not ready: addon, library failed\n$/,
  );
});

test('musl', () => {
  says(
    installation.doctor([], { preload: MUSL }),
    /FAILED +platform +.*musl: only xgboost-gpu\/predict works/,
    /FAILED +library +training needs glibc/,
    /xgboost-gpu\/predict works\n$/,
  );
});

test.each([
  ['18.20.4', /FAILED +node +18\.20\.4, older than 20\.19: install the current LTS release/],
  ['22.11.0', /ok +node +22\.11\.0$/m],
])('Node %s', (version, line) => {
  installation.addLibrary();
  const missing = version.startsWith('18') ? "import os from 'node:os'; delete os.availableParallelism;" : '';
  says(installation.doctor([], { preload: `${missing}${node(version)}` }), line);
});

test('--json is for reports of faults', () => {
  const { stdout, status } = installation.doctor(['--json']);
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    version: expect.stringMatching(/^\d/),
    healthy: false,
    verdict: expect.stringContaining('not ready'),
    checks: expect.arrayContaining([
      { name: 'library', state: 'failed', detail: expect.stringContaining(PACKAGE) },
    ]),
  });
});

test('it runs from anywhere', () => {
  const anywhere = { cwd: join(installation.folder, '..') };
  says(installation.doctor([], anywhere), /FAILED +library/);
});
