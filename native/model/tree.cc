#include "model/tree.h"

#include <algorithm>
#include <cmath>

#include "model/fields.h"

namespace model {
namespace {

constexpr std::uint32_t kDeletedFeature = 2147483647;
/** What the file has as the parent of a root, where parents have 31 bits. */
constexpr std::int32_t kRootParent = 2147483647;
constexpr std::uint32_t kMaxNodes = 2147483647;

void ReadBytes(Source* source, std::vector<std::uint8_t>* out) {
  std::vector<std::int32_t> values;
  source->Integers(&values);
  out->resize(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] != 0 && values[i] != 1) {
      source->place.RefuseAt(i, "expected 0 or 1, received " + std::to_string(values[i]));
    }
    (*out)[i] = static_cast<std::uint8_t>(values[i]);
  }
}

void ReadFeatures(Source* source, std::vector<std::uint32_t>* out) {
  std::vector<std::int32_t> values;
  source->Integers(&values);
  out->resize(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] < 0) {
      source->place.RefuseAt(i, "expected a feature, received " + std::to_string(values[i]));
    }
    (*out)[i] = static_cast<std::uint32_t>(values[i]);
  }
}

void ReadWide(Source* source, std::vector<std::int64_t>* out) {
  Stored stored{};
  source->Integers(out, &stored);
}

/** Before 3.2 a vector leaf's values stood among the nodes' weights, and statistics were not kept.
 */
void FromOldVectorLeaves(Tree* tree) {
  std::size_t const size = tree->Size();
  tree->loss_change.assign(size, 0);
  tree->sum_hessian.assign(size, 0);
  std::int32_t leaves = 0;
  for (std::size_t node = 0; node < size; ++node) {
    if (!tree->IsLeaf(node)) continue;
    auto const from =
        tree->base_weight.begin() + static_cast<std::ptrdiff_t>(node * tree->leaf_size);
    tree->leaf_values.insert(tree->leaf_values.end(), from, from + tree->leaf_size);
    tree->right[node] = leaves++;
  }
}

template <class T>
void CheckLength(std::vector<T> const& values, std::size_t length, char const* name, Place* place) {
  if (values.size() == length) return;
  Within const within{place, name};
  place->Refuse("expected " + std::to_string(length) + " elements, received " +
                std::to_string(values.size()));
}

void CheckLengths(Tree const& tree, std::size_t num_nodes, Place* place) {
  CheckLength(tree.left, num_nodes, "left_children", place);
  CheckLength(tree.right, num_nodes, "right_children", place);
  CheckLength(tree.parent, num_nodes, "parents", place);
  CheckLength(tree.feature, num_nodes, "split_indices", place);
  CheckLength(tree.condition, num_nodes, "split_conditions", place);
  CheckLength(tree.default_left, num_nodes, "default_left", place);
  CheckLength(tree.categorical, num_nodes, "split_type", place);
}

/** Vector leaves may have been found with fewer outputs than they have, but with as many per node.
 */
void CheckWeights(Tree const& tree, Place* place) {
  std::size_t const nodes = tree.Size();
  std::size_t const weights = tree.base_weight.size();
  if (tree.leaf_size == 1) return CheckLength(tree.base_weight, nodes, "base_weights", place);
  if (weights == 0 || weights % nodes != 0 || weights / nodes > tree.leaf_size) {
    Within const within{place, "base_weights"};
    place->Refuse("expected 1 to " + std::to_string(tree.leaf_size) + " values for each of " +
                  std::to_string(nodes) + " nodes, received " + std::to_string(weights));
  }
}

