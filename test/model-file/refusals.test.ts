// Models that are valid JSON and lie: each is refused with the place where it does.
import { describe, expect, test } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import { ModelError } from '../../lib/errors.js';
import { binaryMatrix, trained } from '../booster/fixtures.js';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Place = readonly (string | number)[];

const text = await (async () => {
  using dtrain = binaryMatrix();
  using booster = await trained(dtrain);
  return new TextDecoder().decode(booster.toBuffer('json'));
})();

function load(json: string): void {
  Booster.loadSync(new TextEncoder().encode(json)).dispose();
}

/** The model with the value at `place` replaced; undefined takes it away. */
function changed(place: Place, value: Json | undefined): string {
  const model = JSON.parse(text) as Json;
  let parent = model as Record<string | number, Json>;
  for (const step of place.slice(0, -1)) parent = parent[step] as Record<string | number, Json>;
  const last = place[place.length - 1] as string;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return JSON.stringify(model);
}

const learner = ['learner'];
const header = [...learner, 'learner_model_param'];
const booster = [...learner, 'gradient_booster'];
const forest = [...booster, 'model'];
const tree = [...forest, 'trees', 1];

const LIES: readonly (readonly [string, Place, Json | undefined, RegExp])[] = [
  [
    'a child beyond the tree',
    [...tree, 'left_children', 0],
    4000,
    /trees\[1\]\.left_children\[0\]: expected -1 or 1 to \d+, received 4000$/,
  ],
  [
    'a node that is its own child',
    [...tree, 'left_children', 0],
    0,
    /trees\[1\]\.left_children\[0\]: expected/,
  ],
  ['a negative child', [...tree, 'left_children', 0], -7, /left_children\[0\]: expected -1 or 1/],
  [
    'siblings apart',
    [...tree, 'right_children', 0],
    3,
    /trees\[1\]\.right_children\[0\]: expected 2, beside the left child, received 3$/,
  ],
  ['another parent', [...tree, 'parents', 1], 2, /trees\[1\]\.parents\[1\]: expected 0, received 2$/],
  [
    'a feature the model has not',
    [...tree, 'split_indices', 0],
    4,
    /trees\[1\]\.split_indices\[0\]: expected a feature below 4, received 4$/,
  ],
  [
    'a number beyond 32 bits',
    [...tree, 'split_indices', 0],
    2 ** 40,
    /split_indices\[0\]: expected a 32-bit integer, received 1099511627776$/,
  ],
  [
    'a direction of 2',
    [...tree, 'default_left', 0],
    2,
    /trees\[1\]\.default_left\[0\]: expected 0 or 1, received 2$/,
  ],
  [
    'a short list',
    [...tree, 'split_conditions'],
    [1.5],
    /trees\[1\]\.split_conditions: expected \d+ elements, received 1$/,
  ],
  [
    'a text for a number',
    [...tree, 'split_conditions', 0],
    '1.5',
    /trees\[1\]\.split_conditions: at byte \d+: expected a number$/,
  ],
  ['a list for an object', tree, [], /trees\[1\]: at byte \d+: expected '\{', received '\['$/],
  ['no nodes', [...tree, 'tree_param', 'num_nodes'], '0', /trees\[1\]: a tree has at least one node$/],
  [
    'a count of nodes that is none',
    [...tree, 'tree_param', 'num_nodes'],
    '1e3',
    /tree_param\.num_nodes: expected a whole number from 0 to 2147483647, received "1e3"$/,
  ],
  ['another number than its own', [...tree, 'id'], 0, /trees\[1\]\.id: expected 1, received 0$/],
  [
    'categories at a numeric node',
    [...tree, 'categories_nodes'],
    [0],
    /trees\[1\]\.categories_nodes: expected the nodes whose split_type is 1/,
  ],
  ['a member nobody knows', [...tree, 'depth'], 3, /trees\[1\]: unknown member "depth"$/],
  ['a missing member', [...tree, 'parents'], undefined, /trees\[1\]: member "parents" is missing$/],
  [
    'a tree too few',
    [...forest, 'gbtree_model_param', 'num_trees'],
    '3',
    /gradient_booster: gbtree_model_param\.num_trees is 3, but there are 4 trees$/,
  ],
  [
    'no parallel trees',
    [...forest, 'gbtree_model_param', 'num_parallel_tree'],
    '0',
    /num_parallel_tree is 0$/,
  ],
  [
    'rounds out of order',
    [...forest, 'iteration_indptr', 1],
    3,
    /model\.iteration_indptr\[1\]: expected 1, received 3$/,
  ],
  [
    'an output the model has not',
    [...forest, 'tree_info', 2],
    1,
    /model\.tree_info\[2\]: expected 0, received 1$/,
  ],
  [
    'weights for some trees',
    [...forest, 'weight_drop'],
    [1.5],
    /weight_drop: expected 4 values, received 1$/,
  ],
  [
    'a booster nobody knows',
    [...booster, 'name'],
    'gbforest',
    /gradient_booster: unknown booster "gbforest"$/,
  ],
  [
    'no features',
    [...header, 'num_feature'],
    '0',
    /learner_model_param: num_feature: expected 1 to 16777216, received 0$/,
  ],
  ['too many features', [...header, 'num_feature'], '16777217', /num_feature: expected 1 to 16777216/],
  ['too many classes', [...header, 'num_class'], '2000000000', /2000000000 outputs in a model of \d+ bytes$/],
  [
    'classes and targets',
    header,
    { base_score: '0.5', num_class: '3', num_target: '2', num_feature: '4' },
    /both num_class and num_target are above 1$/,
  ],
  [
    'a base score that is none',
    [...header, 'base_score'],
    'half',
    /base_score: expected finite numbers, received "half"$/,
  ],
  ['an infinite base score', [...header, 'base_score'], '[1e99]', /base_score: expected finite numbers/],
  [
    'two base scores',
    [...header, 'base_score'],
    '[0.5,0.5]',
    /base_score: expected 1 or 1 values, received 2$/,
  ],
  [
    'nested base scores',
    [...header, 'base_score'],
    '['.repeat(100_000),
    /base_score: expected finite numbers/,
  ],
  [
    'an objective nobody knows',
    [...learner, 'objective', 'name'],
    'reg:mine',
    /learner\.objective: unknown objective "reg:mine"$/,
  ],
  [
    'a nested parameter',
    [...learner, 'objective', 'reg_loss_param', 'scale_pos_weight'],
    '[[[[1]]]]',
    /reg_loss_param: scale_pos_weight: expected a number or a word$/,
  ],
  [
    'names for some features',
    [...learner, 'feature_names'],
    ['a'],
    /learner\.feature_names: expected 0 or 4 elements, received 1$/,
  ],
  [
    'a type of feature nobody knows',
    [...learner, 'feature_types'],
    ['float', 'q', 'int', 'text'],
    /learner\.feature_types\[3\]: expected float, int, i, q or c, received "text"$/,
  ],
  ['a version to come', ['version'], [4, 0, 0], /version: expected three numbers, the first from 1 to 3$/],
  ['a version of two numbers', ['version'], [3, 4], /version: expected three numbers/],
];

