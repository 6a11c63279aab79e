#include "forest/walk.h"

#include <algorithm>

#include "forest/scratch.h"
#include "forest/walk_trees.h"

namespace forest {
namespace {

/** Keys of a row on the stack. */
constexpr std::size_t kMaxFeatures = 4096;
/** Rows that walk one tree after the other while it is in the cache. */
constexpr std::size_t kBlockRows = 64;
/** Levels between two looks at whether all walks have ended. */
constexpr std::uint32_t kLevelsAtOnce = 4;
/** What lies within the second cache of most CPUs. */
constexpr double kNearBytes = 1 << 20;

/** kWalks walks from `at`; walk i looks at `columns[i]`. */
template <bool kCategories>
void WalkNodes(WalkTrees const& walk, std::uint32_t depth, std::uint32_t const* const* columns,
               std::uint32_t* at) noexcept {
  auto const* const nodes = walk.Nodes();
  for (std::uint32_t level = 0; level < depth; level += kLevelsAtOnce) {
    std::uint32_t moved = 0;
    for (std::uint32_t step = 0; step < kLevelsAtOnce; ++step) {
      moved = 0;
      for (std::size_t i = 0; i < kWalks; ++i) {
        auto const& node = nodes[at[i]];
        bool const right = walk.GoesRight<kCategories>(node.key, node.column, columns[i]);
        auto const next = node.left + (right ? 1 : 0);
        moved |= next ^ at[i];
        at[i] = next;
      }
    }
    if (moved == 0) return;
  }
}

void WalkNodes(WalkTrees const& walk, std::uint32_t depth, std::uint32_t const* const* columns,
               std::uint32_t* at) noexcept {
  if (walk.HasCategories()) return WalkNodes<true>(walk, depth, columns, at);
  WalkNodes<false>(walk, depth, columns, at);
}

void AddLeaf(Trees const& trees, Tree const& tree, std::uint32_t leaf, float* margins) noexcept {
  for (std::uint32_t j = 0; j < tree.leaf_size; ++j) {
    margins[tree.output + j] += trees.leaf_values[leaf + j];
  }
}

/** A node that is not in the second cache comes from further away the more of them there are. */
double FarFactor(std::size_t bytes) {
  constexpr double kMegabyte = 1 << 20, kPerMegabyte = 0.6, kMost = 6;
  auto const megabytes = static_cast<double>(bytes) / kMegabyte;
  return megabytes <= 1 ? 1.0 : std::min(kMost, 0.9 + kPerMegabyte * megabytes);
}

/** Levels that a row sees of the group's trees: few rows see all of an unbalanced one. */
double TypicalLevels(WalkGroup const& group) {
  return group.heap ? group.depth : std::min<std::uint32_t>(group.depth, 16);
}

class RowWalk : public RowKernel {
 public:
  explicit RowWalk(std::shared_ptr<WalkTrees const> walk) : walk_{std::move(walk)} {}

  void Add(float const* row, TreeRange range, float* margins) const noexcept override {
    std::uint32_t columns[2 * kMaxFeatures];
    auto const& used = walk_->Used();
    for (std::size_t i = 0; i < used.size(); ++i) WalkTrees::Encode(row[used[i]], columns + 2 * i);
    for (auto const& group : walk_->Groups()) {
      if (group.first >= range.end || group.first + group.count <= range.begin) continue;
      if (group.heap) {
        AddHeaps(group, columns, range, margins);
      } else {
        AddNodes(group, columns, range, margins);
      }
    }
  }

  std::string Name() const override { return "walk"; }
  std::size_t Bytes() const override { return walk_->Bytes(); }
  double NanosecondsPerRow() const override {
    constexpr double kFeature = 1.9, kHeapLevel = 0.68, kWalkLevel = 0.69, kTree = 1.33;
    auto total = 7 + kFeature * static_cast<double>(walk_->Used().size());
    for (auto const& group : walk_->Groups()) {
      auto const level = group.heap ? kHeapLevel : kWalkLevel;
      total += group.count * (kTree + level * TypicalLevels(group));
    }
    return total * FarFactor(walk_->Bytes());
  }

 private:
  void AddHeaps(WalkGroup const& group, std::uint32_t const* columns, TreeRange range,
                float* margins) const noexcept {
    std::uint32_t at[kWalks];
    HeapNode const* nodes[kWalks];
    for (std::size_t i = 0; i < kWalks; ++i) {
      at[i] = 1;
      nodes[i] = walk_->HeapNodes() + group.nodes[i];
    }
    for (std::uint32_t level = 0; level < group.depth; ++level) {
      for (std::size_t i = 0; i < kWalks; ++i) {
        auto const& node = nodes[i][at[i]];
        at[i] = 2 * at[i] + (columns[node.column] > node.key ? 1 : 0);
      }
    }
    auto const size = 1u << group.depth;
    auto const& trees = walk_->Source().trees;
    for (std::uint32_t i = 0; i < group.count; ++i) {
      auto const number = group.first + i;
      if (number < range.begin || number >= range.end) continue;
      margins[trees[number].output] += walk_->HeapLeaves()[group.leaves[i] + at[i] - size];
    }
  }

  void AddNodes(WalkGroup const& group, std::uint32_t const* columns, TreeRange range,
                float* margins) const noexcept {
    std::uint32_t at[kWalks];
    std::uint32_t const* same[kWalks];
    for (std::size_t i = 0; i < kWalks; ++i) {
      at[i] = group.nodes[i];
      same[i] = columns;
    }
    WalkNodes(*walk_, group.depth, same, at);
    for (std::uint32_t i = 0; i < group.count; ++i) {
      auto const number = group.first + i;
      if (number < range.begin || number >= range.end) continue;
      AddLeaf(walk_->Source(), walk_->Source().trees[number], walk_->Nodes()[at[i]].leaf, margins);
    }
  }

