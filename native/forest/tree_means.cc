#include "forest/tree_means.h"

namespace forest {
namespace {

// The recursions end at the depth that the model's reader allows.

/** From the leaves up. */
double MeanBelow(Trees const& trees, std::uint32_t at) {
  auto const& node = trees.nodes[at];
  if (node.IsLeaf()) return trees.UnweightedLeaves()[node.leaf];
  auto const left = static_cast<std::uint32_t>(node.left);
  auto const right = static_cast<std::uint32_t>(node.right);
  auto const left_mean = MeanBelow(trees, left);
  auto const right_mean = MeanBelow(trees, right);
  auto const cover = trees.cover[at];
  if (cover == 0.0f) return 0.5 * (left_mean + right_mean);
  return (left_mean * static_cast<double>(trees.cover[left]) +
          right_mean * static_cast<double>(trees.cover[right])) /
         static_cast<double>(cover);
}

/** From the root down. */
void AddLeaves(Trees const& trees, std::uint32_t at, double share, std::vector<double>& means) {
  auto const& node = trees.nodes[at];
  if (node.IsLeaf()) {
    for (std::size_t i = 0; i < means.size(); ++i) {
      means[i] += share * static_cast<double>(trees.UnweightedLeaves()[node.leaf + i]);
    }
    return;
  }
  auto const cover = static_cast<double>(trees.cover[at]);
  for (auto const child : {node.left, node.right}) {
    auto const place = static_cast<std::uint32_t>(child);
    auto const part =
        cover == 0.0 ? share * 0.5 : share * static_cast<double>(trees.cover[place]) / cover;
    AddLeaves(trees, place, part, means);
  }
}

}  // namespace

std::vector<double> TreeMeans(Trees const& trees, Tree const& tree) {
  if (tree.leaf_size == 1) return {MeanBelow(trees, tree.root)};
  std::vector<double> means(tree.leaf_size, 0.0);
  AddLeaves(trees, tree.root, 1.0, means);
  return means;
}

}  // namespace forest
