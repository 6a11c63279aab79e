#include "model/forest.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "model/categories.h"
#include "model/fields.h"
#include "model/tree.h"

namespace model {
namespace {

constexpr std::uint32_t kMaxTrees = 2147483647;

/** The booster's model, which comes before the name that tells what it is. */
struct Parts {
  std::string name;
  Forest forest;
  Linear linear;
  std::uint32_t num_trees = 0;
  bool has_parameters = false;
  bool has_outputs = false;
  bool has_trees = false;
  bool has_weights = false;
};

void ReadTrees(Source* source, Parts* parts) {
  parts->has_trees = true;
  source->BeginList();
  for (std::size_t i = 0; source->NextElement(); ++i) {
    Within const within{&source->place, i};
    parts->forest.trees.push_back(ReadTree(source, i));
  }
}

void ReadParameters(Source* source, Parts* parts) {
  parts->has_parameters = true;
  ReadObject(
      source,
      {{"num_parallel_tree", Need::kOptional,
        [&] { parts->forest.num_parallel_tree = ReadCount(source, kMaxTrees); }},
       {"num_trees", Need::kRequired, [&] { parts->num_trees = ReadCount(source, kMaxTrees); }},
       // Before 2.0; the trees say it as well.
       {"size_leaf_vector", Need::kOptional, [&] { ReadCount(source, kMaxTrees); }}});
}

void ReadParts(Source* source, Parts* parts) {
  Forest* const forest = &parts->forest;
  ReadObject(
      source,
      {{"boosted_rounds", Need::kOptional,
        [&] { parts->linear.boosted_rounds = source->Integer(); }},
       {"cats", Need::kOptional, [&] { ReadCategories(source, forest); }},
       {"gbtree_model_param", Need::kOptional, [&] { ReadParameters(source, parts); }},
       {"iteration_indptr", Need::kOptional, [&] { source->Integers(&forest->iteration_begin); }},
       {"tree_info", Need::kOptional,
        [&] {
          parts->has_outputs = true;
          source->Integers(&forest->output_of_tree);
        }},
       {"trees", Need::kOptional, [&] { ReadTrees(source, parts); }},
       {"weight_drop", Need::kOptional, [&] { source->Floats(&forest->weight_drop); }},
       {"weights", Need::kOptional, [&] {
          parts->has_weights = true;
          source->Floats(&parts->linear.weights);
        }}});
}

/** A booster; before 3.4 dart stood around a gbtree. */
void ReadNamed(Source* source, Parts* parts, bool is_inner) {
  bool has_model = false;
  bool has_inner = false;
  std::string name;
  ReadObject(source, {{"gbtree", Need::kOptional,
                       [&] {
                         if (is_inner) source->place.Refuse("a gbtree inside a gbtree");
                         has_inner = true;
                         ReadNamed(source, parts, true);
                       }},
                      {"model", Need::kOptional,
                       [&] {
                         has_model = true;
                         ReadParts(source, parts);
                       }},
                      {"name", Need::kRequired, [&] { name = source->Text(); }},
                      {"weight_drop", Need::kOptional,
                       [&] { source->Floats(&parts->forest.weight_drop); }}});
  bool const is_dart = name == "dart" && !is_inner;
  bool const is_known = is_dart || name == "gbtree" || (name == "gblinear" && !is_inner);
  if (!is_known) source->place.Refuse("unknown booster \"" + name.substr(0, 64) + "\"");
  if (has_inner != is_dart || has_model == is_dart) {
    source->place.Refuse(is_dart ? "expected a gbtree inside dart" : "expected a model");
  }
  parts->name = name;
}

void CheckParts(Parts const& parts, Place* place) {
  if (parts.name == "gblinear") {
    bool const has_forest = parts.has_parameters || parts.has_outputs || parts.has_trees;
    if (!parts.has_weights || has_forest) place->Refuse("expected the weights of a gblinear");
    return;
  }
  if (!parts.has_parameters) place->Refuse("gbtree_model_param is missing");
  if (!parts.has_outputs) place->Refuse("tree_info is missing");
  if (!parts.has_trees) place->Refuse("trees is missing");
  if (parts.has_weights) place->Refuse("weights in a model of trees");
  if (parts.forest.trees.size() != parts.num_trees) {
    place->Refuse("gbtree_model_param.num_trees is " + std::to_string(parts.num_trees) +
                  ", but there are " + std::to_string(parts.forest.trees.size()) + " trees");
  }
  if (parts.forest.num_parallel_tree == 0) {
    place->Refuse("gbtree_model_param.num_parallel_tree is 0");
  }
}

void CheckLinear(Linear const& linear, Model const& model, Place* place) {
  std::size_t const expected = (std::size_t{model.num_feature} + 1) * model.NumOutputs();
  if (!linear.weights.empty() && linear.weights.size() != expected) {
    place->Refuse("weights: expected " + std::to_string(expected) + " values, received " +
                  std::to_string(linear.weights.size()));
  }
  for (std::size_t i = 0; i < linear.weights.size(); ++i) {
    if (!std::isfinite(linear.weights[i])) place->RefuseAt("weights", i, "not finite");
  }
  if (linear.boosted_rounds < 0 || linear.boosted_rounds > kMaxTrees) {
    place->Refuse("boosted_rounds is " + std::to_string(linear.boosted_rounds));
  }
}

/** Every round has `num_parallel_tree` trees for each output, output by output; at most `most`. */
void CheckRounds(Forest* forest, std::uint32_t outputs, std::size_t most, Place* place) {
  std::size_t const trees = forest->trees.size();
  std::uint64_t const per_output = forest->num_parallel_tree;
  bool const is_vector = trees > 0 && forest->trees[0].leaf_size > 1;
  std::uint64_t const per_round = per_output * (is_vector ? 1 : outputs);
  if (trees % per_round != 0) {
    place->Refuse("expected a multiple of " + std::to_string(per_round) + " trees, received " +
                  std::to_string(trees));
  }
  // The next round of an empty forest would make as many trees as it says.
  if (per_round > most) {
    place->Refuse("gbtree_model_param.num_parallel_tree is " +
                  std::to_string(forest->num_parallel_tree) + " in a model without trees");
  }
  std::size_t const rounds = trees / per_round;
  // Before 2.0 the rounds were not in the file.
  if (forest->iteration_begin.empty()) {
    for (std::size_t i = 0; i <= rounds; ++i) {
      forest->iteration_begin.push_back(static_cast<std::int32_t>(i * per_round));
    }
  }
  auto const& begin = forest->iteration_begin;
  if (begin.size() != rounds + 1) {
    place->Refuse("iteration_indptr: expected " + std::to_string(rounds + 1) +
                  " elements, received " + std::to_string(begin.size()));
  }
  for (std::size_t i = 0; i < begin.size(); ++i) {
    if (static_cast<std::uint64_t>(begin[i]) != i * per_round) {
      place->RefuseAt(
          "iteration_indptr", i,
          "expected " + std::to_string(i * per_round) + ", received " + std::to_string(begin[i]));
    }
  }
  if (forest->output_of_tree.size() != trees) {
    place->Refuse("tree_info: expected " + std::to_string(trees) + " elements, received " +
                  std::to_string(forest->output_of_tree.size()));
  }
  for (std::size_t i = 0; i < trees; ++i) {
    auto const expected = static_cast<std::int32_t>(i % per_round / per_output);
    if (forest->output_of_tree[i] != expected) {
      place->RefuseAt("tree_info", i,
                      "expected " + std::to_string(expected) + ", received " +
                          std::to_string(forest->output_of_tree[i]));
    }
  }
}

void CheckTrees(Forest const& forest, Model const& model, Limits const& limits, Source* source) {
  std::size_t const budget =
      std::max(limits.category_bytes, source->Length() * limits.category_bytes_per_byte);
  std::size_t category_bytes = 0;
  Place* const place = &source->place;
  for (std::size_t i = 0; i < forest.trees.size(); ++i) {
    Within const within_trees{place, "trees"};
    Within const within{place, i};
    Tree const& tree = forest.trees[i];
    if (tree.leaf_size != forest.trees[0].leaf_size) {
      place->Refuse("tree_param.size_leaf_vector differs from the first tree's");
    }
    if (tree.leaf_size > 1 && tree.leaf_size != model.NumOutputs()) {
      place->Refuse("tree_param.size_leaf_vector is " + std::to_string(tree.leaf_size) +
                    ", the model has " + std::to_string(model.NumOutputs()) + " outputs");
    }
    CheckTree(tree, model.num_feature, limits, place);
    category_bytes += CategoryBytes(tree);
    if (category_bytes > budget) {
      place->Refuse("the sets of categories up to here would take more than " +
                    std::to_string(budget) + " bytes");
    }
  }
}

void CheckForest(Forest* forest, Model const& model, Limits const& limits, Source* source) {
  Place* const place = &source->place;
  CheckTrees(*forest, model, limits, source);
  std::size_t const most = std::max(limits.outputs_of_small, source->Length());
  CheckRounds(forest, model.NumOutputs(), most, place);
  auto const& weights = forest->weight_drop;
  if (!weights.empty() && weights.size() != forest->trees.size()) {
    place->Refuse("weight_drop: expected " + std::to_string(forest->trees.size()) +
                  " values, received " + std::to_string(weights.size()));
  }
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!std::isfinite(weights[i])) place->RefuseAt("weight_drop", i, "not finite");
  }
  if (!forest->categories.empty() && forest->categories.size() != model.num_feature) {
    place->Refuse("cats.enc: expected " + std::to_string(model.num_feature) +
                  " elements, received " + std::to_string(forest->categories.size()));
  }
}

}  // namespace

void ReadBooster(Source* source, Model* model) {
  Parts parts;
  ReadNamed(source, &parts, false);
  CheckParts(parts, &source->place);
  if (parts.name == "gblinear") {
    model->booster = std::move(parts.linear);
  } else {
    model->booster = std::move(parts.forest);
  }
}

void CheckBooster(Model* model, Limits const& limits, Source* source) {
  Within const within_learner{&source->place, "learner"};
  Within const within_booster{&source->place, "gradient_booster"};
  Within const within{&source->place, "model"};
  if (auto* const linear = std::get_if<Linear>(&model->booster)) {
    CheckLinear(*linear, *model, &source->place);
  } else {
    CheckForest(&std::get<Forest>(model->booster), *model, limits, source);
  }
}

}  // namespace model
