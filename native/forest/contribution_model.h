// What contributions of features (SHAP values) are computed from: the trees once more, with the
// likelihood of each branch. The structs have no functions, for the reason that plane_model.h
// gives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "forest/trees.h"

namespace forest {

struct ContributionNode {
  float threshold = 0;
  /** The feature among all that the model splits on, and among those that its tree splits on. */
  std::uint32_t place = 0;
  std::uint32_t slot = 0;
  /** The left child, which the right one follows; a leaf has none (model::kNoNode). */
  std::int32_t left = model::kNoNode;
  /** The share of its parent's cover. */
  float weight = 1;
  /** The categories that go right: where their bits begin (kNumeric: none), and how many words they
   * are. */
  std::int32_t set = kNumeric;
  std::uint32_t set_words = 0;
  /** A leaf: the first of its values. */
  std::uint32_t leaf = 0;
  bool default_left = false;
};

/** One tree for one output. */
struct ContributionTree {
  /** Its place among the model's trees. */
  std::uint32_t number = 0;
  std::uint32_t root = 0;
  /** Dart's weight. */
  float weight = 1;
  /** The places of its features, ascending, in ContributionArrays::places. */
  std::uint32_t places_begin = 0;
  std::uint32_t num_features = 0;
  /** Added to ContributionNode::leaf for this output. */
  std::uint32_t leaf_offset = 0;
  /** The mean of its leaves by cover, without the weight. */
  double mean = 0;
};

/** What the kernels read. */
struct ContributionArrays {
  ContributionNode const* nodes = nullptr;
  std::uint32_t const* set_words = nullptr;
  /** Without dart's weights, times the weights of the branches from the root. */
  float const* leaf_values = nullptr;
  std::uint32_t const* places = nullptr;
  std::size_t num_places = 0;
};

/** Owns the arrays. */
class ContributionModel {
 public:
  /** A Failure (kModel) when the trees have no covers, or negative ones. */
  explicit ContributionModel(Trees const& trees);
  ContributionModel(ContributionModel const&) = delete;
  ContributionModel& operator=(ContributionModel const&) = delete;

  /** In the order of the model's trees: XGBoost adds in that order. */
  std::vector<ContributionTree> const& TreesOf(std::size_t output) const {
    return trees_of_output_[output];
  }
  ContributionArrays const& Arrays() const { return arrays_; }
  /** Features that any tree splits on, ascending. */
  std::vector<std::uint32_t> const& UsedFeatures() const { return used_features_; }
  std::uint32_t MostFeaturesOfTree() const { return most_features_; }
  std::size_t Bytes() const;

 private:
  void AddTree(Trees const& trees, std::uint32_t number);
  void CopyNodes(Trees const& trees, Tree const& tree);
  void NumberFeatures(Trees const& trees, Tree const& tree);
  void ScaleLeaves(Trees const& trees, Tree const& tree, std::uint32_t at, float share);

  std::vector<std::vector<ContributionTree>> trees_of_output_;
  std::vector<std::uint32_t> used_features_;
  std::uint32_t most_features_ = 0;
  std::vector<ContributionNode> nodes_;
  std::vector<std::uint32_t> set_words_;
  std::vector<float> leaf_values_;
  std::vector<std::uint32_t> places_;
  ContributionArrays arrays_;
};

}  // namespace forest
