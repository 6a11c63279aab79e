// Options as a table: each is described once, where its name stands with its check, its default and its line of
// documentation. The type that callers see is derived from the table, so the two cannot differ.
import { types } from 'node:util';
import { didYouMean } from './suggest.js';

/** How one option is read. `In` is what callers may give, `Out` what the call works with. */
export interface Option<In, Out = In | undefined> {
  /**
   * @param value undefined when nothing was given
   * @param owner the call, for messages: `train()`
   * @param name of the option, for messages
   */
  readonly read: (value: unknown, owner: string, name: string) => Out;
  /** Never there: it carries the type. */
  readonly given?: In;
}

/** The options of a call by their names. */
export type OptionTable = Readonly<Record<string, Option<unknown, unknown>>>;

/** What callers may give. Written as `keyof`, so that the comments of the table show in editors. */
export type OptionsOf<Table> = {
  readonly [K in keyof Table]?: Table[K] extends Option<infer In, unknown> ? In | undefined : never;
};

/** What the call works with. */
export type SettingsOf<Table> = {
  readonly [K in keyof Table]: Table[K] extends Option<unknown, infer Out> ? Out : never;
};

/** The names in a table. */
export function optionNames<Table extends OptionTable>(table: Table): readonly (keyof Table & string)[] {
  return Object.keys(table);
}

/**
 * Reads options by their table. Each is asked for once, so that a getter cannot answer twice differently.
 *
 * @param owner the call as the user wrote it, for messages: `train()`
 * @throws TypeError for what is no options object, and for names that the table lacks, with a suggestion
 */
export function readOptions<Table extends OptionTable>(
  table: Table,
  given: unknown,
  owner: string,
): SettingsOf<Table> {
  checkOptions(given, optionNames(table), owner);
  const values: object = isRecord(given) ? given : {};
  const settings = Object.entries(table).map(([name, { read }]) => {
    return [name, read(Reflect.get(values, name), owner, name)];
  });
  return Object.fromEntries(settings);
}

/**
 * Throws a TypeError when `options` is not a plain object or holds a name that is not in `known`.
 *
 * @param owner the call as the user wrote it, for the message: `train()`
 */
function checkOptions(options: unknown, known: readonly string[], owner: string): void {
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
