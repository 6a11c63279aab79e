#include "forest/trees.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "failure.h"

namespace forest {
namespace {

[[noreturn]] void Refuse(std::size_t tree, std::string const& what) {
  throw Failure{FailureKind::kModel,
                "tree " + std::to_string(tree) + " of the model contradicts itself: " + what};
}

/** Copies one tree, depth first, so that a path lies close together in memory. */
class TreeCopier {
 public:
  TreeCopier(Trees& trees, model::Tree const& source, std::size_t number, float weight)
      : trees_{trees}, source_{source}, number_{number}, weight_{weight} {}

  Tree Copy(std::uint32_t output) {
    if (source_.Size() == 0) Refuse(number_, "it has no node");
    Tree tree;
    tree.root = static_cast<std::uint32_t>(trees_.nodes.size());
    tree.leaf_size = source_.leaf_size;
    tree.output = tree.leaf_size > 1 ? 0 : output;
    if (tree.leaf_size == 0 || tree.output + tree.leaf_size > trees_.num_outputs) {
      Refuse(number_, "its leaves have more values than the model has outputs");
    }
    trees_.nodes.emplace_back();
    std::vector<Pending> waiting{{0, tree.root, 0}};
    while (!waiting.empty()) {
      auto const next = waiting.back();
      waiting.pop_back();
      tree.depth = std::max(tree.depth, next.depth);
      if (trees_.nodes.size() - tree.root > source_.Size()) Refuse(number_, "nodes form a cycle");
      if (next.source < source_.sum_hessian.size()) {
        trees_.cover.resize(trees_.nodes.size());
        trees_.cover[next.target] = source_.sum_hessian[next.source];
      }
      if (source_.IsLeaf(next.source)) {
        trees_.nodes[next.target].leaf = CopyLeaf(next.source);
        ++tree.num_leaves;
        continue;
      }
      auto const children = static_cast<std::uint32_t>(trees_.nodes.size());
      trees_.nodes.resize(children + 2);
      auto const [left, right] = CopySplit(next.source, next.target, children);
      waiting.push_back({right, children + 1, next.depth + 1});
      waiting.push_back({left, children, next.depth + 1});
    }
    tree.num_nodes = static_cast<std::uint32_t>(trees_.nodes.size()) - tree.root;
    return tree;
  }

 private:
  struct Pending {
    std::size_t source;
    std::uint32_t target;
    std::uint32_t depth;
  };

  std::uint32_t CopyLeaf(std::size_t node) {
    auto const first = static_cast<std::uint32_t>(trees_.leaf_values.size());
    auto const& values = source_.leaf_size > 1 ? source_.leaf_values : source_.condition;
    auto const from = source_.leaf_size > 1
                          ? static_cast<std::size_t>(source_.right[node]) * source_.leaf_size
                          : node;
    if (from + source_.leaf_size > values.size()) Refuse(number_, "a leaf has no values");
    for (std::uint32_t i = 0; i < source_.leaf_size; ++i) {
      trees_.leaf_values.push_back(values[from + i] * weight_);
      if (!trees_.tree_weight.empty()) trees_.unweighted_leaf_values.push_back(values[from + i]);
    }
    return first;
  }

  std::pair<std::size_t, std::size_t> CopySplit(std::size_t node, std::uint32_t target,
                                                std::uint32_t children) {
    auto const left = static_cast<std::size_t>(source_.left[node]);
    if (left + 1 >= source_.Size()) Refuse(number_, "a child is not among its nodes");
    auto& split = trees_.nodes[target];
    split.left = static_cast<std::int32_t>(children);
    split.right = static_cast<std::int32_t>(children + 1);
    split.feature = source_.feature[node];
    split.default_left = source_.default_left[node] != 0;
    split.threshold = source_.condition[node];
    if (split.feature >= trees_.num_features) {
      Refuse(number_, "it splits on feature " + std::to_string(split.feature) + " of " +
                          std::to_string(trees_.num_features));
    }
    if (source_.categorical[node] != 0) split.set = CopySet(node);
    // Nothing is below NaN, nor below -inf: one form for the kernels, which sort thresholds.
    if (std::isnan(split.threshold)) split.threshold = -std::numeric_limits<float>::infinity();
    return {left, left + 1};
  }

