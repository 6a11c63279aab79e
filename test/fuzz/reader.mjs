// Runs libFuzzer on the reader and the writer, from the corpus' models on.
// Usage: node test/fuzz/reader.mjs [--seconds N]      Needs clang++ with libFuzzer. Exit status 1 on a finding.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { main, root, run, StepError } from '../../scripts/shared/run.mjs';
import { buildFuzzer } from './build.mjs';
import { seeds } from './mutants.mjs';

/** What members are called, so that libFuzzer need not guess. */
const WORDS = [
  'learner',
  'version',
  'attributes',
  'feature_names',
  'feature_types',
  'gradient_booster',
  'learner_model_param',
  'objective',
  'base_score',
  'boost_from_average',
  'num_class',
  'num_feature',
  'num_target',
  'model',
  'name',
  'gbtree',
  'gblinear',
  'dart',
  'weight_drop',
  'weights',
  'boosted_rounds',
  'cats',
  'enc',
  'offsets',
  'values',
  'type',
  'feature_segments',
  'sorted_idx',
  'gbtree_model_param',
  'num_trees',
  'num_parallel_tree',
  'iteration_indptr',
  'tree_info',
  'trees',
  'base_weights',
  'categories',
  'categories_nodes',
  'categories_segments',
  'categories_sizes',
  'default_left',
  'id',
  'leaf_weights',
  'left_children',
  'loss_changes',
  'parents',
  'right_children',
  'split_conditions',
  'split_indices',
  'split_type',
  'sum_hessian',
  'tree_param',
  'num_deleted',
  'num_nodes',
  'size_leaf_vector',
  'reg_loss_param',
  'softmax_multiclass_param',
  'quantile_loss_param',
  'quantile_alpha',
  'NaN',
  'Infinity',
  '[#L',
  '[$d#L',
  '[$l#L',
  '[$L#L',
  '[$U#L',
  '[$i#L',
];

await main(() => {
  const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
  const folder = join(root, 'build', 'fuzz');
  const corpus = join(folder, 'corpus');
  const dictionary = join(folder, 'words.dict');
  const program = buildFuzzer();
  mkdirSync(corpus, { recursive: true });
  for (const { name, bytes } of seeds()) writeFileSync(join(corpus, name.replaceAll(' ', '-')), bytes);
  writeFileSync(dictionary, WORDS.map((word) => `"${word}"\n`).join(''));
  // libFuzzer's time is the wall's, which a busy machine stretches.
  const limits = ['-timeout=20', '-rss_limit_mb=512', '-malloc_limit_mb=128', '-max_len=65536'];
  const time = `-max_total_time=${values.seconds}`;
  const args = [
    time,
    ...limits,
    `-dict=${dictionary}`,
    `-artifact_prefix=${folder}/`,
    '-print_final_stats=1',
    corpus,
  ];
  if (!run(program, args).ok) throw new StepError(`libFuzzer found something; the input is in ${folder}.`);
});
