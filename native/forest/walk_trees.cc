#include "forest/walk_trees.h"

#include <algorithm>
#include <cmath>

#include "forest/buckets.h"

namespace forest {
namespace {

constexpr std::uint32_t kMaxHeapDepth = 8;
/** A complete tree may have this many times the nodes of the tree it stands for. */
constexpr std::size_t kMaxPadding = 6;
constexpr std::uint32_t kSign = 0x80000000u;

std::uint32_t KeyOf(float value) { return static_cast<std::uint32_t>(OrderedKey(value)) ^ kSign; }

float ValueOf(std::uint32_t key) {
  auto const ordered = static_cast<std::int32_t>(key ^ kSign);
  auto const bits = ordered < 0 ? ordered ^ 0x7fffffff : ordered;
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

std::uint32_t KeyOfSplit(Node const& node) {
  return node.set == kNumeric ? KeyOf(node.threshold) - 1 : static_cast<std::uint32_t>(node.set);
}

}  // namespace

WalkTrees::WalkTrees(Trees const& trees) : trees_{trees}, place_of_feature_(trees.num_features) {
  std::vector<std::uint8_t> splits(trees.num_features);
  for (auto const& node : trees.nodes) {
    if (!node.IsLeaf()) splits[node.feature] = 1;
  }
  for (std::uint32_t f = 0; f < trees.num_features; ++f) {
    if (splits[f] == 0) continue;
    place_of_feature_[f] = static_cast<std::uint32_t>(used_.size());
    used_.push_back(f);
  }
  auto const count = static_cast<std::uint32_t>(trees.trees.size());
  for (std::uint32_t first = 0; first < count; first += kWalks) {
    AddGroup(first, std::min<std::uint32_t>(kWalks, count - first));
  }
}

void WalkTrees::Encode(float value, std::uint32_t* columns) {
  bool const missing = std::isnan(value);
  auto const key = KeyOf(value);
  columns[0] = missing ? kMissingLeft : key;
  columns[1] = missing ? kNever : key;
}

bool WalkTrees::CategoryGoesRight(std::uint32_t set, std::uint32_t value) const noexcept {
  if (value == kMissingLeft || value == kNever) return value == kNever;
  return forest::GoesRight(trees_.sets[set], ValueOf(value));
}

std::size_t WalkTrees::Bytes() const {
  return heap_nodes_.size() * sizeof(HeapNode) + walk_nodes_.size() * sizeof(WalkNode) +
         heap_leaves_.size() * sizeof(float) + groups_.size() * sizeof(WalkGroup);
}

std::uint32_t WalkTrees::ColumnOf(Node const& node) const {
  auto const column = 2 * place_of_feature_[node.feature] + (node.default_left ? 0 : 1);
  return node.set == kNumeric ? column : column | kCategorical;
}

void WalkTrees::AddGroup(std::uint32_t first, std::uint32_t count) {
  WalkGroup group;
  group.first = first;
  group.count = count;
  std::size_t nodes = 0;
  bool single_leaves = true;
  for (std::uint32_t i = 0; i < count; ++i) {
    auto const& tree = trees_.trees[first + i];
    group.depth = std::max(group.depth, tree.depth);
    nodes += tree.num_nodes;
    single_leaves = single_leaves && tree.leaf_size == 1;
  }
  group.heap = single_leaves && !HasCategories() && group.depth <= kMaxHeapDepth &&
               (count * (std::size_t{2} << group.depth)) <= kMaxPadding * nodes;
  for (std::uint32_t i = 0; i < kWalks; ++i) {
    auto const& tree = trees_.trees[first + std::min(i, count - 1)];
    if (i >= count) {
      group.nodes[i] = group.nodes[count - 1];
      group.leaves[i] = group.leaves[count - 1];
    } else if (group.heap) {
      AddHeap(group, i, tree);
    } else {
      AddNodes(group, i, tree);
    }
  }
  groups_.push_back(group);
}

void WalkTrees::AddHeap(WalkGroup& group, std::uint32_t place, Tree const& tree) {
  auto const size = std::size_t{1} << group.depth;
  group.nodes[place] = static_cast<std::uint32_t>(heap_nodes_.size());
  group.leaves[place] = static_cast<std::uint32_t>(heap_leaves_.size());
  heap_nodes_.resize(heap_nodes_.size() + size, {kNever, 0});
  heap_leaves_.resize(heap_leaves_.size() + size);
  FillHeap(group, place, tree.root, 1, group.depth);
}

void WalkTrees::FillHeap(WalkGroup const& group, std::uint32_t place, std::uint32_t node,
                         std::uint32_t at, std::uint32_t levels) {
  auto const& split = trees_.nodes[node];
  if (levels == 0) {
    heap_leaves_[group.leaves[place] + at - (1u << group.depth)] = trees_.leaf_values[split.leaf];
    return;
  }
  bool const leaf = split.IsLeaf();
  if (!leaf) heap_nodes_[group.nodes[place] + at] = {KeyOfSplit(split), ColumnOf(split)};
  auto const left = leaf ? node : static_cast<std::uint32_t>(split.left);
  auto const right = leaf ? node : static_cast<std::uint32_t>(split.right);
  FillHeap(group, place, left, 2 * at, levels - 1);
  FillHeap(group, place, right, 2 * at + 1, levels - 1);
}

void WalkTrees::AddNodes(WalkGroup& group, std::uint32_t place, Tree const& tree) {
  auto const begin = static_cast<std::uint32_t>(walk_nodes_.size());
  group.nodes[place] = begin;
  for (auto n = tree.root; n < tree.root + tree.num_nodes; ++n) {
    auto const& node = trees_.nodes[n];
    if (node.IsLeaf()) {
      walk_nodes_.push_back({kNever, 0, begin + (n - tree.root), node.leaf});
    } else {
      auto const left = begin + (static_cast<std::uint32_t>(node.left) - tree.root);
      walk_nodes_.push_back({KeyOfSplit(node), ColumnOf(node), left, 0});
    }
  }
}

}  // namespace forest
