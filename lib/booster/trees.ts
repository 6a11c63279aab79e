// All nodes of all trees as one Arrow table, column by column like Python's trees_to_dataframe.
import { type ArrowTableResult, loadArrow } from '../data/arrow.js';
import { ModelError, NotSupportedError } from '../errors.js';
import { parseJson } from '../native/json.js';

/** What we read of a tree in XGBoost's JSON model. Absent children are -1. */
interface TreeJson {
  readonly left_children: readonly number[];
  readonly right_children: readonly number[];
  readonly split_indices: readonly number[];
  readonly split_conditions: readonly number[];
  readonly default_left: readonly (number | boolean)[];
  readonly split_type: readonly number[];
  readonly loss_changes: readonly number[];
  readonly sum_hessian: readonly number[];
  readonly categories: readonly number[];
  readonly categories_nodes: readonly number[];
  readonly categories_segments: readonly number[];
  readonly categories_sizes: readonly number[];
  /** Only in trees with several outputs per leaf. */
  readonly leaf_weights?: readonly number[];
  readonly tree_param: { readonly size_leaf_vector: string };
}

interface GbtreeModel {
  readonly trees: readonly TreeJson[];
  readonly tree_info: readonly number[];
}

interface ModelJson {
  readonly learner: {
    readonly gradient_booster: { readonly name: string; readonly model: GbtreeModel };
  };
}

/** One line of the table; null where the column does not apply. */
interface Row {
  readonly tree: number;
  readonly target: number | null;
  readonly node: number;
  readonly feature: string;
  readonly split: number | null;
  readonly yes: string | null;
  readonly no: string | null;
  readonly missing: string | null;
  /** The leaf's value for leaves. */
  readonly gain: number;
  readonly cover: number;
  readonly category: readonly number[] | null;
}

/** The features as the model names and types them. */
interface Naming {
  readonly names: readonly string[] | undefined;
  readonly types: readonly string[] | undefined;
}

/** libxgboost wrote this text itself, so its shape is known; only its numbers are not JSON's when they are NaN. */
function readModel(text: string): ModelJson {
  try {
    return JSON.parse(text) as ModelJson;
  } catch {
    return parseJson(text) as ModelJson;
  }
}

function trees(model: ModelJson): GbtreeModel {
  const { name, model: content } = model.learner.gradient_booster;
  if (name === 'gbtree') return content;
  throw new NotSupportedError(`treesToTable(): the booster '${name}' has no trees`);
}

/** Reads `list[index]` of a model libxgboost wrote, where it cannot be absent. */
function at<T>(list: readonly T[] | undefined, index: number): T {
  const value = list?.[index];
  if (value === undefined) throw new ModelError(`treesToTable(): the model ends before entry ${index}`);
  return value;
}

/** The category codes each categorical split sends to the right, by node. */
function categoriesByNode(tree: TreeJson): Map<number, readonly number[]> {
  return new Map(
    tree.categories_nodes.map((node, index) => {
      const begin = at(tree.categories_segments, index);
      return [node, tree.categories.slice(begin, begin + at(tree.categories_sizes, index))];
    }),
  );
}

/** A leaf: one row, or one for each target where leaves are vectors. */
function leafRows(tree: TreeJson, id: number, node: number, target: number): Row[] {
  const width = Number(tree.tree_param.size_leaf_vector);
  const cover = at(tree.sum_hessian, node);
  const leaf = (of: number, gain: number): Row => ({
    tree: id,
    target: of,
    node,
    feature: 'Leaf',
    split: null,
    yes: null,
    no: null,
    missing: null,
    gain,
    cover,
    category: null,
  });
  if (width <= 1) return [leaf(target, at(tree.split_conditions, node))];
  // The right child of a leaf is re-used as the place of its vector.
  const begin = at(tree.right_children, node) * width;
  return Array.from({ length: width }, (_, of) => leaf(of, at(tree.leaf_weights, begin + of)));
}

interface Branches {
  readonly yes: number;
  readonly no: number;
  readonly missing: number;
  readonly split: number | null;
}

/** Which child answers yes: categories and indicators are the other way round than numbers. */
function branches(tree: TreeJson, node: number, type: string): Branches {
  const left = at(tree.left_children, node);
  const right = at(tree.right_children, node);
  const toLeft = Boolean(at(tree.default_left, node));
  const missing = toLeft ? left : right;
  if (at(tree.split_type, node) === 1) return { yes: right, no: left, missing, split: null };
  if (type === 'i') return { yes: toLeft ? right : left, no: missing, missing, split: null };
  const condition = at(tree.split_conditions, node);
  return { yes: left, no: right, missing, split: type === 'int' ? Math.ceil(condition) : condition };
}

function treeRows(tree: TreeJson, id: number, target: number, naming: Naming): Row[] {
  const categories = categoriesByNode(tree);
  const shared = Number(tree.tree_param.size_leaf_vector) > 1;
  const rows: Row[] = [];
  // Only what can be reached from the root: pruned nodes stay in the lists.
  const open = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (at(tree.left_children, node) === -1) {
      rows.push(...leafRows(tree, id, node, target));
      continue;
    }
    open.push(at(tree.left_children, node), at(tree.right_children, node));
    const index = at(tree.split_indices, node);
    const { yes, no, missing, split } = branches(tree, node, naming.types?.[index] ?? 'q');
    rows.push({
      tree: id,
      target: shared ? null : target,
      node,
      feature: naming.names?.[index] ?? `f${index}`,
      split,
      yes: `${id}-${yes}`,
      no: `${id}-${no}`,
      missing: `${id}-${missing}`,
      gain: at(tree.loss_changes, node),
      cover: at(tree.sum_hessian, node),
      category: at(tree.split_type, node) === 1 ? (categories.get(node) ?? null) : null,
    });
  }
  return rows.sort((a, b) => a.node - b.node || (a.target ?? 0) - (b.target ?? 0));
}

function toTable(rows: readonly Row[]): ArrowTableResult {
  const { Field, Float64, Int32, List, Table, Utf8, vectorFromArray } = loadArrow();
  const whole = (values: (number | null)[]) => vectorFromArray(values, new Int32());
  const text = (values: (string | null)[]) => vectorFromArray(values, new Utf8());
  const real = (values: (number | null)[]) => vectorFromArray(values, new Float64());
  const codes = new List(new Field('item', new Int32(), false));
  return new Table({
    Tree: whole(rows.map((row) => row.tree)),
    Target: whole(rows.map((row) => row.target)),
    Node: whole(rows.map((row) => row.node)),
    ID: text(rows.map((row) => `${row.tree}-${row.node}`)),
    Feature: text(rows.map((row) => row.feature)),
    Split: real(rows.map((row) => row.split)),
    Yes: text(rows.map((row) => row.yes)),
    No: text(rows.map((row) => row.no)),
    Missing: text(rows.map((row) => row.missing)),
    Gain: real(rows.map((row) => row.gain)),
    Cover: real(rows.map((row) => row.cover)),
    Category: vectorFromArray(
      rows.map((row) => row.category),
      codes,
    ),
  });
}

/**
 * The nodes of a tree model, sorted by tree and node.
 *
 * @param json the model as libxgboost's JSON
 * @throws NotSupportedError for linear models
 */
export function treeTable(json: string, naming: Naming): ArrowTableResult {
  const { trees: all, tree_info: targets } = trees(readModel(json));
  return toTable(all.flatMap((tree, id) => treeRows(tree, id, targets[id] ?? 0, naming)));
}