  std::shared_ptr<WalkTrees const> walk_;
};

class BlockWalk : public BlockKernel {
 public:
  explicit BlockWalk(std::shared_ptr<WalkTrees const> walk) : walk_{std::move(walk)} {}

  std::size_t BlockRows() const override { return kBlockRows; }

  void Add(Reader const& reader, std::uint64_t begin, std::size_t rows, TreeRange range,
           float* margins) const override {
    auto const& used = walk_->Used();
    auto const width = 2 * used.size();
    auto const values_bytes = Lines(used.size() * kBlockRows * sizeof(float));
    auto* const scratch = ThreadScratch(values_bytes + width * kBlockRows * sizeof(std::uint32_t));
    auto* const values = reinterpret_cast<float*>(scratch);
    auto* const columns = reinterpret_cast<std::uint32_t*>(scratch + values_bytes);
    reader.ReadFeatures(used.data(), static_cast<std::uint32_t>(used.size()), begin, rows, values,
                        kBlockRows);
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t i = 0; i < used.size(); ++i) {
        WalkTrees::Encode(values[i * kBlockRows + r], columns + r * width + 2 * i);
      }
    }
    for (auto const& group : walk_->Groups()) {
      for (std::uint32_t i = 0; i < group.count; ++i) {
        auto const number = group.first + i;
        if (number >= range.begin && number < range.end) AddTree(group, i, columns, rows, margins);
      }
    }
  }

  std::string Name() const override { return "walk"; }
  std::size_t Bytes() const override { return walk_->Bytes(); }
  double Nanoseconds(std::size_t rows) const override {
    constexpr double kBlock = 390, kFeature = 2.23, kHeapLevel = 0.55, kWalkLevel = 1.1;
    constexpr double kTree = 1.32;
    auto per_row = kFeature * static_cast<double>(walk_->Used().size());
    for (auto const& group : walk_->Groups()) {
      auto const level = group.heap ? kHeapLevel : kWalkLevel;
      per_row += group.count * (kTree + level * TypicalLevels(group));
    }
    // Each tree comes from where it lies once per block.
    constexpr double kNanosecondsPerByte = 0.03;
    auto const bytes = static_cast<double>(walk_->Bytes());
    auto const fetch = bytes > kNearBytes ? bytes * kNanosecondsPerByte : 0.0;
    return kBlock + per_row * static_cast<double>((rows + kWalks - 1) / kWalks * kWalks) + fetch;
  }

 private:
  /** Rows beyond the last walk as the last one does. */
  void AddTree(WalkGroup const& group, std::uint32_t place, std::uint32_t const* columns,
               std::size_t rows, float* margins) const noexcept {
    auto const& trees = walk_->Source();
    auto const& tree = trees.trees[group.first + place];
    auto const width = 2 * walk_->Used().size();
    for (std::size_t r = 0; r < rows; r += kWalks) {
      std::uint32_t at[kWalks];
      std::uint32_t const* part[kWalks];
      for (std::size_t i = 0; i < kWalks; ++i)
        part[i] = columns + std::min(r + i, rows - 1) * width;
      auto const count = std::min(kWalks, rows - r);
      auto* const to = margins + r * trees.num_outputs;
      if (group.heap) {
        WalkHeap(group, place, part, at);
        auto const* const leaves = walk_->HeapLeaves() + group.leaves[place];
        for (std::size_t i = 0; i < count; ++i) {
          to[i * trees.num_outputs + tree.output] += leaves[at[i] - (1u << group.depth)];
        }
      } else {
        for (std::size_t i = 0; i < kWalks; ++i) at[i] = group.nodes[place];
        WalkNodes(*walk_, tree.depth, part, at);
        for (std::size_t i = 0; i < count; ++i) {
          AddLeaf(trees, tree, walk_->Nodes()[at[i]].leaf, to + i * trees.num_outputs);
        }
      }
    }
  }

  void WalkHeap(WalkGroup const& group, std::uint32_t place, std::uint32_t const* const* columns,
                std::uint32_t* at) const noexcept {
    auto const* const nodes = walk_->HeapNodes() + group.nodes[place];
    for (std::size_t i = 0; i < kWalks; ++i) at[i] = 1;
    for (std::uint32_t level = 0; level < group.depth; ++level) {
      for (std::size_t i = 0; i < kWalks; ++i) {
        auto const& node = nodes[at[i]];
        at[i] = 2 * at[i] + (columns[i][node.column] > node.key ? 1 : 0);
      }
    }
  }

  std::shared_ptr<WalkTrees const> walk_;
};

}  // namespace

std::shared_ptr<WalkTrees const> CompileWalk(Trees const& trees) {
  return std::make_shared<WalkTrees const>(trees);
}

std::unique_ptr<RowKernel const> MakeRowWalk(std::shared_ptr<WalkTrees const> const& walk) {
  if (walk->Used().size() > kMaxFeatures) return nullptr;
  return std::make_unique<RowWalk const>(walk);
}

std::unique_ptr<BlockKernel const> MakeBlockWalk(std::shared_ptr<WalkTrees const> const& walk) {
  return std::make_unique<BlockWalk const>(walk);
}

}  // namespace forest
