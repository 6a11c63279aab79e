#include "forest/plane_model.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "forest/buckets.h"
#include "forest/program.h"
#include "forest/splits.h"

namespace forest {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr std::uint32_t kMaxTemplateDepth = 8;
constexpr std::uint32_t kMaxLeaves = 65536;        // a leaf's number is at most two bytes
constexpr std::uint32_t kMaxThresholds = 65535;    // and so is a code
constexpr std::uint32_t kMaxCategoryCodes = 4096;  // one scratch plane each
/** Planes of all splits; more would leave the caches of any CPU. */
constexpr std::size_t kMaxPlanes = 1u << 18;
/** What an operation of a program costs, in nodes of a template: it is read from memory, and so are
 * its operands. */
constexpr double kOpCost = 3.0;

std::uint32_t BitsFor(std::uint32_t codes) {
  std::uint32_t bits = 0;
  while ((std::uint64_t{1} << bits) < codes) ++bits;
  return bits;
}

/** A binary search's tree, level by level: node i's children are 2i and 2i + 1. */
std::vector<float> MakeHeap(std::vector<float> const& thresholds, std::uint32_t bits) {
  std::vector<float> heap(256, kNaN);
  for (std::uint32_t level = 0; level < bits; ++level) {
    for (std::uint32_t i = 0; i < 1u << level; ++i) {
      auto const place = (2 * i + 1) * (1u << (bits - 1 - level)) - 1;
      if (place < thresholds.size()) heap[(1u << level) + i] = thresholds[place];
    }
  }
  return heap;
}

}  // namespace

/** Plane numbers are given to splits first, as if there were no temporaries; once all programs are
 * known, everything becomes offsets. */
class PlaneModelBuilder {
 public:
  PlaneModelBuilder(Trees const& trees, PlaneModel& model)
      : trees_{trees}, model_{model}, splits_{CollectSplits(trees)} {}

  void Build() {
    if (!SizesFit()) return;
    for (auto const& feature : splits_.features) AddFeature(feature);
    NumberNodes();
    for (std::uint32_t t = 0; t < trees_.trees.size(); ++t) AddTree(t);
    MakeOffsets();
    OrderTrees();
    model_.fits_ = true;
  }

 private:
  bool SizesFit() const {
    if (splits_.mixed) return false;
    std::size_t planes = 0;
    for (auto const& feature : splits_.features) {
      if (feature.thresholds.size() > kMaxThresholds) return false;
      planes += 2 * (feature.thresholds.size() + feature.sets.size());
    }
    if (planes > kMaxPlanes) return false;
    for (auto const& tree : trees_.trees) {
      if (tree.num_leaves > kMaxLeaves) return false;
    }
    for (auto const& feature : splits_.features) {
      if (feature.categorical && CategoriesOf(feature).size() + 1 > kMaxCategoryCodes) return false;
    }
    return true;
  }

  /** The categories that some set has, ascending. */
  std::vector<std::uint32_t> CategoriesOf(FeatureSplits const& splits) const {
    std::vector<std::uint32_t> categories;
    for (auto const set : splits.sets) {
      auto const& words = trees_.sets[static_cast<std::size_t>(set)].words;
      for (std::uint32_t c = 0; c < words.size() * 32; ++c) {
        if ((words[c / 32] >> (c % 32) & 1) != 0) categories.push_back(c);
      }
    }
    std::sort(categories.begin(), categories.end());
    categories.erase(std::unique(categories.begin(), categories.end()), categories.end());
    return categories;
  }

  template <typename T>
  T const* Keep(std::vector<std::vector<T>>& store, std::vector<T> values) {
    store.push_back(std::move(values));
    return store.back().data();  // moving a vector leaves its elements where they are
  }

  void AddFeature(FeatureSplits const& splits) {
    PlaneFeature feature;
    feature.feature = splits.feature;
    feature.categorical = splits.categorical;
    if (splits.categorical) {
      AddCategories(splits, feature);
    } else {
      AddThresholds(splits, feature);
    }
    feature.offset = next_plane_;
    next_plane_ += feature.planes;
    std::vector<std::uint32_t> copy_of;
    for (std::uint32_t i = 0; i < feature.planes; ++i) {
      if (splits.missing_right[i] != 0) copy_of.push_back(i);
    }
    feature.missing_matters = !copy_of.empty();
    feature.copies = static_cast<std::uint32_t>(copy_of.size());
    feature.copy_offset = next_plane_;
    next_plane_ += feature.copies;
    copies_.push_back(copy_of);
    feature.copy_of = Keep(model_.words_, std::move(copy_of));
    model_.features_.push_back(feature);
  }

  void AddThresholds(FeatureSplits const& splits, PlaneFeature& feature) {
    auto const count = static_cast<std::uint32_t>(splits.thresholds.size());
    feature.planes = count;
    feature.bits = BitsFor(count + 1);
    feature.first_code = Keep(model_.shorts_, MakeBuckets(splits.thresholds, feature));
    if (count <= 255) {
      feature.heap = Keep(model_.floats_, MakeHeap(splits.thresholds, feature.bits));
    }
    auto padded = splits.thresholds;
    padded.resize(count + feature.steps + 1, kNaN);
    feature.thresholds = Keep(model_.floats_, std::move(padded));
  }

