// Parameters that need one another. libxgboost notices too, but does not say which parameter is missing.
import type { Problem } from './refusal.js';

interface Need {
  readonly name: string;
  readonly hint: string;
}

const CLASSES: Need = { name: 'num_class', hint: 'the number of classes; labels are 0 to num_class - 1' };
const QUANTILES: Need = { name: 'quantile_alpha', hint: 'for example quantile_alpha: [0.1, 0.5, 0.9]' };
const EXPECTILES: Need = { name: 'expectile_alpha', hint: 'for example expectile_alpha: [0.1, 0.5, 0.9]' };

const NEEDS: ReadonlyMap<string, Need> = new Map([
  ['objective multi:softmax', CLASSES],
  ['objective multi:softprob', CLASSES],
  ['objective reg:quantileerror', QUANTILES],
  ['eval_metric quantile', QUANTILES],
  ['objective reg:expectileerror', EXPECTILES],
  ['eval_metric expectile', EXPECTILES],
]);

/** What is missing among settings that are all there are. */
export function missingParams(settings: readonly (readonly [name: string, value: string])[]): Problem[] {
  const given = new Set(settings.filter(([, value]) => value !== '0').map(([name]) => name));
  const problems = new Map<string, Problem>();
  for (const [name, value] of settings) {
    const need = NEEDS.get(`${name} ${value}`);
    if (need === undefined || given.has(need.name)) continue;
    problems.set(need.name, { name: need.name, message: `${name}: '${value}' needs it`, hint: need.hint });
  }
  return [...problems.values()];
}
