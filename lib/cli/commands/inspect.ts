// xgboost-gpu inspect: what a model file holds.
import { Booster } from '../../booster/booster.js';
import { parseJson } from '../../native/json.js';
import { type CommonOptions, jsonText, type Terminal, textTable } from '../terminal.js';

export interface InspectCommand extends CommonOptions {
  readonly model: string;
}

/** One feature with its importance: what it adds (total gain) and how often trees ask for it. */
interface FeatureFacts {
  readonly name: string;
  readonly type: string | null;
  readonly gain: number;
  readonly splits: number;
  readonly categories: readonly unknown[] | null;
}

interface ModelFacts {
  readonly model: string;
  readonly objective: string;
  readonly booster: string;
  readonly rounds: number;
  readonly bestIteration: number | null;
  readonly bestScore: number | null;
  /** From the model classes of this package, when they made the file. */
  readonly task: unknown;
  readonly classes: unknown;
  readonly target: unknown;
  /** The columns of the bounds of a survival. */
  readonly bounds: readonly unknown[] | null;
  readonly features: readonly FeatureFacts[];
  readonly attributes: Readonly<Record<string, string>>;
}

/** Attributes that are shown in their parts. */
const KNOWN = ['xgboost_gpu', 'xgboost_gpu_data', 'best_iteration', 'best_score'];
/** Longer lists are cut on the screen; `--json` has them whole. */
const SHOWN = 8;

export async function inspect(options: InspectCommand, terminal: Terminal): Promise<void> {
  using booster = await Booster.load(options.model);
  const facts = factsOf(booster, options.model);
  terminal.out(terminal.json ? jsonText(facts) : screen(facts));
}

function factsOf(booster: Booster, model: string): ModelFacts {
  const config = parseJson(booster.saveConfig());
  const attributes = booster.attributes();
  const own = parseOwn(attributes.xgboost_gpu);
  const data = parseOwn(attributes.xgboost_gpu_data);
  const others = Object.entries(attributes).filter(([name]) => !KNOWN.includes(name));
  return {
    model,
    objective: String(pick(config, 'learner', 'objective', 'name')),
    booster: String(pick(config, 'learner', 'gradient_booster', 'name')),
    rounds: booster.numBoostedRounds,
    bestIteration: booster.bestIteration ?? null,
    bestScore: booster.bestScore ?? null,
    task: pick(own, 'task') ?? null,
    classes: pick(own, 'classes', 'values') ?? null,
    target: pick(data, 'target') ?? pick(own, 'columns', 'label') ?? null,
    bounds: boundsOf(data, own),
    features: featuresOf(booster),
    attributes: Object.fromEntries(others),
  };
}

function parseOwn(text: string | undefined): unknown {
  return text === undefined ? undefined : parseJson(text);
}

/** The columns of the bounds of a survival, where it learned from any. */
function boundsOf(data: unknown, own: unknown): readonly unknown[] | null {
  const names = ['lowerBound', 'upperBound'].map((role) => pick(data, role) ?? pick(own, 'columns', role));
  return names.every((name) => name === undefined) ? null : names;
}

function pick(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined),
    value,
  );
}

function featuresOf(booster: Booster): FeatureFacts[] {
  const gain = isTree(booster) ? booster.getScore('total_gain') : {};
  const splits = booster.getScore('weight');
  const categories = booster.getCategories();
  const names = booster.featureNames ?? Array.from({ length: booster.numFeatures }, (_, i) => `f${i}`);
  const facts = names.map((name, i) => ({
    name,
    type: booster.featureTypes?.[i] ?? null,
    gain: sum(gain[name]),
    splits: sum(splits[name]),
    categories: categories[name] === undefined ? null : [...iterate(categories[name])],
  }));
  return facts.sort((a, b) => b.gain - a.gain);
}

const isTree = (booster: Booster): boolean =>
  pick(parseJson(booster.saveConfig()), 'learner', 'gradient_booster', 'name') !== 'gblinear';

function sum(score: number | number[] | undefined): number {
  if (score === undefined) return 0;
  return typeof score === 'number' ? score : score.reduce((total, part) => total + part, 0);
}

function* iterate(vector: object): Generator<unknown> {
  if (Symbol.iterator in vector && typeof vector[Symbol.iterator] === 'function')
    yield* Array.from<unknown>(Object(vector));
}

function screen(facts: ModelFacts): string {
  const head = [
    ['model', facts.model],
    ['objective', facts.objective],
    ['booster', facts.booster],
    ['rounds', String(facts.rounds)],
  ];
  if (facts.bestIteration !== null) {
    head.push([
      'best',
      `iteration ${facts.bestIteration}${facts.bestScore === null ? '' : `, score ${facts.bestScore}`}`,
    ]);
  }
  if (facts.task !== null) head.push(['task', String(facts.task)]);
  if (Array.isArray(facts.classes)) head.push(['classes', listed(facts.classes)]);
  if (facts.target !== null) head.push(['target', String(facts.target)]);
  if (facts.bounds !== null) head.push(['bounds', listed(facts.bounds)]);
  for (const [name, value] of Object.entries(facts.attributes)) head.push([name, value.slice(0, 100)]);
  const rows = facts.features.map(({ name, type, gain, splits, categories }) => [
    name,
    type ?? '',
    gain.toPrecision(6),
    String(splits),
    categories === null ? '' : `${categories.length}: ${listed(categories)}`,
  ]);
  const table = textTable([['feature', 'type', 'total gain', 'splits', 'categories'], ...rows]);
  return `${textTable(head)}\n\n${table}\n`;
}

function listed(values: readonly unknown[]): string {
  const shown = values.slice(0, SHOWN).map(String).join(', ');
  return values.length > SHOWN ? `${shown}, …` : shown;
}