  std::int32_t CopySet(std::size_t node) {
    auto const& owners = source_.category_node;
    auto const found =
        std::lower_bound(owners.begin(), owners.end(), static_cast<std::int32_t>(node));
    if (found == owners.end() || *found != static_cast<std::int32_t>(node)) {
      Refuse(number_, "a categorical split has no categories");
    }
    auto const place = static_cast<std::size_t>(found - owners.begin());
    auto const begin = static_cast<std::size_t>(source_.category_begin[place]);
    auto const size = static_cast<std::size_t>(source_.category_size[place]);
    if (begin + size > source_.category.size()) Refuse(number_, "categories end beyond their list");
    CategorySet set;
    for (std::size_t i = begin; i < begin + size; ++i) {
      auto const category = source_.category[i];
      if (category < 0 || static_cast<float>(category) >= kCategoryLimit) {
        Refuse(number_, "category " + std::to_string(category) + " is out of range");
      }
      auto const word = static_cast<std::size_t>(category) / 32;
      if (set.words.size() <= word) set.words.resize(word + 1);
      set.words[word] |= std::uint32_t{1} << (category % 32);
    }
    trees_.sets.push_back(std::move(set));
    return static_cast<std::int32_t>(trees_.sets.size()) - 1;
  }

  Trees& trees_;
  model::Tree const& source_;
  std::size_t number_;
  float weight_;
};

}  // namespace

Trees FlattenTrees(model::Model const& model, model::Forest const& forest) {
  Trees trees;
  trees.num_features = model.num_feature;
  trees.num_outputs = std::max<std::uint32_t>(1, model.NumOutputs());
  trees.tree_weight = forest.weight_drop;
  for (std::size_t i = 0; i < forest.trees.size(); ++i) {
    auto const weight = forest.weight_drop.empty() ? 1.0f : forest.weight_drop.at(i);
    auto const output = forest.output_of_tree.at(i);
    if (output < 0) Refuse(i, "its output is negative");
    TreeCopier copier{trees, forest.trees[i], i, weight};
    trees.trees.push_back(copier.Copy(static_cast<std::uint32_t>(output)));
  }
  for (auto const begin : forest.iteration_begin) {
    if (begin < 0 || static_cast<std::size_t>(begin) > forest.trees.size() ||
        (!trees.round_begin.empty() &&
         static_cast<std::uint32_t>(begin) < trees.round_begin.back())) {
      throw Failure{FailureKind::kModel, "the model's rounds do not follow its trees"};
    }
    trees.round_begin.push_back(static_cast<std::uint32_t>(begin));
  }
  if (trees.round_begin.empty()) trees.round_begin.push_back(0);
  return trees;
}

void AddTreesPlainly(Trees const& trees, std::uint32_t begin, std::uint32_t end, float const* row,
                     float* outputs) noexcept {
  for (std::uint32_t t = begin; t < end; ++t) {
    auto const& tree = trees.trees[t];
    auto const* node = &trees.nodes[tree.root];
    while (!node->IsLeaf()) {
      auto const value = row[node->feature];
      bool right;
      if (std::isnan(value)) {
        right = !node->default_left;
      } else if (node->set != kNumeric) {
        right = GoesRight(trees.sets[static_cast<std::size_t>(node->set)], value);
      } else {
        right = !(value < node->threshold);
      }
      node = &trees.nodes[static_cast<std::size_t>(right ? node->right : node->left)];
    }
    for (std::uint32_t i = 0; i < tree.leaf_size; ++i) {
      outputs[tree.output + i] += trees.leaf_values[node->leaf + i];
    }
  }
}

}  // namespace forest
