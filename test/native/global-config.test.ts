// The number of threads for all boosters: back to all processors, which libxgboost itself cannot do.
import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { getConfig, setConfig, withConfig } from '../../lib/library.js';

test('nthread holds inside withConfig alone, and 0 takes it back', () => {
  expect(getConfig().nthread).toBe(0);
  expect(withConfig({ nthread: 1 }, () => getConfig().nthread)).toBe(1);
  expect(getConfig().nthread).toBe(availableParallelism());
  setConfig({ nthread: 1 });
  setConfig({ verbosity: 1 });
  expect(getConfig().nthread).toBe(1);
  setConfig({ nthread: 0 });
  expect(getConfig().nthread).toBe(availableParallelism());
});
