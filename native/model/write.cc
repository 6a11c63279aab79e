#include "model/write.h"

#include "model/categories.h"
#include "model/number.h"
#include "model/ubjson_writer.h"

namespace model {
namespace {

void WriteNames(UbjsonWriter* writer, Category const& category) {
  std::vector<std::int32_t> offsets;
  std::string bytes;
  if (!category.names.empty() || category.is_empty_list) offsets.push_back(0);
  for (auto const& name : category.names) {
    bytes += name;
    offsets.push_back(static_cast<std::int32_t>(bytes.size()));
  }
  writer->BeginObject();
  writer->Key("offsets");
  writer->Typed<std::int32_t>(offsets);
  writer->Key("values");
  writer->Typed<std::int8_t>(bytes);
  writer->EndObject();
}

void WriteNumbers(UbjsonWriter* writer, Category const& category) {
  NumberType const type = TypeOf(category.number_type);
  writer->BeginObject();
  writer->Key("type");
  writer->Integer(category.number_type);
  writer->Key("values");
  if (type.bits == 8 && !type.is_signed) {
    writer->Typed<std::uint8_t>(category.numbers);
  } else if (type.bits == 8) {
    writer->Typed<std::int8_t>(category.numbers);
  } else if (type.bits == 16) {
    writer->Typed<std::int16_t>(category.numbers);
  } else if (type.bits == 32) {
    writer->Typed<std::int32_t>(category.numbers);
  } else {
    writer->Typed<std::int64_t>(category.numbers);
  }
  writer->EndObject();
}

void WriteCategories(UbjsonWriter* writer, Forest const& forest) {
  std::vector<std::int32_t> segments;
  std::int32_t total = 0;
  writer->BeginObject();
  writer->Key("enc");
  writer->BeginList(forest.categories.size());
  for (auto const& category : forest.categories) {
    if (segments.empty()) segments.push_back(0);
    segments.push_back(total += static_cast<std::int32_t>(Count(category)));
    if (category.IsText()) {
      WriteNames(writer, category);
    } else {
      WriteNumbers(writer, category);
    }
  }
  writer->Key("feature_segments");
  writer->Typed<std::int32_t>(segments);
  writer->Key("sorted_idx");
  writer->Typed<std::int32_t>(forest.category_order);
  writer->EndObject();
}

void WriteTree(UbjsonWriter* writer, Tree const& tree, std::size_t index) {
  auto const floats = [&](char const* name, std::vector<float> const& values) {
    writer->Key(name);
    writer->Typed<float>(values);
  };
  auto const integers = [&](char const* name, auto const& values) {
    writer->Key(name);
    writer->Typed<std::int32_t>(values);
  };
  auto const wide = [&](char const* name, std::vector<std::int64_t> const& values) {
    writer->Key(name);
    writer->Typed<std::int64_t>(values);
  };
  auto const bytes = [&](char const* name, std::vector<std::uint8_t> const& values) {
    writer->Key(name);
    writer->Typed<std::uint8_t>(values);
  };
  writer->BeginObject();
  floats("base_weights", tree.base_weight);
  integers("categories", tree.category);
  integers("categories_nodes", tree.category_node);
  wide("categories_segments", tree.category_begin);
  wide("categories_sizes", tree.category_size);
  bytes("default_left", tree.default_left);
  writer->Key("id");
  writer->Integer(static_cast<std::int64_t>(index));
  if (tree.leaf_size > 1) floats("leaf_weights", tree.leaf_values);
  integers("left_children", tree.left);
  floats("loss_changes", tree.loss_change);
  integers("parents", tree.parent);
  integers("right_children", tree.right);
  floats("split_conditions", tree.condition);
  integers("split_indices", tree.feature);
  bytes("split_type", tree.categorical);
  floats("sum_hessian", tree.sum_hessian);
  writer->Key("tree_param");
  writer->BeginObject();
  writer->Member("num_deleted", std::to_string(tree.num_deleted));
  writer->Member("num_feature", std::to_string(tree.num_feature));
  writer->Member("num_nodes", std::to_string(tree.Size()));
  writer->Member("size_leaf_vector", std::to_string(tree.leaf_size));
  writer->EndObject();
  writer->EndObject();
}

void WriteForest(UbjsonWriter* writer, Forest const& forest) {
  writer->BeginObject();
  writer->Key("cats");
  WriteCategories(writer, forest);
  writer->Key("gbtree_model_param");
  writer->BeginObject();
  writer->Member("num_parallel_tree", std::to_string(forest.num_parallel_tree));
  writer->Member("num_trees", std::to_string(forest.trees.size()));
  writer->EndObject();
  writer->Key("iteration_indptr");
  writer->Integers(forest.iteration_begin);
  writer->Key("tree_info");
  writer->Integers(forest.output_of_tree);
  writer->Key("trees");
  writer->BeginList(forest.trees.size());
  for (std::size_t i = 0; i < forest.trees.size(); ++i) WriteTree(writer, forest.trees[i], i);
  if (!forest.weight_drop.empty()) {
    writer->Key("weight_drop");
    writer->Floats(forest.weight_drop);
  }
  writer->EndObject();
}

void WriteBooster(UbjsonWriter* writer, Model const& model) {
  auto const* const linear = std::get_if<Linear>(&model.booster);
  writer->BeginObject();
  writer->Key("model");
  if (linear == nullptr) {
    WriteForest(writer, std::get<Forest>(model.booster));
  } else {
    writer->BeginObject();
    writer->Key("boosted_rounds");
    writer->Integer(linear->boosted_rounds);
    writer->Key("weights");
    writer->Typed<float>(linear->weights);
    writer->EndObject();
  }
  writer->Member("name", linear == nullptr ? "gbtree" : "gblinear");
  writer->EndObject();
}

std::string BaseScore(Model const& model) {
  std::string text = "[";
  for (float const score : model.base_score) {
    if (text.size() > 1) text += ",";
    text += ToText(score);
  }
  return text + "]";
}

void WriteHeader(UbjsonWriter* writer, Model const& model) {
  writer->BeginObject();
  writer->Member("base_score", BaseScore(model));
  writer->Member("boost_from_average", model.boost_from_average ? "1" : "0");
  writer->Member("num_class", std::to_string(model.num_class));
  writer->Member("num_feature", std::to_string(model.num_feature));
  writer->Member("num_target", std::to_string(model.num_target));
  writer->EndObject();
}

void WriteObjective(UbjsonWriter* writer, Objective const& objective) {
  writer->BeginObject();
  writer->Member("name", objective.name);
  for (auto const& [group, parameters] : objective.parameters) {
    writer->Key(group);
    writer->BeginObject();
    for (auto const& [name, value] : parameters) writer->Member(name.c_str(), value);
    writer->EndObject();
  }
  for (auto const& [name, values] : objective.biases) {
    writer->Key(name);
    writer->Typed<float>(values);
  }
  writer->EndObject();
}

void WriteTexts(UbjsonWriter* writer, std::vector<std::string> const& texts) {
  writer->BeginList(texts.size());
  for (auto const& text : texts) writer->Text(text);
}

/** About as many bytes as the trees take, which is most of the model. */
std::size_t Estimate(Model const& model) {
  std::size_t bytes = 4096;
  auto const* const forest = std::get_if<Forest>(&model.booster);
  if (forest == nullptr) return bytes;
  for (auto const& tree : forest->trees) {
    bytes += 800 + tree.Size() * 34 + (tree.base_weight.size() + tree.leaf_values.size()) * 4 +
             tree.category.size() * 4 + tree.category_node.size() * 20;
  }
  return bytes;
}

}  // namespace

std::string Write(Model const& model) {
  UbjsonWriter writer;
  writer.Reserve(Estimate(model));
  writer.BeginObject();
  writer.Key("learner");
  writer.BeginObject();
  writer.Key("attributes");
  writer.BeginObject();
  for (auto const& [name, value] : model.attributes) writer.Member(name.c_str(), value);
  writer.EndObject();
  writer.Key("feature_names");
  WriteTexts(&writer, model.feature_names);
  writer.Key("feature_types");
  WriteTexts(&writer, model.feature_types);
  writer.Key("gradient_booster");
  WriteBooster(&writer, model);
  writer.Key("learner_model_param");
  WriteHeader(&writer, model);
  writer.Key("objective");
  WriteObjective(&writer, model.objective);
  writer.EndObject();
  writer.Key("version");
  writer.Integers({model.version[0], model.version[1], model.version[2]});
  writer.EndObject();
  return writer.Take();
}

}  // namespace model
