// The kinds of values parameters hold. A parameter is described once; its type and its check both follow from that.

/** Bounds of a number; `above` and `below` are not included. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
}

/** A whole number. */
export interface IntegerSpec extends Range {
  readonly kind: 'integer';
  readonly default?: number;
}

/** A real number; libxgboost keeps 32 bits of it (`float`) or all 64 (`double`). */
export interface RealSpec extends Range {
  readonly kind: 'float' | 'double';
  readonly default?: number;
}

/** One 32-bit number or a list of them. */
export interface RealsSpec extends Range {
  readonly kind: 'reals';
  readonly ascending: boolean;
}

/** A 64-bit integer. */
export interface LongSpec {
  readonly kind: 'long';
  readonly default: number;
}

export interface SwitchSpec {
  readonly kind: 'switch';
  readonly default: boolean;
}

/** One of a few names. */
export interface ChoiceSpec<V extends string = string> {
  readonly kind: 'choice';
  readonly values: readonly V[];
  readonly default: V;
}

/** Another name of the parameter `of`. */
export interface AliasSpec<N extends string = string> {
  readonly kind: 'alias';
  readonly of: N;
}

/** Values with a grammar of their own; each has its own reader. */
export interface FormSpec<F extends string = 'device' | 'updater' | 'metrics' | 'monotone' | 'interactions'> {
  readonly kind: F;
  readonly default?: string;
}

/** What a parameter is, once aliases are followed. */
export type Spec = IntegerSpec | RealSpec | RealsSpec | LongSpec | SwitchSpec | ChoiceSpec | FormSpec;

/** Largest value of the 32-bit integers most parameters are kept in. */
export const INT32_MAX = 2 ** 31 - 1;

export function integer(facts: Omit<IntegerSpec, 'kind'>): IntegerSpec {
  return { kind: 'integer', max: INT32_MAX, ...facts };
}

export function float(facts: Omit<RealSpec, 'kind'>): RealSpec {
  return { kind: 'float', ...facts };
}

export function double(facts: Omit<RealSpec, 'kind'>): RealSpec {
  return { kind: 'double', ...facts };
}

export function reals(facts: Omit<RealsSpec, 'kind'>): RealsSpec {
  return { kind: 'reals', ...facts };
}

export function long(facts: Omit<LongSpec, 'kind'>): LongSpec {
  return { kind: 'long', ...facts };
}

export function toggle(byDefault: boolean): SwitchSpec {
  return { kind: 'switch', default: byDefault };
}

export function choice<const V extends string>(values: readonly V[], byDefault: NoInfer<V>): ChoiceSpec<V> {
  return { kind: 'choice', values, default: byDefault };
}

export function alias<const N extends string>(of: N): AliasSpec<N> {
  return { kind: 'alias', of };
}

export function form<const F extends FormSpec['kind']>(kind: F, byDefault?: string): FormSpec<F> {
  return byDefault === undefined ? { kind } : { kind, default: byDefault };
}
