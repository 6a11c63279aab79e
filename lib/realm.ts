// What a value is, whichever realm made it. In a test of Jest and in a context of `vm` the classes of the language
// are other ones than those of Node's own modules, so that `instanceof` calls an Error or a Date of theirs none.
// node:util's `types` tell the engine's own kinds; here is what they leave open.
import { types } from 'node:util';

/** An error, also one that only behaves like one: a DOMException, or what a library of its own making throws. */
export function isError(value: unknown): value is Error {
  if (types.isNativeError(value)) return true;
  return (
    typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string'
  );
}

/** What an error says; anything may be thrown. */
export const messageOf = (thrown: unknown): string => (isError(thrown) ? thrown.message : String(thrown));

/** The code of an error of Node's (`ENOENT`) or of ours. */
export function codeOf(thrown: unknown): string | undefined {
  return isError(thrown) && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
}

/** An object literal or one without a prototype: neither a list nor an instance of something. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A signal of Node's or of another realm, which jsdom for one brings along. */
export function isAbortSignal(value: unknown): value is AbortSignal {
  if (typeof value !== 'object' || value === null) return false;
  if (!('aborted' in value && typeof value.aborted === 'boolean')) return false;
  const methods = ['addEventListener', 'removeEventListener', 'throwIfAborted'] as const;
  return methods.every((name) => name in value && typeof Reflect.get(value, name) === 'function');
}
