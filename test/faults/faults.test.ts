// One case of each fault, and those that once killed the process; all of them are `npm run faults`.
import { beforeAll, describe, expect, test } from 'vitest';

interface Result {
  readonly fault: string;
  readonly name: string;
  readonly wrong?: string;
}
interface Runner {
  allCases(): Promise<{ fault: string; always?: boolean }[]>;
  runCases(cases: readonly unknown[]): Promise<Result[]>;
}

let results: Result[] = [];
beforeAll(async () => {
  const runner: Runner = await import('./support/runner.mjs' as string);
  const cases = await runner.allCases();
  const first = cases.filter(
    (one, index) => one.always === true || cases.findIndex(({ fault }) => fault === one.fault) === index,
  );
  results = await runner.runCases(first);
});

describe('faults through the public API', () => {
  test('there is a case of every kind', () => {
    expect(new Set(results.map(({ fault }) => fault)).size).toBeGreaterThan(25);
  });

  test('each ends with a clear error or well, and the process works on', () => {
    expect(results.filter(({ wrong }) => wrong !== undefined)).toEqual([]);
  });
});