/** Which nodes the root leads to, each once, and no deeper than allowed. */
std::vector<bool> Walk(Tree const& tree, std::uint32_t max_depth, Place* place) {
  struct Step {
    std::int32_t node;
    std::uint32_t depth;
  };
  auto const size = static_cast<std::int32_t>(tree.Size());
  std::vector<bool> reached(tree.Size());
  std::vector<Step> open{{0, 0}};
  if (tree.parent[0] != kNoNode && tree.parent[0] != kRootParent) {
    place->RefuseAt("parents", 0, "the root has no parent");
  }
  while (!open.empty()) {
    auto const [node, depth] = open.back();
    open.pop_back();
    auto const at = static_cast<std::size_t>(node);
    reached[at] = true;
    if (tree.IsLeaf(at)) continue;
    std::int32_t const left = tree.left[at];
    if (left <= 0 || left >= size - 1) {
      place->RefuseAt(
          "left_children", at,
          "expected -1 or 1 to " + std::to_string(size - 2) + ", received " + std::to_string(left));
    }
    if (tree.right[at] != left + 1) {
      place->RefuseAt("right_children", at,
                      "expected " + std::to_string(left + 1) +
                          ", beside the left child, received " + std::to_string(tree.right[at]));
    }
    if (depth == max_depth) {
      place->RefuseAt("left_children", at, "the tree is deeper than " + std::to_string(max_depth));
    }
    for (std::int32_t const child : {left + 1, left}) {
      auto const index = static_cast<std::size_t>(child);
      if (reached[index]) {
        place->RefuseAt("left_children", at,
                        "node " + std::to_string(child) + " hangs from two nodes");
      }
      if (tree.parent[index] != node) {
        place->RefuseAt("parents", index,
                        "expected " + std::to_string(node) + ", received " +
                            std::to_string(tree.parent[index]));
      }
      reached[index] = true;
      open.push_back({child, depth + 1});
    }
  }
  return reached;
}

void CheckDeleted(Tree const& tree, std::size_t node, Place* place) {
  auto const size = static_cast<std::int32_t>(tree.Size());
  bool const is_marked =
      tree.leaf_size == 1 && tree.feature[node] == kDeletedFeature && tree.default_left[node] == 1;
  if (!is_marked) {
    place->RefuseAt("parents", node, "the root does not lead to this node, nor is it deleted");
  }
  if (!tree.IsLeaf(node)) place->RefuseAt("left_children", node, "a deleted node has no children");
  if (tree.parent[node] < 0 || tree.parent[node] >= size) {
    place->RefuseAt("parents", node,
                    "expected a node, received " + std::to_string(tree.parent[node]));
  }
}

/** A leaf's `right` is nothing's child: any node, or for vector leaves the number of the leaf. */
void CheckLeaf(Tree const& tree, std::size_t node, std::vector<bool>* used, Place* place) {
  std::int32_t const right = tree.right[node];
  if (tree.leaf_size == 1) {
    if (right < kNoNode || right >= static_cast<std::int32_t>(tree.Size())) {
      place->RefuseAt("right_children", node, "expected -1, received " + std::to_string(right));
    }
    return;
  }
  auto const leaves = static_cast<std::int32_t>(used->size());
  if (right < 0 || right >= leaves || (*used)[static_cast<std::size_t>(right)]) {
    place->RefuseAt("right_children", node,
                    "expected a leaf number from 0 to " + std::to_string(leaves - 1) +
                        " of its own, received " + std::to_string(right));
  }
  (*used)[static_cast<std::size_t>(right)] = true;
}

void CheckNode(Tree const& tree, std::size_t node, std::uint32_t num_feature, Place* place) {
  if (tree.feature[node] >= num_feature) {
    place->RefuseAt("split_indices", node,
                    "expected a feature below " + std::to_string(num_feature) + ", received " +
                        std::to_string(tree.feature[node]));
  }
  float const value = tree.condition[node];
  if (tree.IsLeaf(node)) {
    if (tree.leaf_size == 1 && !std::isfinite(value)) {
      place->RefuseAt("split_conditions", node, "the value of a leaf is not finite");
    }
  } else if (tree.categorical[node] == 0 && std::isnan(value)) {
    place->RefuseAt("split_conditions", node, "the threshold of a split is NaN");
  }
}

