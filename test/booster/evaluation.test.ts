// Evaluation lines and the names of data sets.
import { describe, expect, it } from 'vitest';
import { evalRecord, nativeEvals, parseEvalLine } from '../../lib/booster/evaluation.js';
import { addRound, type History, keysOf } from '../../lib/train/history.js';

describe('parseEvalLine', () => {
  it('reads data sets and metrics in order', () => {
    const line = '[3]\ttrain-rmse:0.25000000000000000\ttrain-mae:0.5\tval-rmse:nan\tval-mae:inf';
    expect(parseEvalLine(line, ['train', 'val'])).toEqual([
      ['train', 'rmse', 0.25],
      ['train', 'mae', 0.5],
      ['val', 'rmse', Number.NaN],
      ['val', 'mae', Number.POSITIVE_INFINITY],
    ]);
  });
  it('keeps metric names that hold separators', () => {
    expect(parseEvalLine('[0]\tv-ndcg@5-:1\tv-error@0.7:0.5', ['v'])).toEqual([
      ['v', 'ndcg@5-', 1],
      ['v', 'error@0.7', 0.5],
    ]);
  });
  it('keeps names with spaces and colons apart', () => {
    expect(parseEvalLine('[0]\tmy data:a-rmse:1\tmy data-rmse:2', ['my data:a', 'my data'])).toEqual([
      ['my data:a', 'rmse', 1],
      ['my data', 'rmse', 2],
    ]);
  });
  it('is empty without data sets', () => expect(parseEvalLine('[0]', [])).toEqual([]));
  it('refuses what it cannot place', () => {
    expect(() => parseEvalLine('[0]\tother-rmse:1', ['val'])).toThrow(/does not start with 'val-'/);
  });
});

describe('evalRecord', () => {
  it('nests, also for keys such as __proto__', () => {
    const record = evalRecord([
      ['val', 'rmse', 1],
      ['__proto__', 'x', 2],
    ]);
    expect(record.val).toEqual({ rmse: 1 });
    expect(Object.keys(record)).toEqual(['val', '__proto__']);
    expect(Reflect.get({}, 'x')).toBeUndefined();
  });
});

describe('history', () => {
  it('remembers the order in which names came, also of numbers', () => {
    const history: History = {};
    for (const value of [1, 2]) {
      addRound(history, [
        ['10', 'rmse', value],
        ['2', 'rmse', value + 10],
      ]);
    }
    expect(history).toEqual({ 10: { rmse: [1, 2] }, 2: { rmse: [11, 12] } });
    expect(keysOf(history)).toEqual(['10', '2']);
    expect(keysOf({ b: 1, a: 2 })).toEqual(['b', 'a']);
  });
});

describe('nativeEvals', () => {
  it('names what is wrong', () => {
    expect(() => nativeEvals({}, 'evals')).toThrow(
      'evals: expected [[dmatrix, name], ...], received an object',
    );
    expect(() => nativeEvals([1], 'evals')).toThrow('evals[0]: expected [dmatrix, name], received 1');
    expect(() => nativeEvals([[{}, 'val']], 'evals')).toThrow(TypeError);
  });
});