  void AddCategories(FeatureSplits const& splits, PlaneFeature& feature) {
    auto const categories = CategoriesOf(splits);
    feature.planes = static_cast<std::uint32_t>(splits.sets.size());
    feature.bits = BitsFor(static_cast<std::uint32_t>(categories.size()) + 1);
    feature.categories = categories.empty() ? 0 : categories.back() + 1;
    std::vector<std::uint16_t> codes(feature.categories);
    for (std::size_t i = 0; i < categories.size(); ++i) {
      codes[categories[i]] = static_cast<std::uint16_t>(i + 1);
    }
    std::vector<std::uint16_t> members;
    std::vector<std::uint32_t> begins{0};
    for (auto const place : splits.sets) {
      auto const& set = trees_.sets[static_cast<std::size_t>(place)];
      for (auto const category : categories) {
        if (set.Contains(category)) members.push_back(codes[category]);
      }
      begins.push_back(static_cast<std::uint32_t>(members.size()));
    }
    feature.code_of_category = Keep(model_.shorts_, std::move(codes));
    feature.members = Keep(model_.shorts_, std::move(members));
    feature.member_begin = Keep(model_.words_, std::move(begins));
    model_.scratch_planes_ = std::max(model_.scratch_planes_, 1u << feature.bits);
  }

  void NumberNodes() {
    plane_of_node_.resize(trees_.nodes.size());
    for (std::size_t n = 0; n < trees_.nodes.size(); ++n) {
      auto const& node = trees_.nodes[n];
      if (node.IsLeaf()) continue;
      auto const owner = splits_.feature_of_node[n];
      auto const place = splits_.place_of_node[n];
      auto const& feature = model_.features_[owner];
      if (node.default_left) {
        plane_of_node_[n] = feature.offset + place;
      } else {
        auto const& copies = copies_[owner];
        auto const copy = std::lower_bound(copies.begin(), copies.end(), place) - copies.begin();
        plane_of_node_[n] = feature.copy_offset + static_cast<std::uint32_t>(copy);
      }
    }
  }

  void AddTree(std::uint32_t number) {
    auto const& tree = trees_.trees[number];
    PlaneTree compiled;
    compiled.number = number;
    compiled.output = tree.output;
    compiled.leaf_size = tree.leaf_size;
    auto program = CompileProgram(trees_, tree, plane_of_node_);
    auto const template_cost = static_cast<double>(2u << std::min(tree.depth, 30u));
    auto const program_cost = static_cast<double>(program.ops.size()) * kOpCost;
    if (tree.depth > 0 && tree.depth <= kMaxTemplateDepth &&
        template_cost <= 2 * program_cost + 16) {
      AddTemplate(tree, compiled);
    } else {
      AddProgram(tree, std::move(program), compiled);
    }
    model_.trees_.push_back(compiled);
  }

  void AddTemplate(Tree const& tree, PlaneTree& compiled) {
    compiled.template_depth = tree.depth;
    compiled.bits = tree.depth;
    std::vector<std::uint32_t> nodes;
    std::vector<std::uint32_t> leaves;
    AppendComplete(tree.root, tree.depth, nodes, leaves);
    compiled.nodes = Keep(model_.words_, std::move(nodes));
    node_lists_.push_back(model_.words_.size() - 1);
    AddLeaves(tree, leaves, compiled);
  }

  /** Children before their parent. Below a leaf, rows go left whatever they are. */
  void AppendComplete(std::uint32_t node, std::uint32_t depth, std::vector<std::uint32_t>& nodes,
                      std::vector<std::uint32_t>& leaves) const {
    if (depth == 0) {
      leaves.push_back(node);
      return;
    }
    auto const& split = trees_.nodes[node];
    bool const leaf = split.IsLeaf();
    AppendComplete(leaf ? node : static_cast<std::uint32_t>(split.left), depth - 1, nodes, leaves);
    AppendComplete(leaf ? node : static_cast<std::uint32_t>(split.right), depth - 1, nodes, leaves);
    nodes.push_back(leaf ? kZeros : plane_of_node_[node]);
  }

  void AddProgram(Tree const& tree, Program program, PlaneTree& compiled) {
    temporaries_ = std::max(temporaries_, program.temporaries);
    compiled.bits = static_cast<std::uint32_t>(program.results.size());
    compiled.num_ops = static_cast<std::uint32_t>(program.ops.size());
    model_.num_ops_ += program.ops.size();
    AddLeaves(tree, program.leaves, compiled);
    compiled.ops = Keep(model_.ops_, std::move(program.ops));
    compiled.results = Keep(model_.words_, std::move(program.results));
    node_lists_.push_back(model_.words_.size() - 1);
  }

