// The trees of a model in one form that every kernel is compiled from, checked so that no kernel
// needs to check again.
#pragma once

#include <cstdint>
#include <vector>

#include "model/model.h"

namespace forest {

/** `Node::set` of a numeric split. */
constexpr std::int32_t kNumeric = -1;
/** Values from here on, and below 0, belong to no category. */
constexpr float kCategoryLimit = 16777216.0f;

struct Node {
  /** A numeric split goes left when value < threshold. */
  float threshold = 0;
  std::uint32_t feature = 0;
  /** Places in Trees::nodes; a leaf has no left (model::kNoNode). */
  std::int32_t left = model::kNoNode;
  std::int32_t right = model::kNoNode;
  /** The categories that go right (a place in Trees::sets), or kNumeric. */
  std::int32_t set = kNumeric;
  /** A leaf: the first of its values in Trees::leaf_values. */
  std::uint32_t leaf = 0;
  bool default_left = false;

  bool IsLeaf() const { return left == model::kNoNode; }
};

/** The categories of a split, as bits. */
struct CategorySet {
  std::vector<std::uint32_t> words;

  bool Contains(std::uint32_t category) const {
    return category / 32 < words.size() && (words[category / 32] >> (category % 32) & 1) != 0;
  }
};

/** Does `value`, which is not missing, go right? As XGBoost decides: what is no category goes left.
 */
inline bool GoesRight(CategorySet const& set, float value) {
  if (value < 0 || value >= kCategoryLimit) return false;
  return set.Contains(static_cast<std::uint32_t>(value));
}

struct Tree {
  /** Its root in Trees::nodes. */
  std::uint32_t root = 0;
  std::uint32_t num_nodes = 0;
  std::uint32_t num_leaves = 0;
  std::uint32_t depth = 0;
  /** The first output that it adds to, and how many from there: 1, or all of a vector leaf. */
  std::uint32_t output = 0;
  std::uint32_t leaf_size = 1;
};

struct Trees {
  std::uint32_t num_features = 0;
  std::uint32_t num_outputs = 1;
  std::vector<Tree> trees;
  std::vector<Node> nodes;
  std::vector<CategorySet> sets;
  /** With dart's weights multiplied in: XGBoost rounds the product to float32 before it adds. */
  std::vector<float> leaf_values;
  /** Per node, the sum of Hessians that reached it in training; empty when the model has none. */
  std::vector<float> cover;
  /** Dart: the weight of each tree, and the leaves without it; empty: all weights are 1. */
  std::vector<float> tree_weight;
  std::vector<float> unweighted_leaf_values;
  /** Round i has the trees [begin[i], begin[i + 1]). */
  std::vector<std::uint32_t> round_begin;

  std::vector<float> const& UnweightedLeaves() const {
    return tree_weight.empty() ? leaf_values : unweighted_leaf_values;
  }
  std::int32_t NumRounds() const { return static_cast<std::int32_t>(round_begin.size()) - 1; }
};

/** A Failure (kModel) when the model contradicts itself. */
Trees FlattenTrees(model::Model const& model, model::Forest const& forest);

/** Adds trees [begin, end) for one row of num_features values, NaN for missing, to `outputs`. Plain
 * and simple: the other kernels are compared with it. */
void AddTreesPlainly(Trees const& trees, std::uint32_t begin, std::uint32_t end, float const* row,
                     float* outputs) noexcept;

}  // namespace forest
