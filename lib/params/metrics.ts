// Reads `eval_metric`: one name or a list, with the numbers some metrics carry.
import { describeValue } from '../options.js';
import { didYouMean } from '../suggest.js';
import { PLAIN_METRICS, RANKING_METRICS, THRESHOLD_METRICS } from './names.js';
import { type Reading, type Readings, Refusal } from './refusal.js';

const PLAIN: ReadonlySet<string> = new Set(PLAIN_METRICS);
const RANKING: ReadonlySet<string> = new Set(RANKING_METRICS);
const THRESHOLD: ReadonlySet<string> = new Set(THRESHOLD_METRICS);
const KNOWN = [...new Set([...PLAIN, ...THRESHOLD])];
/** What other libraries call these. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  accuracy: "'error' (two classes) and 'merror' are 1 - accuracy",
  mse: "use 'rmse', its root",
  l1: "use 'mae'",
  l2: "use 'rmse'",
  binary_logloss: "use 'logloss'",
  multi_logloss: "use 'mlogloss'",
  average_precision: "use 'aucpr'",
  precision: "use 'pre@n'",
};
const NAME = 'the name of a metric';
const MAX_POSITION = 2 ** 32 - 1;

/** The number after `@`, checked for the metric `base`. */
function readArgument(base: string, text: string): Refusal | undefined {
  if (RANKING.has(base)) {
    if (/^[1-9]\d*-?$/.test(text) && Number.parseInt(text, 10) <= MAX_POSITION) return undefined;
    return new Refusal(`${base}@n with a whole number n >= 1`, `for example '${base}@5'`);
  }
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (base === 'tweedie-nloglik' && !(number >= 1 && Math.fround(number) < 2)) {
    return new Refusal('tweedie-nloglik@p with p in [1, 2)', "for example 'tweedie-nloglik@1.5'");
  }
  return Number.isFinite(number)
    ? undefined
    : new Refusal(`${base}@t with a number t`, `for example '${base}@0.7'`);
}

function unknown(base: string): Refusal {
  const elsewhere = Object.hasOwn(ELSEWHERE, base) ? ELSEWHERE[base] : undefined;
  const guess = elsewhere ?? didYouMean(base, KNOWN) ?? `metrics: ${KNOWN.join(', ')}`;
  return new Refusal(NAME, guess);
}

/** The name itself, when XGBoost knows the metric. */
function readMetric(value: unknown): Reading {
  if (typeof value === 'function') return new Refusal(NAME, 'pass a function to train() as customMetric');
  if (typeof value !== 'string') return new Refusal(NAME);
  const at = value.indexOf('@');
  if (at >= 0) {
    const base = value.slice(0, at);
    if (RANKING.has(base) || THRESHOLD.has(base)) return readArgument(base, value.slice(at + 1)) ?? value;
    return PLAIN.has(base) ? new Refusal(`'${base}'`, 'it takes no number') : unknown(base);
  }
  if (PLAIN.has(value) || (value.endsWith('-') && RANKING.has(value.slice(0, -1)))) return value;
  return THRESHOLD.has(value) ? (readArgument(value, '') ?? value) : unknown(value);
}

/** The metrics in order: each is a setting of its own. */
export function readMetrics(value: unknown): Readings {
  if (!Array.isArray(value)) return readMetric(value);
  const items: readonly unknown[] = value;
  const names: string[] = [];
  for (const item of items) {
    const name = readMetric(item);
    if (typeof name !== 'string') return new Refusal(name.expected, name.hint, describeValue(item));
    names.push(name);
  }
  return names;
}
