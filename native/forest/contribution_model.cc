#include "forest/contribution_model.h"

#include <algorithm>
#include <string>

#include "failure.h"
#include "forest/tree_means.h"

namespace forest {
namespace {

/** Keeps a path reachable whose cover is zero, as it can be after a model was refreshed. */
constexpr float kLeastWeight = 1e-12f;

/** The share of the parent's rows, by Hessian, that go to a child; rounded and clamped as XGBoost
 * does. */
float BranchWeight(float cover, float parent_cover) {
  if (!(cover >= 0.0f) || !(parent_cover >= 0.0f)) {
    throw Failure{
        FailureKind::kModel,
        "contributions need the cover of every node (sum_hessian) to be a number >= 0; this "
        "model has a node with " +
            std::to_string(cover >= 0.0f ? parent_cover : cover)};
  }
  if (parent_cover <= 0.0f) return 0.5f;
  return std::max(cover / parent_cover, kLeastWeight);
}

std::uint32_t PlaceIn(std::vector<std::uint32_t> const& sorted, std::uint32_t value) {
  return static_cast<std::uint32_t>(std::lower_bound(sorted.begin(), sorted.end(), value) -
                                    sorted.begin());
}

void SortOut(std::vector<std::uint32_t>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

ContributionModel::ContributionModel(Trees const& trees)
    : trees_of_output_(trees.num_outputs),
      nodes_(trees.nodes.size()),
      leaf_values_(trees.leaf_values.size()) {
  if (trees.cover.size() != trees.nodes.size()) {
    throw Failure{
        FailureKind::kModel,
        "contributions need the cover of every node (sum_hessian), which this model lacks"};
  }
  for (auto const& node : trees.nodes) {
    if (!node.IsLeaf()) used_features_.push_back(node.feature);
  }
  SortOut(used_features_);
  for (std::uint32_t number = 0; number < trees.trees.size(); ++number) AddTree(trees, number);
  arrays_ = {nodes_.data(), set_words_.data(), leaf_values_.data(), places_.data(),
             used_features_.size()};
}

std::size_t ContributionModel::Bytes() const {
  auto const words = used_features_.size() + set_words_.size() + places_.size();
  auto bytes = words * sizeof(std::uint32_t) + nodes_.size() * sizeof(ContributionNode) +
               leaf_values_.size() * sizeof(float);
  for (auto const& trees : trees_of_output_) bytes += trees.size() * sizeof(ContributionTree);
  return bytes;
}

void ContributionModel::AddTree(Trees const& trees, std::uint32_t number) {
  auto const& tree = trees.trees[number];
  auto const places_begin = static_cast<std::uint32_t>(places_.size());
  CopyNodes(trees, tree);
  NumberFeatures(trees, tree);
  ScaleLeaves(trees, tree, tree.root, 1.0f);
  auto const means = TreeMeans(trees, tree);
  auto const weight = trees.tree_weight.empty() ? 1.0f : trees.tree_weight[number];
  auto const num_features = static_cast<std::uint32_t>(places_.size()) - places_begin;
  most_features_ = std::max(most_features_, num_features);
  for (std::uint32_t i = 0; i < tree.leaf_size; ++i) {
    trees_of_output_[tree.output + i].push_back(
        {number, tree.root, weight, places_begin, num_features, i, means[i]});
  }
}

void ContributionModel::CopyNodes(Trees const& trees, Tree const& tree) {
  for (auto at = tree.root; at < tree.root + tree.num_nodes; ++at) {
    auto const& from = trees.nodes[at];
    auto& to = nodes_[at];
    to.leaf = from.leaf;
    to.left = from.left;
    if (from.IsLeaf()) continue;
    to.threshold = from.threshold;
    to.default_left = from.default_left;
    if (from.set != kNumeric) {
      auto const& words = trees.sets[static_cast<std::size_t>(from.set)].words;
      to.set = static_cast<std::int32_t>(set_words_.size());
      to.set_words = static_cast<std::uint32_t>(words.size());
      set_words_.insert(set_words_.end(), words.begin(), words.end());
    }
    for (auto const child : {from.left, from.right}) {
      auto const place = static_cast<std::size_t>(child);
      nodes_[place].weight = BranchWeight(trees.cover[place], trees.cover[at]);
    }
  }
}

void ContributionModel::NumberFeatures(Trees const& trees, Tree const& tree) {
  std::vector<std::uint32_t> features;
  auto const end = tree.root + tree.num_nodes;
  for (auto at = tree.root; at < end; ++at) {
    if (!trees.nodes[at].IsLeaf()) features.push_back(trees.nodes[at].feature);
  }
  SortOut(features);
  for (auto at = tree.root; at < end; ++at) {
    if (trees.nodes[at].IsLeaf()) continue;
    nodes_[at].slot = PlaceIn(features, trees.nodes[at].feature);
    nodes_[at].place = PlaceIn(used_features_, trees.nodes[at].feature);
  }
  for (auto const feature : features) places_.push_back(PlaceIn(used_features_, feature));
}

void ContributionModel::ScaleLeaves(Trees const& trees, Tree const& tree, std::uint32_t at,
                                    float share) {
  auto const& node = trees.nodes[at];
  if (node.IsLeaf()) {
    for (std::uint32_t i = 0; i < tree.leaf_size; ++i) {
      leaf_values_[node.leaf + i] = share * trees.UnweightedLeaves()[node.leaf + i];
    }
    return;
  }
  for (auto const child : {node.left, node.right}) {
    auto const place = static_cast<std::uint32_t>(child);
    ScaleLeaves(trees, tree, place, share * nodes_[place].weight);
  }
}

}  // namespace forest