void CheckNodes(Tree const& tree, std::uint32_t num_feature, Limits const& limits, Place* place) {
  std::vector<bool> const reached = Walk(tree, limits.max_tree_depth, place);
  std::size_t const leaves = tree.leaf_size == 1 ? 0 : tree.leaf_values.size() / tree.leaf_size;
  std::vector<bool> used(leaves);
  std::int32_t deleted = 0;
  std::size_t found = 0;
  for (std::size_t node = 0; node < tree.Size(); ++node) {
    if (!reached[node]) {
      CheckDeleted(tree, node, place);
      ++deleted;
    } else {
      CheckNode(tree, node, num_feature, place);
    }
    if (tree.IsLeaf(node)) {
      CheckLeaf(tree, node, &used, place);
      ++found;
    }
  }
  if (deleted != tree.num_deleted) {
    place->Refuse("tree_param.num_deleted is " + std::to_string(tree.num_deleted) + ", but " +
                  std::to_string(deleted) + " nodes are deleted");
  }
  if (tree.leaf_size > 1 && tree.leaf_values.size() != found * tree.leaf_size) {
    Within const within{place, "leaf_weights"};
    place->Refuse("expected " + std::to_string(tree.leaf_size) + " values for each of " +
                  std::to_string(found) + " leaves, received " +
                  std::to_string(tree.leaf_values.size()));
  }
  for (std::size_t i = 0; i < tree.leaf_values.size(); ++i) {
    if (!std::isfinite(tree.leaf_values[i])) {
      place->RefuseAt("leaf_weights", i, "the value of a leaf is not finite");
    }
  }
}

/** The sets of the categorical nodes: named in order, one after another, each ascending. */
void CheckCategories(Tree const& tree, Limits const& limits, Place* place) {
  std::vector<std::int32_t> nodes;
  for (std::size_t node = 0; node < tree.Size(); ++node) {
    if (tree.categorical[node] != 0) nodes.push_back(static_cast<std::int32_t>(node));
  }
  if (tree.category_node != nodes) {
    Within const within{place, "categories_nodes"};
    place->Refuse("expected the nodes whose split_type is 1, in order");
  }
  CheckLength(tree.category_begin, nodes.size(), "categories_segments", place);
  CheckLength(tree.category_size, nodes.size(), "categories_sizes", place);
  std::int64_t const total = static_cast<std::int64_t>(tree.category.size());
  std::int64_t at = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (tree.category_begin[i] != at) {
      place->RefuseAt("categories_segments", i,
                      "expected " + std::to_string(at) + ", received " +
                          std::to_string(tree.category_begin[i]));
    }
    std::int64_t const size = tree.category_size[i];
    if (size < 1 || size > total - at) {
      place->RefuseAt(
          "categories_sizes", i,
          "expected 1 to " + std::to_string(total - at) + ", received " + std::to_string(size));
    }
    std::int32_t last = -1;
    for (std::int64_t const end = at + size; at < end; ++at) {
      auto const index = static_cast<std::size_t>(at);
      std::int32_t const category = tree.category[index];
      if (category <= last || category > limits.max_category) {
        place->RefuseAt("categories", index,
                        "expected ascending categories of at most " +
                            std::to_string(limits.max_category) + ", received " +
                            std::to_string(category));
      }
      last = category;
    }
  }
  if (at != total) {
    Within const within{place, "categories"};
    place->Refuse("expected " + std::to_string(at) + " elements, received " +
                  std::to_string(total));
  }
}

}  // namespace