  void AddLeaves(Tree const& tree, std::vector<std::uint32_t> const& leaves, PlaneTree& compiled) {
    auto const count = static_cast<std::uint32_t>(leaves.size());
    auto const capacity = count <= 64 ? 64u : count <= 128 ? 128u : count <= 256 ? 256u : count;
    compiled.leaf_capacity = capacity;
    std::vector<float> values(static_cast<std::size_t>(capacity) * tree.leaf_size);
    for (std::uint32_t j = 0; j < tree.leaf_size; ++j) {
      for (std::uint32_t i = 0; i < count; ++i) {
        values[static_cast<std::size_t>(j) * capacity + i] =
            trees_.leaf_values[trees_.nodes[leaves[i]].leaf + j];
      }
    }
    byte_begin_.push_back(model_.leaf_bytes_.size());
    if (capacity <= 256) AppendBytes(values, capacity);
    compiled.leaves = Keep(model_.floats_, std::move(values));
  }

  void AppendBytes(std::vector<float> const& values, std::uint32_t capacity) {
    auto& bytes = model_.leaf_bytes_;
    auto const begin = bytes.size();
    bytes.resize(begin + values.size() * sizeof(float));
    for (std::size_t i = 0; i < values.size(); ++i) {
      std::uint32_t bits;
      std::memcpy(&bits, &values[i], sizeof bits);
      auto const table = begin + i / capacity * capacity * sizeof(float);
      for (std::uint32_t byte = 0; byte < 4; ++byte) {
        bytes[table + byte * capacity + i % capacity] =
            static_cast<std::uint8_t>(bits >> (8 * byte));
      }
    }
  }

  std::uint32_t OffsetOf(std::uint32_t plane) const {
    if (plane == kZeros || plane == kOnes) return plane * kPlaneUnit;
    if ((plane & kTemporary) != 0) return (kFirstTemporary + (plane & ~kTemporary)) * kPlaneUnit;
    return (plane + temporaries_) * kPlaneUnit;  // splits were numbered from kFirstTemporary
  }

  void MakeOffsets() {
    for (auto& feature : model_.features_) {
      feature.offset = OffsetOf(feature.offset);
      feature.copy_offset = OffsetOf(feature.copy_offset);
    }
    for (auto const list : node_lists_) {
      for (auto& plane : model_.words_[list]) plane = OffsetOf(plane);
    }
    for (auto& ops : model_.ops_) {
      for (auto& op : ops) {
        op = {OffsetOf(op.select), OffsetOf(op.zero), OffsetOf(op.one), OffsetOf(op.to)};
      }
    }
    AlignLeafBytes();
    model_.num_planes_ = next_plane_ + temporaries_;
  }

  /** A table that crosses cache lines costs twice. */
  void AlignLeafBytes() {
    constexpr std::size_t kLine = 64;
    auto& bytes = model_.leaf_bytes_;
    auto const size = bytes.size();
    bytes.resize(size + kLine);
    auto const address = reinterpret_cast<std::uintptr_t>(bytes.data());
    auto* const aligned = bytes.data() + (kLine - address % kLine) % kLine;
    std::memmove(aligned, bytes.data(), size);
    for (std::size_t t = 0; t < model_.trees_.size(); ++t) {
      auto& tree = model_.trees_[t];
      if (tree.leaf_capacity <= 256) tree.leaf_bytes = aligned + byte_begin_[t];
    }
  }

  /** One output after the other keeps its margins in the nearest cache; the order within an output,
   * which decides the last bit, stays. */
  void OrderTrees() {
    bool const vector_leaves =
        std::any_of(model_.trees_.begin(), model_.trees_.end(),
                    [](PlaneTree const& tree) { return tree.leaf_size > 1; });
    if (vector_leaves) return;
    std::stable_sort(model_.trees_.begin(), model_.trees_.end(),
                     [](PlaneTree const& a, PlaneTree const& b) { return a.output < b.output; });
  }

  Trees const& trees_;
  PlaneModel& model_;
  Splits splits_;
  std::vector<std::vector<std::uint32_t>> copies_;
  std::vector<std::uint32_t> plane_of_node_;
  std::vector<std::size_t> node_lists_;  // places in words_ of lists of planes
  std::vector<std::size_t> byte_begin_;
  std::uint32_t next_plane_ = kFirstTemporary;
  std::uint32_t temporaries_ = 0;
};

PlaneModel::PlaneModel(Trees const& trees) { PlaneModelBuilder{trees, *this}.Build(); }

std::size_t PlaneModel::Bytes() const {
  auto const sum = [](auto const& lists) {
    std::size_t bytes = 0;
    for (auto const& list : lists) bytes += list.size() * sizeof(list.front());
    return bytes;
  };
  return sum(floats_) + sum(shorts_) + sum(words_) + sum(ops_) + leaf_bytes_.size() +
         features_.size() * sizeof(PlaneFeature) + trees_.size() * sizeof(PlaneTree);
}

}  // namespace forest
