// Reads one value: which reader a parameter has.
import { didYouMean } from '../suggest.js';
import { type FeatureNames, readInteractions, readMonotone } from './constraints.js';
import type { ChoiceSpec, Spec } from './kinds.js';
import { readMetrics } from './metrics.js';
import { LINEAR_UPDATERS, TREE_UPDATERS } from './names.js';
import { readInteger, readLong, readReal, readReals, readSwitch } from './numbers.js';
import { listOf, type Reading, type Readings, Refusal } from './refusal.js';
import { retiredValue } from './retired.js';
import type { Parameter } from './table.js';

const DEVICE = /^(?:cpu|(?:cuda|gpu)(?::(\d+))?)$/;
/** As many names as a sentence holds. */
const FEW = 8;
/** libxgboost keeps ordinals in 16 bits. */
const MAX_ORDINAL = 2 ** 15 - 1;
const TREE_STEPS: ReadonlySet<string> = new Set(TREE_UPDATERS);
const LINEAR_STEPS: ReadonlySet<string> = new Set(LINEAR_UPDATERS);

function readDevice(value: unknown): Reading {
  const expected = "'cpu', 'cuda' or 'cuda:<ordinal>'";
  if (typeof value !== 'string') return new Refusal(expected);
  const match = DEVICE.exec(value);
  if (match !== null && Number(match[1] ?? 0) <= MAX_ORDINAL) return value;
  if (value.startsWith('sycl')) return new Refusal(expected, 'sycl needs a libxgboost built with its plugin');
  return new Refusal(
    expected,
    DEVICE.test(value.toLowerCase()) ? `write '${value.toLowerCase()}'` : undefined,
  );
}

function readUpdater(value: unknown): Reading {
  const expected = `tree updaters with commas between them (${TREE_UPDATERS.join(', ')}) or ${listOf(LINEAR_UPDATERS)}`;
  if (typeof value !== 'string') return new Refusal(expected);
  if (LINEAR_STEPS.has(value) || value.split(',').every((step) => TREE_STEPS.has(step))) return value;
  return new Refusal(expected, /\s/.test(value) ? 'without white space' : undefined);
}

function readChoice(spec: ChoiceSpec, value: unknown): Reading {
  if (typeof value === 'string' && spec.values.includes(value)) return value;
  const guess = typeof value === 'string' ? didYouMean(value, spec.values) : undefined;
  if (spec.values.length <= FEW) return new Refusal(listOf(spec.values), guess);
  return new Refusal(`one of ${spec.values.length} names`, guess ?? spec.values.join(', '));
}

function read(spec: Spec, value: unknown, names: FeatureNames): Readings {
  switch (spec.kind) {
    case 'integer':
      return readInteger(spec, value);
    case 'long':
      return readLong(value);
    case 'float':
    case 'double':
      return readReal(spec, value);
    case 'reals':
      return readReals(spec, value);
    case 'switch':
      return readSwitch(value);
    case 'choice':
      return readChoice(spec, value);
    case 'device':
      return readDevice(value);
    case 'updater':
      return readUpdater(value);
    case 'monotone':
      return readMonotone(value, names);
    case 'interactions':
      return readInteractions(value, names);
    case 'metrics':
      return readMetrics(value);
  }
}

/** The text (or texts) libxgboost gets for `value`, or what it should have been. */
export function readValue({ main, spec }: Parameter, value: unknown, names: FeatureNames): Readings {
  const reading = read(spec, value, names);
  if (!(reading instanceof Refusal)) return reading;
  const hint = retiredValue(main, value) ?? reading.hint;
  return new Refusal(reading.expected, hint, reading.received);
}
