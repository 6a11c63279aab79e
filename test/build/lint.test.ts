// The lints are tests: what `npm run lint` would refuse fails here.
import { expect, test } from 'vitest';
import { lint, lints } from '../../scripts/lint.mjs';

for (const name of Object.keys(lints)) {
  test(name, { timeout: 240_000 }, () => {
    expect(lint(name)).toBe('');
  });
}
