// Which device runs: the verdict from facts, and what this machine really has.
import { spawnSync } from 'node:child_process';
import { beforeEach, describe, expect, it } from 'vitest';
import { getDevice, probeDevice, requireDevice } from '../../lib/config/device.js';
import { readBuild, readDriver } from '../../lib/config/device-facts.js';
import { type BuildFacts, type DriverFacts, judgeDevice } from '../../lib/config/judge-device.js';
import { DeviceError } from '../../lib/errors.js';

const CUDA_13: BuildFacts = { cuda: true, cudaVersion: [13, 3] };
const CUDA_12: BuildFacts = { cuda: true, cudaVersion: [12, 8] };
const CPU: BuildFacts = { cuda: false, cudaVersion: undefined };
const H200 = { name: 'NVIDIA H200', major: 9, minor: 0 };
const T4 = { name: 'Tesla T4', major: 7, minor: 5 };
const V100 = { name: 'Tesla V100', major: 7, minor: 0 };
const K80 = { name: 'Tesla K80', major: 3, minor: 7 };

function driver(facts: Partial<DriverFacts>): DriverFacts {
  return { version: 13000, error: undefined, gpus: [], visible: undefined, container: undefined, ...facts };
}

describe('judgeDevice', () => {
  it.each([
    [CUDA_13, driver({ gpus: [H200] }), 0],
    [CUDA_13, driver({ gpus: [T4, H200] }), 1],
    [CUDA_13, driver({ gpus: [T4] }), 0],
    [CUDA_13, driver({ version: 13030, gpus: [T4], visible: '3' }), 0],
    [CUDA_12, driver({ version: 12000, gpus: [V100] }), 0],
    [CUDA_12, driver({ version: 13000, gpus: [V100] }), 0],
    [{ cuda: true, cudaVersion: undefined }, driver({ version: 11000, gpus: [T4] }), 0],
  ])('%#: usable', (build, facts, ordinal) => {
    expect(judgeDevice(build, facts, ordinal)).toEqual({ usable: true });
  });

  it.each([
    [CUDA_13, driver({ version: undefined }), 0, 'install the NVIDIA driver, R580 or later'],
    [
      CUDA_13,
      driver({ version: undefined, container: 'Docker' }),
      0,
      /inside Docker, pass the GPU in.*--gpus all/,
    ],
    [CUDA_13, driver({ container: 'Podman' }), 0, /inside Podman, pass the GPU in/],
    [CUDA_13, driver({ version: 12080, gpus: [H200] }), 0, 'update the NVIDIA driver, R580 or later'],
    [CUDA_12, driver({ version: 11040, gpus: [H200] }), 0, 'update the NVIDIA driver, R525 or later'],
    [CUDA_13, driver({ visible: '' }), 0, /set CUDA_VISIBLE_DEVICES before the process starts/],
    [CUDA_13, driver({ gpus: [H200] }), 3, 'choose an ordinal below 1'],
    [CUDA_13, driver({ gpus: [V100] }), 0, /built with CUDA 12/],
    [{ ...CPU, installLine: 'npm install x' }, driver({}), 0, 'run: npm install x'],
    [CPU, driver({}), 0, 'XGBoost has none with CUDA for this platform'],
  ])('%#: names the remedy', (build, facts, ordinal, hint) => {
    const expected = hint instanceof RegExp ? expect.stringMatching(hint) : hint;
    expect(judgeDevice(build, facts, ordinal)).toMatchObject({ usable: false, hint: expected });
  });

  it.each([
    [CPU, driver({ gpus: [H200] }), 0, 'this libxgboost was built without CUDA'],
    [
      CUDA_13,
      driver({ version: undefined, error: 'no NVIDIA driver is installed' }),
      0,
      'no NVIDIA driver is installed',
    ],
    [CUDA_13, driver({ version: undefined }), 0, 'no NVIDIA driver is installed'],
    [
      CUDA_13,
      driver({ version: 12080, gpus: [H200] }),
      0,
      'the NVIDIA driver supports CUDA 12.8, this libxgboost needs 13.0',
    ],
    [
      CUDA_12,
      driver({ version: 11040, gpus: [V100] }),
      0,
      'the NVIDIA driver supports CUDA 11.4, this libxgboost needs 12.0',
    ],
    [CUDA_13, driver({}), 0, 'the driver lists no GPU'],
    [
      CUDA_13,
      driver({ error: 'the driver refuses to start: unknown error (999)' }),
      0,
      'the driver refuses to start: unknown error (999)',
    ],
    [
      CUDA_13,
      driver({ error: 'no device (100)', visible: '' }),
      0,
      "no device (100); CUDA_VISIBLE_DEVICES is ''",
    ],
    [CUDA_13, driver({ gpus: [H200] }), 1, 'there is one GPU, its ordinal is 0'],
    [CUDA_13, driver({ gpus: [H200, H200] }), 5, 'GPUs are numbered 0 to 1'],
    [
      CUDA_13,
      driver({ gpus: [H200], visible: '2' }),
      2,
      "there is one GPU, its ordinal is 0; CUDA_VISIBLE_DEVICES is '2'",
    ],
    [
      CUDA_13,
      driver({ gpus: [H200, V100] }),
      1,
      'GPU 1 (Tesla V100) has compute capability 7.0, this libxgboost needs 7.5',
    ],
    [
      CUDA_12,
      driver({ version: 12000, gpus: [K80] }),
      0,
      'GPU 0 (Tesla K80) has compute capability 3.7, this libxgboost needs 5.0',
    ],
  ])('%#: %o', (build, facts, ordinal, reason) => {
    const verdict = judgeDevice(build, facts, ordinal);
    expect(verdict.usable).toBe(false);
    expect(verdict.reason).toBe(reason);
  });
});

