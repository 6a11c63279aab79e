// What is said about a GPU that cannot be used, with drivers made for the test.
import { beforeEach, describe, expect, test } from 'vitest';
import { buildInfo } from '../../lib/library.js';
import { compiler } from './compiler.js';
import { type FakeDriver, fakeDriver } from './cuda-driver.js';
import { Installation, printing, type RunOptions, refusalOf } from './installation.js';

const STRICT = printing(
  "const { getDevice } = await import('xgboost-gpu'); console.log(getDevice('gpu', { fallback: false }));",
);
const T4 = { name: 'Tesla T4', major: 7, minor: 5 };
const V100 = { name: 'Tesla V100', major: 7, minor: 0 };

const reason =
  process.platform !== 'linux' || compiler === undefined
    ? 'no C compiler, or not Linux'
    : buildInfo().cuda
      ? undefined
      : 'the libxgboost here has no CUDA';

describe('a GPU cannot be used, since', () => {
  let installation: Installation;
  beforeEach(({ skip }) => {
    skip(reason !== undefined, reason);
    installation = new Installation();
    installation.addLibrary();
    return () => installation.remove();
  });

  const withDriver = (driver: FakeDriver, env: Record<string, string> = {}): RunOptions => ({
    env: { ...fakeDriver(installation.folder, driver), ...env },
  });

  test.each<[string, FakeDriver, Record<string, string>, string, string]>([
    [
      'the driver is too old',
      { version: 12080, gpus: [T4] },
      {},
      'GPU 0 cannot be used: the NVIDIA driver supports CUDA 12.8, this libxgboost needs 13.0',
      'update the NVIDIA driver, R580 or later',
    ],
    [
      'it is too old',
      { version: 13000, gpus: [V100] },
      {},
      'GPU 0 (Tesla V100) has compute capability 7.0, this libxgboost needs 7.5',
      'built with CUDA 12',
    ],
    [
      'the driver does not start',
      { version: 13000, status: 100 },
      {},
      'the driver refuses to start: no CUDA-capable device is detected (100)',
      'npx xgboost-gpu doctor',
    ],
    [
      'it is hidden',
      { version: 13000 },
      { CUDA_VISIBLE_DEVICES: '' },
      "the driver lists no GPU; CUDA_VISIBLE_DEVICES is ''",
      'set CUDA_VISIBLE_DEVICES before the process starts, or leave it out',
    ],
  ])('%s', (_, driver, env, message, hint) => {
    const refusal = refusalOf(installation.run(STRICT, withDriver(driver, env)));
    expect(refusal).toMatchObject({ name: 'DeviceError', code: 'ERR_XGBOOST_DEVICE' });
    expect(refusal.message).toContain(message);
    expect(refusal.hint).toContain(hint);
    expect(refusal.hint).toContain('`npx xgboost-gpu doctor`');
  });

  test('otherwise it is used', () => {
    const { stdout } = installation.run(STRICT, withDriver({ version: 13000, gpus: [T4] }));
    expect(stdout).toBe('gpu\n');
  });

  test('the doctor shows driver and GPUs, and fails for a GPU that is there and cannot be used', () => {
    const driver = { version: 12080, gpus: [T4, V100] };
    const { status, stdout } = installation.doctor([], withDriver(driver));
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /FAILED +driver +.*supports CUDA 12\.8, .*needs 13\.0: update the NVIDIA driver, R580/,
    );
    expect(stdout).toMatch(/-- +gpu 0 +Tesla T4, compute capability 7\.5, 16\.0 GiB/);
    expect(stdout).toMatch(/-- +gpu 1 +Tesla V100, compute capability 7\.0/);
    expect(stdout).toMatch(/\nnot ready: driver failed\n$/);
  });
});
