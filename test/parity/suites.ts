// All lists of cases that are compared with the Python package, and the name each case goes by in tables.
import { cases } from './cases.js';
import { cvCases } from './cv-cases.js';
import { estimatorCases } from './estimators-cases.js';
import type { NamedCase } from './side-by-side.js';
import { toolsCases } from './tools-cases.js';

export interface Suite {
  readonly title: string;
  readonly cases: readonly NamedCase[];
}

/** The same cases, called after their suite: names may come again in another one. */
function of(suite: string, list: readonly NamedCase[]): NamedCase[] {
  return list.map(({ name, about }) => ({ name: `${suite}/${name}`, about }));
}

export const suites: readonly Suite[] = [
  { title: 'Training and prediction', cases },
  { title: 'Cross-validation', cases: of('cv', cvCases) },
  { title: 'Around training and prediction', cases: of('tools', toolsCases) },
  { title: 'Estimators', cases: of('estimators', estimatorCases) },
];

/** The names of all cases. */
export const caseNames: readonly string[] = suites.flatMap((suite) => suite.cases.map(({ name }) => name));