describe('facts', () => {
  it('are read from the texts of libxgboost and the driver', () => {
    expect(readBuild('{"USE_CUDA":true,"CUDA_VERSION":[13,3],"DEBUG":false}')).toEqual(CUDA_13);
    expect(readBuild('{"USE_CUDA":false}')).toEqual(CPU);
    expect(readBuild('{}')).toEqual(CPU);
    const text =
      '{"driver":13000,"error":null,"devices":[{"ordinal":0,"name":"NVIDIA H200","major":9,"minor":0,"memory":150000000000}]}';
    const whole = { ...H200, memory: 150_000_000_000 };
    expect(readDriver(text, '0')).toEqual(driver({ gpus: [whole], visible: '0' }));
    const none = '{"driver":null,"error":"no NVIDIA driver is installed","devices":[]}';
    expect(readDriver(none, undefined)).toEqual(
      driver({ version: undefined, error: 'no NVIDIA driver is installed' }),
    );
  });
});

describe('what is asked for', () => {
  it('is checked', () => {
    // @ts-expect-error no such device
    expect(() => getDevice('tpu')).toThrow("getDevice(): expected 'gpu' or 'cpu', received 'tpu'");
    // @ts-expect-error a slip of the hand
    expect(() => getDevice('gpu', { fallbak: true })).toThrow(
      /unknown option 'fallbak' \(did you mean fallback\?\)/,
    );
    expect(() => probeDevice(-1)).toThrow(TypeError);
    expect(() => probeDevice(0.5)).toThrow(TypeError);
  });

  it('cpu needs nothing', () => {
    expect(getDevice('cpu')).toBe('cpu');
    expect(getDevice('cpu', { fallback: false })).toBe('cpu');
    expect(() => requireDevice('cpu')).not.toThrow();
  });

  it('an ordinal that no machine has is a DeviceError', () => {
    expect(() => requireDevice('cuda:4000')).toThrow(DeviceError);
    expect(() => getDevice('gpu', { fallback: false, deviceId: 4000 })).toThrow(/^GPU 4000 cannot be used: /);
  });
});

describe('without a GPU', () => {
  beforeEach(({ skip }) => skip(probeDevice(0).usable, 'this machine has a GPU'));

  it('is said why', () => {
    const { reason } = probeDevice(0);
    expect(reason).toMatch(/\w+ \w+/);
    expect(() => requireDevice('cuda')).toThrow(`device: 'cuda' cannot be used: ${reason}`);
    expect(() => requireDevice('gpu:0')).toThrow(DeviceError);
    expect(() => getDevice('gpu', { fallback: false })).toThrow(`GPU 0 cannot be used: ${reason}`);
  });

  it('falls back with one warning in the life of a process', () => {
    const script = `
      import { getDevice } from '${new URL('../../dist/index.js', import.meta.url).href}';
      const codes = [];
      process.on('warning', ({ code, message }) => codes.push(code + ' ' + message));
      const devices = [getDevice(), getDevice('gpu'), getDevice('gpu', { fallback: true })];
      setImmediate(() => console.log(JSON.stringify({ devices, codes })));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    const { devices, codes } = JSON.parse(stdout || `{"devices":[],"codes":[${JSON.stringify(stderr)}]}`);
    expect(devices).toEqual(['cpu', 'cpu', 'cpu']);
    expect(codes).toHaveLength(1);
    expect(codes[0]).toMatch(/^XGBOOST_GPU_FALLBACK GPU 0 cannot be used: .*\. The CPU is used instead\.$/);
  });
});

describe('with a GPU', () => {
  beforeEach(({ skip }) => skip(!probeDevice(0).usable, probeDevice(0).reason));

  it('is used', () => {
    expect(getDevice('gpu', { fallback: false })).toBe('gpu');
    expect(() => requireDevice('cuda')).not.toThrow();
    expect(() => requireDevice('cuda:0')).not.toThrow();
  });
});