describe('a model that lies', () => {
  test('the model itself loads', () => load(text));

  test.each(LIES)('%s', (_, place, value, message) => {
    expect(() => load(changed(place, value))).toThrow(ModelError);
    expect(() => load(changed(place, value))).toThrow(message);
  });

  test('a NUL in a text', () => {
    const nul = text.replace('"attributes":{', '"attributes":{"owner":"a\0b"');
    expect(() => load(nul)).toThrow(/learner\.attributes: the text has a NUL in it$/);
  });

  test('a text that is not UTF-8', () => {
    const bytes = new TextEncoder().encode(text.replace('"attributes":{', '"attributes":{"owner":"~"'));
    bytes[bytes.indexOf('~'.charCodeAt(0))] = 0xff;
    expect(() => Booster.loadSync(bytes)).toThrow(/learner\.attributes: the text is not valid UTF-8$/);
  });

  test('a member twice', () => {
    const twice = text.replace('"version":', '"version":[3,4,1],"version":');
    expect(() => load(twice)).toThrow(/the model: member "version" is there twice$/);
  });

  test('two billion trees for the next round of an empty forest', async () => {
    using dtrain = binaryMatrix();
    using none = await trained(dtrain, 0);
    const empty = new TextDecoder().decode(none.toBuffer('json'));
    load(empty);
    expect(() => load(empty.replace('"num_parallel_tree":"1"', '"num_parallel_tree":"2000000000"'))).toThrow(
      /num_parallel_tree is 2000000000 in a model without trees$/,
    );
  });

  test('bytes after the end', () => {
    expect(() => load(`${text} x`)).toThrow(/the model: at byte \d+: expected the end of the model$/);
  });

  test('a hundred thousand brackets', () => {
    expect(() =>
      load(changed(forest, undefined).replace('"name"', `"model":${'['.repeat(100_000)},"name"`)),
    ).toThrow(/gradient_booster\.model: at byte/);
  });

  test.each([1, 100, 1000, text.length - 1])('cut after %d bytes', (length) => {
    expect(() => load(text.slice(0, length))).toThrow(ModelError);
  });
});
