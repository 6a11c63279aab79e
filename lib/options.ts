// Checks that every options object passes through: an unknown option name is a TypeError, never ignored.
import { types } from 'node:util';
import { didYouMean } from './suggest.js';

/**
 * Throws a TypeError when `options` is not a plain object or holds a name that is not in `known`.
 *
 * @param owner the call as the user wrote it, for the message: `train()`
 */
export function checkOptions(options: unknown, known: readonly string[], owner: string): void {
  if (options === undefined) return;
  if (!isRecord(options)) {
    throw new TypeError(`${owner}: expected an options object, received ${describeValue(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const guess = didYouMean(name, known) ?? `known options: ${known.join(', ')}`;
    throw new TypeError(`${owner}: unknown option '${name}' (${guess})`);
  }
}

/** Whether `value` is an object with named members. The entries of a Map are none, so all of them would be ignored. */
export function isRecord(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !types.isMap(value) && !types.isSet(value);
}

/** A short, safe description of any value for error messages. */
export function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value.length > 40 ? `'${value.slice(0, 40)}...'` : `'${value}'`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number' || typeof value === 'boolean' || value === undefined) return String(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol') return 'a symbol';
  if (ArrayBuffer.isView(value)) {
    const length = 'length' in value ? String(value.length) : `${value.byteLength} bytes`;
    return `${value.constructor.name}(${length})`;
  }
  if (Array.isArray(value)) return `an array of ${value.length}`;
  const name = value.constructor?.name;
  return name === undefined || name === 'Object' ? 'an object' : `a ${name}`;
}
