// Custom metrics: asked for each data set, checked, and rounded as Python does.

import type { Booster } from '../booster/booster.js';
import type { EvalEntry } from '../booster/evaluation.js';
import { describeValue } from '../options.js';
import { fixedText, parseFloatText } from '../python/float-text.js';
import type { RoundPlan } from './options.js';

/** Python hands custom metrics on as text with six decimals, and compares those. */
function rounded(value: number): number {
  return parseFloatText(fixedText(value, 6));
}

function namedNumber(result: unknown, owner: string): readonly [string, number] {
  if (Array.isArray(result) && result.length === 2) {
    const [name, value]: unknown[] = result;
    if (typeof name === 'string' && name !== '' && typeof value === 'number') return [name, rounded(value)];
    throw new TypeError(
      `${owner}: customMetric: expected [name, number], received [${describeValue(name)}, ${describeValue(value)}]`,
    );
  }
  throw new TypeError(`${owner}: customMetric: expected [name, number], received ${describeValue(result)}`);
}

/** `[name, value]` or a list of those. */
function namedNumbers(result: unknown, owner: string): (readonly [string, number])[] {
  const several = Array.isArray(result) && (result.length === 0 || Array.isArray(result[0]));
  return (several ? result : [result]).map((one: unknown) => namedNumber(one, owner));
}

/** Asks the custom metric about each data set, if there is one. */
export async function customEntries(
  plan: Omit<RoundPlan, 'nativeEvals'>,
  booster: Booster,
): Promise<EvalEntry[]> {
  const { customMetric, objective, owner } = plan;
  const entries: EvalEntry[] = [];
  if (customMetric === undefined) return entries;
  for (const [data, name] of plan.evals) {
    const predictions = await booster.predict(data, { outputMargin: objective !== undefined });
    const result: unknown = await customMetric(predictions, data);
    for (const [metric, value] of namedNumbers(result, owner)) entries.push([name, metric, value]);
  }
  return entries;
}