Tree ReadTree(Source* source, std::size_t index) {
  Tree tree;
  std::uint32_t num_nodes = 0;
  bool has_categories = false;
  bool has_leaves = false;
  bool has_statistics = false;
  std::vector<std::int32_t> ignored;
  auto const read_parameters = [&] {
    ReadObject(
        source,
        {{"num_deleted", Need::kOptional,
          [&] { tree.num_deleted = static_cast<std::int32_t>(ReadCount(source, kMaxNodes)); }},
         {"num_feature", Need::kRequired, [&] { tree.num_feature = ReadCount(source, kMaxNodes); }},
         {"num_nodes", Need::kRequired, [&] { num_nodes = ReadCount(source, kMaxNodes); }},
         {"size_leaf_vector", Need::kRequired, [&] {
            // Before 2.0 a scalar's was 0.
            tree.leaf_size = std::max<std::uint32_t>(1, ReadCount(source, kMaxNodes));
          }}});
  };
  auto const read_id = [&] {
    std::int64_t const id = source->Integer();
    if (id != static_cast<std::int64_t>(index)) {
      source->place.Refuse("expected " + std::to_string(index) + ", received " +
                           std::to_string(id));
    }
  };
  ReadObject(
      source,
      {{"base_weights", Need::kRequired, [&] { source->Floats(&tree.base_weight); }},
       {"categories", Need::kOptional, [&] { source->Integers(&tree.category); }},
       {"categories_nodes", Need::kOptional, [&] { source->Integers(&tree.category_node); }},
       {"categories_segments", Need::kOptional, [&] { ReadWide(source, &tree.category_begin); }},
       {"categories_sizes", Need::kOptional, [&] { ReadWide(source, &tree.category_size); }},
       {"default_left", Need::kRequired, [&] { ReadBytes(source, &tree.default_left); }},
       {"id", Need::kRequired, read_id},
       // Only before 1.2, where nothing read it.
       {"leaf_child_counts", Need::kOptional, [&] { source->Integers(&ignored); }},
       {"leaf_weights", Need::kOptional,
        [&] {
          has_leaves = true;
          source->Floats(&tree.leaf_values);
        }},
       {"left_children", Need::kRequired, [&] { source->Integers(&tree.left); }},
       {"loss_changes", Need::kOptional,
        [&] {
          has_statistics = true;
          source->Floats(&tree.loss_change);
        }},
       {"parents", Need::kRequired, [&] { source->Integers(&tree.parent); }},
       {"right_children", Need::kRequired, [&] { source->Integers(&tree.right); }},
       {"split_conditions", Need::kRequired, [&] { source->Floats(&tree.condition); }},
       {"split_indices", Need::kRequired, [&] { ReadFeatures(source, &tree.feature); }},
       {"split_type", Need::kOptional,
        [&] {
          has_categories = true;
          ReadBytes(source, &tree.categorical);
        }},
       {"sum_hessian", Need::kOptional, [&] { source->Floats(&tree.sum_hessian); }},
       {"tree_param", Need::kRequired, read_parameters}});
  Place* const place = &source->place;
  if (num_nodes == 0) place->Refuse("a tree has at least one node");
  // Before 1.3 no tree had categorical splits.
  if (!has_categories) tree.categorical.assign(tree.Size(), 0);
  CheckLengths(tree, num_nodes, place);
  CheckWeights(tree, place);
  if (tree.leaf_size > 1 && !has_leaves && !has_statistics) {
    CheckLength(tree.base_weight, num_nodes * std::size_t{tree.leaf_size}, "base_weights", place);
    FromOldVectorLeaves(&tree);
  }
  CheckLength(tree.loss_change, num_nodes, "loss_changes", place);
  CheckLength(tree.sum_hessian, num_nodes, "sum_hessian", place);
  if (tree.leaf_size == 1 && has_leaves) place->Refuse("leaf_weights in a tree of scalars");
  return tree;
}

std::size_t CategoryBytes(Tree const& tree) {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < tree.category_node.size(); ++i) {
    auto const last = static_cast<std::size_t>(tree.category_begin[i] + tree.category_size[i] - 1);
    bytes += (static_cast<std::size_t>(tree.category[last]) / 32 + 1) * 4;
  }
  return bytes;
}

void CheckTree(Tree const& tree, std::uint32_t num_feature, Limits const& limits, Place* place) {
  if (tree.num_feature > num_feature) {
    place->Refuse("tree_param.num_feature is " + std::to_string(tree.num_feature) +
                  ", the model has " + std::to_string(num_feature) + " features");
  }
  CheckNodes(tree, num_feature, limits, place);
  CheckCategories(tree, limits, place);
}

}  // namespace model
