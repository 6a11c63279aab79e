// The way between labels and class numbers, and through JSON.
import { describe, expect, test } from 'vitest';
import { DataError } from '../../lib/errors.js';
import { Classes, type Label } from '../../lib/learning/classes.js';

const KINDS: [name: string, labels: Label[], expected: Label[]][] = [
  ['numbers', [10, 9, -1, 10, 2.5], [-1, 2.5, 9, 10]],
  ['bigint', [3n, -9007199254740993n, 3n], [-9007199254740993n, 3n]],
  ['booleans', [true, false, true], [false, true]],
  ['strings', ['b', 'a', 'B', '\u{1F600}', '\uFF5E'], ['B', 'a', 'b', '\uFF5E', '\u{1F600}']],
];

describe('Classes', () => {
  test.each(KINDS)('%s: sorted, numbered, and back', (_, labels, expected) => {
    const classes = Classes.ofLabels(labels, 'y');
    expect(classes.values).toEqual(expected);
    const codes = classes.encode(labels, 'y');
    expect(classes.decode(codes)).toEqual(labels);
  });

  test.each(KINDS)('%s: survive JSON', (_, labels) => {
    const classes = Classes.ofLabels(labels, 'y');
    const { kind, values }: ReturnType<Classes['toJSON']> = JSON.parse(JSON.stringify(classes));
    const read = Classes.fromJSON(kind, values);
    expect(read?.values).toEqual(classes.values);
    expect(read?.kind).toBe(classes.kind);
  });

  test('predict answers with the labels when they are numbers, else with their positions', () => {
    expect(Array.from(Classes.ofLabels([5, 7], 'y').toNumbers([1, 0]))).toEqual([7, 5]);
    expect(Array.from(Classes.ofLabels([5n, 7n], 'y').toNumbers([1, 0]))).toEqual([7, 5]);
    expect(Array.from(Classes.ofLabels(['x', 'y'], 'y').toNumbers([1, 0]))).toEqual([1, 0]);
    expect(Array.from(Classes.ofLabels([true, false], 'y').toNumbers([1, 0]))).toEqual([1, 0]);
  });

  test('both zeros are one class', () => {
    expect(Classes.ofLabels([-0, 0, 1], 'y').count).toBe(2);
  });

  test.each<[Label[], RegExp]>([
    [[], /y: expected at least two classes, found no labels/],
    [[3, 3], /found only 3/],
    [[1, Number.NaN], /NaN is not a label.*drop the rows/],
    [[1, Number.POSITIVE_INFINITY], /Infinity is not a label/],
    [[1, 'a'], /one kind, found a number and 'a'/],
  ])('refuses %j', (labels, message) => {
    expect(() => Classes.ofLabels(labels, 'y')).toThrow(message);
    expect(() => Classes.ofLabels(labels, 'y')).toThrow(DataError);
  });

  test('an unknown label is named with its row and what is known', () => {
    const classes = Classes.ofLabels(['ham', 'spam'], 'y');
    expect(() => classes.encode(['ham', 'eggs'], 'yVal')).toThrow(
      /yVal: label 'eggs' in row 1 is not a class of this model \(the classes seen in training are 'ham', 'spam'\)/,
    );
  });

  test('does not read what is not its JSON', () => {
    expect(Classes.fromJSON('number', [1])).toBeUndefined();
    expect(Classes.fromJSON('number', [1, 1])).toBeUndefined();
    expect(Classes.fromJSON('number', [1, 'a'])).toBeUndefined();
    expect(Classes.fromJSON('bigint', ['1', 'x'])).toBeUndefined();
  });
});
