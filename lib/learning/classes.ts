// The classes of a classification: distinct labels in order, and the way between labels and class numbers.
import { DataError } from '../errors.js';
import { describeValue } from '../options.js';
import { byCodePoint } from '../python/code-point-order.js';

/** One label of a classification. */
export type Label = string | number | boolean | bigint;

/** What the labels of a model are. */
export type ClassKind = 'number' | 'bigint' | 'boolean' | 'string';

/** More labels than this make a message hard to read. */
const SHOWN = 10;

function kindOf(label: unknown, what: string): ClassKind {
  const kind = typeof label;
  if (kind === 'number' || kind === 'bigint' || kind === 'boolean' || kind === 'string') return kind;
  throw new DataError(
    `${what}: expected numbers, booleans or strings as labels, received ${describeValue(label)}`,
  );
}

function inOrder(values: readonly Label[]): Label[] {
  return [...values].sort((a, b) => {
    if (typeof a === 'string' && typeof b === 'string') return byCodePoint(a, b);
    return a < b ? -1 : Number(a > b);
  });
}

/** The distinct labels, all of one kind and finite. */
function distinct(labels: Iterable<Label>, what: string): Set<Label> {
  const found = new Set<Label>();
  let kind: ClassKind | undefined;
  for (const label of labels) {
    if (found.has(label)) continue;
    kind ??= kindOf(label, what);
    if (kindOf(label, what) !== kind) {
      throw new DataError(`${what}: labels must be of one kind, found a ${kind} and ${describeValue(label)}`);
    }
    if (typeof label === 'number' && !Number.isFinite(label)) {
      throw new DataError(`${what}: ${label} is not a label`, { hint: 'drop the rows without a label' });
    }
    found.add(label);
  }
  return found;
}

/** The classes of one model. Class number k is the k-th smallest label. */
export class Classes {
  readonly kind: ClassKind;
  /** In ascending order: numbers by size, strings by code point, `false` before `true`. */
  readonly values: readonly Label[];
  readonly #codes: ReadonlyMap<Label, number>;

  private constructor(values: readonly Label[], what: string) {
    this.kind = kindOf(values[0], what);
    this.values = Object.freeze(values);
    this.#codes = new Map(values.map((value, code) => [value, code]));
  }

  /**
   * The distinct labels of a training set.
   *
   * @param what the argument, for messages: `train(): y`
   * @throws DataError for fewer than two classes, NaN or mixed kinds
   */
  static ofLabels(labels: Iterable<Label>, what: string): Classes {
    const values = inOrder([...distinct(labels, what)]);
    if (values.length < 2) {
      const found = values.length === 0 ? 'no labels' : `only ${describeValue(values[0])}`;
      throw new DataError(`${what}: expected at least two classes, found ${found}`);
    }
    return new Classes(values, what);
  }

  /** Classes 0 to k - 1, for models and matrices whose labels are class numbers already. */
  static ofCount(count: number): Classes {
    return new Classes(
      Array.from({ length: count }, (_, code) => code),
      'classes',
    );
  }

  get count(): number {
    return this.values.length;
  }

  /** Whether predictions can carry the labels themselves: numbers can, booleans and strings cannot. */
  get isNumeric(): boolean {
    return this.kind === 'number' || this.kind === 'bigint';
  }

  /** Whether they are 0 to k - 1, as XGBoost numbers classes itself. */
  get isPlain(): boolean {
    return this.kind === 'number' && this.values.every((value, code) => value === code);
  }

  /**
   * Class numbers of labels.
   *
   * @param what the argument, for messages: `yVal`
   * @throws DataError naming a label that is not a class
   */
  encode(labels: ArrayLike<Label>, what: string): Float32Array {
    const codes = new Float32Array(labels.length);
    for (let row = 0; row < codes.length; row++) {
      const label = labels[row];
      const code = label === undefined ? undefined : this.#codes.get(label);
      if (code === undefined) this.#refuse(label, row, what);
      codes[row] = code;
    }
    return codes;
  }

  #refuse(label: unknown, row: number, what: string): never {
    const shown = this.values.slice(0, SHOWN).map(describeValue).join(', ');
    const more = this.count > SHOWN ? ` and ${this.count - SHOWN} more` : '';
    throw new DataError(`${what}: label ${describeValue(label)} in row ${row} is not a class of this model`, {
      hint: `the classes seen in training are ${shown}${more}`,
    });
  }

  /** Labels of class numbers. */
  decode(codes: ArrayLike<number>): Label[] {
    const labels: Label[] = [];
    for (let row = 0; row < codes.length; row++) {
      const label = this.values[codes[row] ?? -1];
      if (label === undefined) throw new DataError(`class number ${codes[row]} is not below ${this.count}`);
      labels.push(label);
    }
    return labels;
  }

  /** What `predict` returns: the labels where those are numbers, else the class numbers. */
  toNumbers(codes: ArrayLike<number>): Float32Array {
    const known = Float32Array.from(this.values, (value, code) => (this.isNumeric ? Number(value) : code));
    const numbers = new Float32Array(codes.length);
    for (let row = 0; row < numbers.length; row++) numbers[row] = known[codes[row] ?? -1] ?? Number.NaN;
    return numbers;
  }

  /** A form that survives JSON; `bigint` is written as text. */
  toJSON(): { kind: ClassKind; values: (string | number | boolean)[] } {
    return {
      kind: this.kind,
      values: this.values.map((value) => (typeof value === 'bigint' ? String(value) : value)),
    };
  }

  /** Reads what `toJSON` wrote; undefined when it is something else. */
  static fromJSON(kind: ClassKind, values: readonly unknown[]): Classes | undefined {
    const labels = kind === 'bigint' ? values.map(readBigInt) : values;
    if (labels.length < 2 || !labels.every((label): label is Label => typeof label === kind))
      return undefined;
    if (new Set(labels).size !== labels.length) return undefined;
    return new Classes(labels, 'classes');
  }
}

function readBigInt(text: unknown): unknown {
  return typeof text === 'string' && /^-?\d+$/.test(text) ? BigInt(text) : undefined;
}
