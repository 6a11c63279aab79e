import { describe, expect, test } from 'vitest';
import { DataError, OutOfMemoryError, ParameterError } from '../../lib/errors.js';
import { cleanMessage, makeError } from '../../lib/native/failures.js';

describe('cleanMessage', () => {
  test('drops time, source position, the failed expression and the stack trace', () => {
    const text =
      '[12:34:56] /src/data/data.cc:123: Check failed: a == b (1 vs. 2) : Size of labels must match.\nStack trace:\n  [bt] (0) lib.so';
    expect(cleanMessage(text)).toBe('Size of labels must match.');
  });

  test('keeps a failed check that has no words of its own', () => {
    expect(cleanMessage('[12:34:56] /src/a.cc:1: Check failed: p != nullptr:')).toBe(
      'Check failed: p != nullptr:',
    );
  });

  test('leaves other text alone', () => {
    expect(cleanMessage("Invalid Parameter format for max_depth expect int but value='x'")).toContain(
      'max_depth',
    );
  });
});

describe('makeError', () => {
  test('chooses the class by what libxgboost said, and keeps its text', () => {
    const error = makeError(
      'xgboost',
      "Invalid Parameter format for eta expect float but value='x'",
      'XGBoosterUpdateOneIter',
    );
    expect(error).toBeInstanceOf(ParameterError);
    expect(error).toMatchObject({ native: expect.stringContaining('eta'), code: 'ERR_XGBOOST_PARAMETER' });
    expect(makeError('xgboost', 'anything', 'XGDMatrixCreateFromDense')).toBeInstanceOf(DataError);
    expect(makeError('memory', 'std::bad_alloc', 'XGBoosterUpdateOneIter')).toBeInstanceOf(OutOfMemoryError);
  });

  test('takes the stack of the place where the call was made', () => {
    const site = new Error('site');
    expect(makeError('data', 'text', '', site).stack).toMatch(/^DataError: text\n {4}at .*failures\.test/s);
  });
});
