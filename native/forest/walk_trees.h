// What the walks of walk.h walk on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "forest/trees.h"

namespace forest {

/** Walks side by side. */
constexpr std::size_t kWalks = 8;
/** Goes left whatever the value: the end of a path. And: a missing value that goes right. */
constexpr std::uint32_t kNever = 0xffffffffu;
/** A missing value that goes left. */
constexpr std::uint32_t kMissingLeft = 0;
/** Marks the column of a categorical split, whose key is its set. */
constexpr std::uint32_t kCategorical = 0x80000000u;

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
  std::uint32_t leaf;  // in Trees::leaf_values
};

/** Up to kWalks consecutive trees; fewer: the last one again. */
struct WalkGroup {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  std::uint32_t depth = 0;
  /** All are complete trees of this depth. */
  bool heap = false;
  std::uint32_t nodes[kWalks] = {};   // the first node of each tree
  std::uint32_t leaves[kWalks] = {};  // heaps: the first leaf of each
};

/**
 * Values are compared as unsigned integers in the same order, above kMissingLeft and below kNever.
 * Each feature has two columns, which differ in what a missing value is; so a split is one
 * comparison: right when column > key, where the key is one less than the threshold's.
 */
class WalkTrees {
 public:
  explicit WalkTrees(Trees const& trees);

  Trees const& Source() const { return trees_; }
  /** The features that some tree splits on, ascending. */
  std::vector<std::uint32_t> const& Used() const { return used_; }
  std::vector<WalkGroup> const& Groups() const { return groups_; }
  HeapNode const* HeapNodes() const { return heap_nodes_.data(); }
  float const* HeapLeaves() const { return heap_leaves_.data(); }
  WalkNode const* Nodes() const { return walk_nodes_.data(); }
  bool HasCategories() const { return !trees_.sets.empty(); }
  std::size_t Bytes() const;

  /** The two columns of a value. */
  static void Encode(float value, std::uint32_t* columns);

  template <bool kCategories>
  bool GoesRight(std::uint32_t key, std::uint32_t column,
                 std::uint32_t const* columns) const noexcept {
    if (kCategories && (column & kCategorical) != 0) {
      return CategoryGoesRight(key, columns[column & ~kCategorical]);
    }
    return columns[column] > key;
  }

 private:
  bool CategoryGoesRight(std::uint32_t set, std::uint32_t value) const noexcept;
  std::uint32_t ColumnOf(Node const& node) const;
  void AddGroup(std::uint32_t first, std::uint32_t count);
  void AddHeap(WalkGroup& group, std::uint32_t place, Tree const& tree);
  void FillHeap(WalkGroup const& group, std::uint32_t place, std::uint32_t node, std::uint32_t at,
                std::uint32_t levels);
  void AddNodes(WalkGroup& group, std::uint32_t place, Tree const& tree);

  Trees const& trees_;
  std::vector<std::uint32_t> used_;
  std::vector<std::uint32_t> place_of_feature_;
  std::vector<WalkGroup> groups_;
  std::vector<HeapNode> heap_nodes_;
  std::vector<float> heap_leaves_;
  std::vector<WalkNode> walk_nodes_;
};

}  // namespace forest
