// A model as its file describes it, after every check: what the forest engine compiles, and what is
// written again for libxgboost. Knows neither Node nor libxgboost.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace model {

constexpr std::int32_t kNoNode = -1;

/** Names of one categorical feature, or the numbers it was encoded from; empty when the feature has
 * none. */
struct Category {
  /** Texts, in the order of their codes. */
  std::vector<std::string> names;
  /** Integers instead of texts, widened; the file remembers their type. */
  std::vector<std::int64_t> numbers;
  /** The file's number for the type of `numbers`; 0: texts. */
  int number_type = 0;
  /** An empty list of texts rather than none: nothing but the file tells them apart. */
  bool is_empty_list = false;
  bool IsText() const { return number_type == 0; }
};

/**
 * One tree. All per-node arrays are as long as `left`; node 0 is the root; a node is a leaf when
 * its `left` is kNoNode. Every node that is not deleted is reached exactly once from the root, and
 * an inner node's `right` is `left + 1`. Whatever a deleted node says means nothing.
 */
struct Tree {
  std::uint32_t num_feature = 0;
  std::vector<std::int32_t> left;
  std::vector<std::int32_t> right;
  /** The root's is kNoNode, or 2147483647 in trees of scalars, as the file has it. */
  std::vector<std::int32_t> parent;
  std::vector<std::uint32_t> feature;
  /** The threshold of a numeric split (left when value < threshold), the value of a scalar leaf. */
  std::vector<float> condition;
  std::vector<std::uint8_t> default_left;
  /** 1: a categorical split, left unless the category is in the node's set. A pruned leaf may keep
   * its 1. */
  std::vector<std::uint8_t> categorical;
  std::vector<float> loss_change;
  std::vector<float> sum_hessian;
  /** Scalar trees: one per node. Vector-leaf trees: as many per node as the splits looked at. */
  std::vector<float> base_weight;

  /** The nodes whose `categorical` is 1, ascending, and where their sets begin and how long they
   * are: one after another, each ascending and not empty. */
  std::vector<std::int32_t> category_node;
  std::vector<std::int64_t> category_begin;
  std::vector<std::int64_t> category_size;
  std::vector<std::int32_t> category;

  /** Values per leaf: 1, or the number of outputs of a vector-leaf tree. */
  std::uint32_t leaf_size = 1;
  /** Vector-leaf trees: leaf k's values stand at `[k * leaf_size, (k + 1) * leaf_size)`; `right` of
   * a leaf node is k. */
  std::vector<float> leaf_values;
  std::int32_t num_deleted = 0;

  std::size_t Size() const { return left.size(); }
  bool IsLeaf(std::size_t node) const { return left[node] == kNoNode; }
};

/** Trees in model order. Covers `gbtree` and, where `weight_drop` is not empty, dart. */
struct Forest {
  std::uint32_t num_parallel_tree = 1;
  std::vector<Tree> trees;
  /** The output (class or target) that a scalar tree adds to. */
  std::vector<std::int32_t> output_of_tree;
  /** `rounds + 1` numbers: round i has the trees `[begin[i], begin[i + 1])`. */
  std::vector<std::int32_t> iteration_begin;
  /** Dart: the weight of each tree; empty: all 1. */
  std::vector<float> weight_drop;
  /** One per feature, or empty when the model was trained without category names. */
  std::vector<Category> categories;
  /** Per feature, one after another, its categories' positions in ascending order of the names. */
  std::vector<std::int32_t> category_order;
};

/** The `gblinear` booster: `(num_feature + 1) * outputs` weights, feature-major, the bias last;
 * none before the first round. */
struct Linear {
  std::vector<float> weights;
  std::int64_t boosted_rounds = 0;
};

/** The objective's name and its parameter groups as the file spells them: group -> name -> text. */
struct Objective {
  std::string name;
  std::map<std::string, std::map<std::string, std::string>> parameters;
  /** Position biases of unbiased ranking: list name (`ti+`, `tj-`) -> values. */
  std::map<std::string, std::vector<float>> biases;
};

struct Model {
  int version[3] = {0, 0, 0};
  std::uint32_t num_feature = 0;
  /** 0 when not multi-class. */
  std::uint32_t num_class = 0;
  std::uint32_t num_target = 1;
  bool boost_from_average = true;
  /** In output space (probabilities, not margins); one value, or one per output. */
  std::vector<float> base_score;
  Objective objective;
  std::variant<Forest, Linear> booster;
  std::vector<std::string> feature_names;
  std::vector<std::string> feature_types;
  std::vector<std::pair<std::string, std::string>> attributes;

  /** Values per row of a prediction's margin. */
  std::uint32_t NumOutputs() const { return num_class > 1 ? num_class : num_target; }
};

}  // namespace model
