#include "forest/row_walk.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "forest/buckets.h"

namespace forest {
namespace {

constexpr std::size_t kTogether = 8;
constexpr std::uint32_t kMaxHeapDepth = 8;
/** Keys of a row on the stack; more features go to the plain kernel. */
constexpr std::size_t kMaxFeatures = 4096;
/** Goes left whatever the value: the end of a path. */
constexpr std::uint32_t kNever = 0xffffffffu;
/** A complete tree may be this much larger than the tree it stands for. */
constexpr std::size_t kMaxPadding = 6;

/**
 * Values as unsigned integers in the same order, above 0 and below kNever. A missing value is 0 for
 * splits that send it left and kNever for the others; so each feature has two columns, and a split
 * is one comparison: right when column > key, where the key is one less than the threshold's.
 */
std::uint32_t KeyOf(float value) {
  return static_cast<std::uint32_t>(OrderedKey(value)) ^ 0x80000000u;
}

/** A split of a complete tree: node i's children are 2i and 2i + 1. */
struct HeapNode {
  std::uint32_t key;
  std::uint32_t column;
};

/** A node of any tree; its right child follows the left one. A leaf is its own left child. */
struct WalkNode {
  std::uint32_t key;
  std::uint32_t column;
  std::uint32_t left;
  std::uint32_t leaf;
};

/** Up to kTogether consecutive trees. */
struct Group {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  std::uint32_t depth = 0;
  bool heap = false;
  /** Per tree: its first node, and for heaps its first leaf. */
  std::uint32_t nodes[kTogether] = {};
  std::uint32_t leaves[kTogether] = {};
};

class RowWalk : public RowKernel {
 public:
  RowWalk(Trees const& trees, std::vector<std::uint32_t> used)
      : trees_{trees}, used_{std::move(used)} {
    place_of_feature_.resize(trees.num_features);
    for (std::uint32_t i = 0; i < used_.size(); ++i) place_of_feature_[used_[i]] = i;
    auto const count = static_cast<std::uint32_t>(trees.trees.size());
    for (std::uint32_t first = 0; first < count; first += kTogether) {
      AddGroup(first, std::min<std::uint32_t>(kTogether, count - first));
    }
  }

  void Add(float const* row, TreeRange range, float* margins) const noexcept override {
    std::uint32_t columns[2 * kMaxFeatures];
    for (std::size_t i = 0; i < used_.size(); ++i) {
      auto const value = row[used_[i]];
      auto const key = KeyOf(value);
      bool const missing = std::isnan(value);
      columns[2 * i] = missing ? 0 : key;
      columns[2 * i + 1] = missing ? kNever : key;
    }
    for (auto const& group : groups_) {
      if (group.first >= range.end || group.first + group.count <= range.begin) continue;
      std::uint32_t leaves[kTogether];
      if (group.heap) {
        WalkHeaps(group, columns, leaves);
      } else {
        WalkNodes(group, columns, leaves);
      }
      AddLeaves(group, leaves, range, margins);
    }
  }

  std::string Name() const override { return "walk"; }
  std::size_t Bytes() const override {
    return heap_nodes_.size() * sizeof(HeapNode) + walk_nodes_.size() * sizeof(WalkNode) +
           heap_leaves_.size() * sizeof(std::uint32_t) + groups_.size() * sizeof(Group);
  }
  double NanosecondsPerRow() const override {
    constexpr double kFeature = 1.4, kHeapLevel = 0.9, kWalkLevel = 2.0, kTree = 1.0;
    auto total = 10 + kFeature * static_cast<double>(used_.size());
    for (auto const& group : groups_) {
      // Few rows see the whole depth of an unbalanced tree.
      auto const levels = group.heap ? kHeapLevel * group.depth
                                     : kWalkLevel * std::min<std::uint32_t>(group.depth, 16);
      total += group.count * (kTree + levels);
    }
    // What does not fit the second cache comes from further away, one line per level.
    constexpr double kNear = 1 << 20;
    return static_cast<double>(Bytes()) > kNear ? total * 1.6 : total;
  }

 private:
  std::uint32_t ColumnOf(Node const& node) const {
    return 2 * place_of_feature_[node.feature] + (node.default_left ? 0 : 1);
  }

  void AddGroup(std::uint32_t first, std::uint32_t count) {
    Group group;
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
    group.heap = single_leaves && group.depth <= kMaxHeapDepth &&
                 (count * (std::size_t{2} << group.depth)) <= kMaxPadding * nodes;
    for (std::uint32_t i = 0; i < kTogether; ++i) {
      auto const number = first + std::min(i, count - 1);
      if (group.heap) {
        AddHeap(group, i, trees_.trees[number]);
      } else {
        AddNodes(group, i, trees_.trees[number]);
      }
    }
    groups_.push_back(group);
  }

  void AddHeap(Group& group, std::uint32_t place, Tree const& tree) {
    auto const size = std::size_t{1} << group.depth;
    group.nodes[place] = static_cast<std::uint32_t>(heap_nodes_.size());
    group.leaves[place] = static_cast<std::uint32_t>(heap_leaves_.size());
    heap_nodes_.resize(heap_nodes_.size() + size, {kNever, 0});
    heap_leaves_.resize(heap_leaves_.size() + size);
    FillHeap(group, place, tree.root, 1, group.depth);
  }

