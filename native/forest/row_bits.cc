#include "forest/row_bits.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <vector>

#include "forest/kernels/table.h"
#include "forest/splits.h"

namespace forest {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr std::uint32_t kMaxDepth = 8;
constexpr std::size_t kMaxThresholds = 255;
constexpr std::size_t kMaxCodes = 128;
constexpr std::size_t kWord = 64;
/** Missing values of splits that send them right; above every limit but kNoLimit. */
constexpr std::uint8_t kNoLimit = 255;
static_assert(kMaxThresholds <= kNoLimit, "a limit is below kNoLimit");

RowBitsFunction FunctionFor(InstructionSet instructions) {
#ifdef FOREST_X86_KERNELS
  if (instructions == InstructionSet::kAvx512) return Avx512Kernels().add_row;
#endif
  static_cast<void>(instructions);
  return nullptr;
}

/** Parts of up to kMaxThresholds thresholds, of all features. */
std::size_t CountParts(Splits const& splits) {
  std::size_t parts = 0;
  for (auto const& feature : splits.features) {
    parts += (feature.thresholds.size() + kMaxThresholds - 1) / kMaxThresholds;
  }
  return parts;
}

class RowBitsKernel : public RowKernel {
 public:
  RowBitsKernel(Trees const& trees, Splits const& splits, std::uint32_t depth, RowBitsFunction add)
      : add_{add}, num_trees_{trees.trees.size()} {
    AddFeatures(splits);
    view_.depth = depth;
    auto const words = WordsFor(depth);
    view_.tree_bytes = static_cast<std::uint32_t>(
        2 * words * kWord + std::max<std::size_t>(kWord, sizeof(float) << depth));
    memory_.resize(num_trees_ * view_.tree_bytes + kWord);
    auto const address = reinterpret_cast<std::uintptr_t>(memory_.data());
    auto* to = memory_.data() + (kWord - address % kWord) % kWord;
    view_.trees = to;
    for (auto const& tree : trees.trees) {
      std::memset(to + words * kWord, kNoLimit, words * kWord);
      FillHeap(trees, splits, tree.root, 1, depth, to, words);
      outputs_.push_back(tree.output);
      to += view_.tree_bytes;
    }
    view_.outputs = outputs_.data();
  }

  void Add(float const* row, TreeRange range, float* margins) const noexcept override {
    add_(view_, row, range.begin, range.end, margins);
  }
  std::string Name() const override { return "bits"; }
  std::size_t Bytes() const override { return memory_.size() + tables_.size() * sizeof(float); }
  double NanosecondsPerRow() const override {
    constexpr double kRow = 16, kFeature = 0.63, kTree = 1.5, kLevel = 0.25, kFar = 1.4;
    constexpr double kNearBytes = 1 << 20;
    auto const total = kRow + kFeature * view_.num_features +
                       static_cast<double>(num_trees_) * (kTree + kLevel * view_.depth);
    return static_cast<double>(Bytes()) > kNearBytes ? total * kFar : total;
  }

  static std::size_t WordsFor(std::uint32_t depth) {
    return depth <= 6 ? 1 : std::size_t{1} << (depth - 6);
  }

 private:
  void AddFeatures(Splits const& splits) {
    constexpr std::size_t kStep = 16;
    auto const parts = CountParts(splits);
    tables_.resize(parts * (kStep + kStep * kStep) + kStep, kNaN);
    auto const address = reinterpret_cast<std::uintptr_t>(tables_.data());
    auto* table = tables_.data() + (kWord - address % kWord) % kWord / sizeof(float);
    for (auto const& feature : splits.features) {
      first_part_.push_back(static_cast<std::uint32_t>(features_.size()));
      auto const& all = feature.thresholds;
      for (std::size_t begin = 0; begin < all.size(); begin += kMaxThresholds) {
        auto const count = std::min(kMaxThresholds, all.size() - begin);
        auto const* const thresholds = all.data() + begin;
        std::copy_n(thresholds, count, table + kStep);
        for (auto i = kStep - 1; i < count; i += kStep) table[i / kStep] = thresholds[i];
        features_.push_back({feature.feature, table, table + kStep});
        table += kStep + kStep * kStep;
      }
    }
    view_.features = features_.data();
    view_.num_features = static_cast<std::uint32_t>(features_.size());
    view_.num_codes = 2 * features_.size() <= kWord ? kWord : kMaxCodes;
  }

  void FillHeap(Trees const& trees, Splits const& splits, std::uint32_t node, std::uint32_t at,
                std::uint32_t levels, std::uint8_t* to, std::size_t words) const {
    auto const& split = trees.nodes[node];
    if (levels == 0) {
      auto* const leaves = to + 2 * words * kWord;
      std::memcpy(leaves + (at - (1u << view_.depth)) * sizeof(float),
                  &trees.leaf_values[split.leaf], sizeof(float));
      return;
    }
    bool const leaf = split.IsLeaf();
    if (!leaf) {
      auto const place = splits.place_of_node[node];
      auto const part = first_part_[splits.feature_of_node[node]] + place / kMaxThresholds;
      to[at] = static_cast<std::uint8_t>(2 * part + (split.default_left ? 0 : 1));
      to[words * kWord + at] = static_cast<std::uint8_t>(place % kMaxThresholds);
    }
    auto const left = leaf ? node : static_cast<std::uint32_t>(split.left);
    auto const right = leaf ? node : static_cast<std::uint32_t>(split.right);
    FillHeap(trees, splits, left, 2 * at, levels - 1, to, words);
    FillHeap(trees, splits, right, 2 * at + 1, levels - 1, to, words);
  }

  RowBitsFunction add_;
  std::size_t num_trees_;
  RowBits view_;
  std::vector<RowFeature> features_;
  std::vector<std::uint32_t> first_part_;  // of each feature
  std::vector<float> tables_;
  std::vector<std::uint8_t> memory_;
  std::vector<std::uint32_t> outputs_;
};

}  // namespace

std::unique_ptr<RowKernel const> MakeRowBits(Trees const& trees, InstructionSet instructions) {
  auto const add = FunctionFor(instructions);
  if (add == nullptr) return nullptr;
  std::uint32_t depth = 1;
  for (auto const& tree : trees.trees) {
    depth = std::max(depth, tree.depth);
    if (tree.leaf_size > 1 || depth > kMaxDepth) return nullptr;
  }
  auto const splits = CollectSplits(trees);
  if (splits.mixed || 2 * CountParts(splits) > kMaxCodes) return nullptr;
  for (auto const& feature : splits.features) {
    if (feature.categorical) return nullptr;
  }
  return std::make_unique<RowBitsKernel const>(trees, splits, depth, add);
}

}  // namespace forest
