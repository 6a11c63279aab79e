// Our declarations of the C API, compared with upstream's header by the compiler.
import { expect, test } from 'vitest';
import { compareHeaders, fetchHeader, functionsOf, upstreamHeader } from '../../scripts/shared/c-api.mjs';

/** Brings the header if it is not there; otherwise the reason why it cannot be had. */
async function headerProblem(): Promise<string | undefined> {
  try {
    process.env.PIP_RETRIES ??= '1';
    process.env.PIP_DEFAULT_TIMEOUT ??= '15';
    await fetchHeader();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error);
  }
}

test('each declaration equals upstream’s', { timeout: 300_000 }, async ({ skip }) => {
  const problem = await headerProblem();
  skip(problem !== undefined, `the pinned source archive cannot be had: ${problem}`);
  expect(functionsOf(upstreamHeader)).toHaveLength(99);
  expect(compareHeaders()).toBeGreaterThan(70);
});