  void FillHeap(Group const& group, std::uint32_t place, std::uint32_t node, std::uint32_t at,
                std::uint32_t levels) {
    auto const& split = trees_.nodes[node];
    if (levels == 0) {
      heap_leaves_[group.leaves[place] + at - (1u << group.depth)] = BitsOf(split.leaf);
      return;
    }
    bool const leaf = split.IsLeaf();
    if (!leaf) {
      heap_nodes_[group.nodes[place] + at] = {KeyOf(split.threshold) - 1, ColumnOf(split)};
    }
    FillHeap(group, place, leaf ? node : static_cast<std::uint32_t>(split.left), 2 * at,
             levels - 1);
    FillHeap(group, place, leaf ? node : static_cast<std::uint32_t>(split.right), 2 * at + 1,
             levels - 1);
  }

  std::uint32_t BitsOf(std::uint32_t leaf) const {
    std::uint32_t bits;
    std::memcpy(&bits, &trees_.leaf_values[leaf], sizeof bits);
    return bits;
  }

  void AddNodes(Group& group, std::uint32_t place, Tree const& tree) {
    auto const begin = static_cast<std::uint32_t>(walk_nodes_.size());
    group.nodes[place] = begin;
    for (auto n = tree.root; n < tree.root + tree.num_nodes; ++n) {
      auto const& node = trees_.nodes[n];
      if (node.IsLeaf()) {
        auto const self = begin + (n - tree.root);
        walk_nodes_.push_back({kNever, 0, self, node.leaf});
      } else {
        auto const left = begin + (static_cast<std::uint32_t>(node.left) - tree.root);
        walk_nodes_.push_back({KeyOf(node.threshold) - 1, ColumnOf(node), left, 0});
      }
    }
  }

  void WalkHeaps(Group const& group, std::uint32_t const* columns,
                 std::uint32_t* leaves) const noexcept {
    std::uint32_t at[kTogether];
    HeapNode const* nodes[kTogether];
    for (std::size_t i = 0; i < kTogether; ++i) {
      at[i] = 1;
      nodes[i] = heap_nodes_.data() + group.nodes[i];
    }
    for (std::uint32_t level = 0; level < group.depth; ++level) {
      for (std::size_t i = 0; i < kTogether; ++i) {
        auto const& node = nodes[i][at[i]];
        at[i] = 2 * at[i] + (columns[node.column] > node.key ? 1 : 0);
      }
    }
    auto const size = 1u << group.depth;
    for (std::size_t i = 0; i < kTogether; ++i) {
      leaves[i] = heap_leaves_[group.leaves[i] + at[i] - size];
    }
  }

  void WalkNodes(Group const& group, std::uint32_t const* columns,
                 std::uint32_t* leaves) const noexcept {
    constexpr std::uint32_t kLevelsAtOnce = 4;
    std::uint32_t at[kTogether];
    for (std::size_t i = 0; i < kTogether; ++i) at[i] = group.nodes[i];
    auto const* const nodes = walk_nodes_.data();
    for (std::uint32_t level = 0; level < group.depth; level += kLevelsAtOnce) {
      std::uint32_t moved = 0;
      for (std::uint32_t step = 0; step < kLevelsAtOnce; ++step) {
        moved = 0;
        for (std::size_t i = 0; i < kTogether; ++i) {
          auto const& node = nodes[at[i]];
          auto const next = node.left + (columns[node.column] > node.key ? 1 : 0);
          moved |= next ^ at[i];
          at[i] = next;
        }
      }
      if (moved == 0) break;
    }
    for (std::size_t i = 0; i < kTogether; ++i) leaves[i] = nodes[at[i]].leaf;
  }

  /** `leaves`: bits of values for heaps, places in the trees' leaf values otherwise. */
  void AddLeaves(Group const& group, std::uint32_t const* leaves, TreeRange range,
                 float* margins) const noexcept {
    for (std::uint32_t i = 0; i < group.count; ++i) {
      auto const number = group.first + i;
      if (number < range.begin || number >= range.end) continue;
      auto const& tree = trees_.trees[number];
      if (group.heap) {
        float value;
        std::memcpy(&value, &leaves[i], sizeof value);
        margins[tree.output] += value;
        continue;
      }
      for (std::uint32_t j = 0; j < tree.leaf_size; ++j) {
        margins[tree.output + j] += trees_.leaf_values[leaves[i] + j];
      }
    }
  }

  Trees const& trees_;
  std::vector<std::uint32_t> used_;
  std::vector<std::uint32_t> place_of_feature_;
  std::vector<Group> groups_;
  std::vector<HeapNode> heap_nodes_;
  std::vector<std::uint32_t> heap_leaves_;
  std::vector<WalkNode> walk_nodes_;
};

}  // namespace

std::unique_ptr<RowKernel const> MakeRowWalk(Trees const& trees) {
  std::vector<std::uint8_t> splits(trees.num_features);
  for (auto const& node : trees.nodes) {
    if (node.IsLeaf()) continue;
    if (node.set != kNumeric) return nullptr;
    splits[node.feature] = 1;
  }
  std::vector<std::uint32_t> used;
  for (std::uint32_t f = 0; f < trees.num_features; ++f) {
    if (splits[f] != 0) used.push_back(f);
  }
  if (used.size() > kMaxFeatures) return nullptr;
  return std::make_unique<RowWalk const>(trees, std::move(used));
}

}  // namespace forest
