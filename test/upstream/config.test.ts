// Behaviours that the Python package tests of the global configuration, the build and the log.
import { afterEach, describe, expect, it } from 'vitest';
import { Booster, buildInfo, getConfig, onLog, setConfig, train, withConfig } from '../../lib/index.js';
import { matrix, regression } from './support.js';

afterEach(() => {
  onLog(null);
  setConfig({ verbosity: 1 });
});

describe('the global configuration', () => {
  it.each([0, 1, 2, 3] as const)('verbosity %i holds inside withConfig', (verbosity) => {
    expect(getConfig().verbosity).toBe(1);
    expect(withConfig({ verbosity }, () => getConfig().verbosity)).toBe(verbosity);
    expect(getConfig().verbosity).toBe(1);
  });

  it.each([true, false])('use_rmm: %s holds inside withConfig', (use_rmm) => {
    const before = getConfig().use_rmm;
    expect(withConfig({ use_rmm }, () => getConfig().use_rmm)).toBe(use_rmm);
    expect(getConfig().use_rmm).toBe(before);
  });

  it('nests', () => {
    const seen: unknown[] = [];
    const look = () => seen.push(getConfig().verbosity);
    withConfig({ verbosity: 3 }, () => {
      look();
      withConfig({ verbosity: 2 }, () => {
        look();
        withConfig({ verbosity: 1 }, look);
        look();
      });
      look();
    });
    look();
    expect(seen).toEqual([3, 2, 1, 2, 3, 1]);
  });

  it('without a setting changes nothing', () => {
    expect(withConfig({ verbosity: 3 }, () => withConfig({}, () => getConfig().verbosity))).toBe(3);
  });

  it('holds inside withConfig alone, also when that fails', async () => {
    expect(() =>
      withConfig({ verbosity: 0 }, () => {
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(getConfig().verbosity).toBe(1);
    await expect(withConfig({ verbosity: 0 }, () => Promise.reject(new Error('later')))).rejects.toThrow(
      'later',
    );
    expect(getConfig().verbosity).toBe(1);
  });

  it('set for good holds until it is set again, also around withConfig', () => {
    setConfig({ verbosity: 2 });
    expect(withConfig({ verbosity: 3 }, () => getConfig().verbosity)).toBe(3);
    expect(getConfig().verbosity).toBe(2);
  });

  it('uses all threads by default', () => {
    expect(getConfig().nthread).toBe(0);
  });

  it('reaches the threads that boosters work on', async () => {
    const lines: string[] = [];
    onLog((_level, message) => lines.push(message));
    using dtrain = matrix(regression(50, 3));
    const quiet = await withConfig({ verbosity: 0 }, () =>
      train({ booster: 'gblinear', nthread: 1 }, dtrain),
    );
    quiet.booster.dispose();
    expect(lines).toEqual([]);
  });
});

describe('the library', () => {
  it('the build tells its version and its parts', () => {
    const { version, path, cuda, flags } = buildInfo();
    expect(version).toMatch(/^3\.4\.\d+$/);
    expect(path).toMatch(/xgboost/);
    expect(cuda).toBe(flags.USE_CUDA);
    expect(flags.USE_RMM).toBe(false);
    expect(flags.USE_FEDERATED).toBe(false);
  });

  it('what libxgboost says comes with its level', async () => {
    const lines: [string, string][] = [];
    onLog((level, message) => lines.push([level, message]));
    using dtrain = matrix(regression(50, 3));
    using booster = await Booster.create({ booster: 'gblinear', nthread: 1 }, [dtrain]);
    await booster.update(dtrain, 0);
    expect(lines.some(([level, text]) => level === 'warning' && /gblinear/.test(text))).toBe(true);
  });
});
