// Each table that a caller hands in is opened once, whatever the call does with it.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countOpenings } from '../../scripts/structure/openings.mjs';

test('every call opens each of its tables once', async () => {
  const counted = await countOpenings(join(import.meta.dirname, '..', '..'));
  expect(counted.length).toBeGreaterThanOrEqual(8);
  for (const [call, count] of counted) expect([call, count]).toEqual([call, /two tables/.test(call) ? 2 : 1]);
});
