// Models by construction: shapes and values that training seldom gives.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "model/model.h"

namespace check {

struct Shape {
  std::string name;
  std::uint32_t features = 10;
  std::uint32_t trees = 20;
  std::uint32_t leaves = 32;  // per tree, about
  /** 0: the leaf to split is any; 1: always the last one, which makes a chain. */
  double chain = 0;
  std::uint32_t thresholds = 50;  // per feature
  bool odd_thresholds = false;    // -inf, zeros, tiny and huge ones among them
  std::uint32_t categories = 0;   // 0: numeric features only
  bool mixed = false;             // features with splits of both kinds
  std::uint32_t outputs = 1;
  bool vector_leaves = false;
  bool weights = false;
  std::string objective = "reg:squarederror";
};

class ModelMaker {
 public:
  explicit ModelMaker(Shape const& shape, std::uint64_t seed) : shape_{shape}, random_{seed} {}

  model::Model Make() {
    model::Model model;
    model.num_feature = shape_.features;
    bool const classes = shape_.objective.rfind("multi:", 0) == 0;
    model.num_class = classes ? shape_.outputs : 0;
    model.num_target = classes ? 1 : shape_.outputs;
    model.base_score = {0.5f};
    model.objective.name = shape_.objective;
    model::Forest forest;
    MakeThresholds();
    forest.iteration_begin.push_back(0);
    for (std::uint32_t t = 0; t < shape_.trees; ++t) {
      forest.trees.push_back(MakeTree());
      forest.output_of_tree.push_back(
          shape_.vector_leaves ? 0 : static_cast<std::int32_t>(t % shape_.outputs));
      forest.iteration_begin.push_back(static_cast<std::int32_t>(t + 1));
      if (shape_.weights) forest.weight_drop.push_back(Uniform() * 2);
    }
    model.booster = std::move(forest);
    return model;
  }

 private:
  float Uniform() { return std::uniform_real_distribution<float>{0, 1}(random_); }
  std::uint32_t Below(std::uint32_t limit) {
    return std::uniform_int_distribution<std::uint32_t>{0, limit - 1}(random_);
  }

  bool IsCategorical(std::uint32_t feature) const {
    return shape_.categories > 0 && feature % 2 == 1;
  }

  void MakeThresholds() {
    constexpr auto kInfinity = std::numeric_limits<float>::infinity();
    static constexpr float kOdd[] = {-kInfinity, 0.0f,   -0.0f, 1e-42f, -1e-42f,
                                     1e38f,      -1e38f, 3e38f, -3e38f, kInfinity};
    std::normal_distribution<float> normal;
    thresholds_.resize(shape_.features);
    for (std::uint32_t f = 0; f < shape_.features; ++f) {
      for (std::uint32_t i = 0; i < shape_.thresholds; ++i) {
        auto value = normal(random_);
        if (f % 3 == 1) value = std::exp(5 * value);  // where a linear map does not help
        if (f % 3 == 2) value = std::round(value * 10) + 2000;
        if (shape_.odd_thresholds && Below(3) == 0) value = kOdd[Below(10)];
        thresholds_[f].push_back(value);
      }
    }
  }

  std::int32_t AddLeaf(model::Tree& tree, std::int32_t parent) {
    auto const node = static_cast<std::int32_t>(tree.left.size());
    tree.left.push_back(model::kNoNode);
    tree.right.push_back(model::kNoNode);
    tree.parent.push_back(parent);
    tree.feature.push_back(0);
    tree.condition.push_back(Uniform() - 0.5f);
    tree.default_left.push_back(0);
    tree.categorical.push_back(0);
    return node;
  }

  void Split(model::Tree& tree, std::int32_t node) {
    auto const at = static_cast<std::size_t>(node);
    auto const left = AddLeaf(tree, node);
    AddLeaf(tree, node);
    auto const feature = Below(shape_.features);
    tree.left[at] = left;
    tree.right[at] = left + 1;
    tree.feature[at] = feature;
    tree.default_left[at] = static_cast<std::uint8_t>(Below(2));
    tree.condition[at] = thresholds_[feature][Below(shape_.thresholds)];
    bool const categorical = shape_.mixed ? Below(2) == 0 : IsCategorical(feature);
    tree.categorical[at] = categorical ? 1 : 0;
  }

  model::Tree MakeTree() {
    model::Tree tree;
    std::vector<std::int32_t> open{AddLeaf(tree, model::kNoNode)};
    while (open.size() < shape_.leaves) {
      auto const place = Uniform() < shape_.chain ? open.size() - 1
                                                  : Below(static_cast<std::uint32_t>(open.size()));
      auto const node = open[place];
      Split(tree, node);
      auto const left = tree.left[static_cast<std::size_t>(node)];
      open[place] = left;
      open.push_back(left + 1);
    }
    for (std::size_t n = 0; n < tree.Size(); ++n) {
      if (tree.categorical[n] != 0 && !tree.IsLeaf(n)) AddCategories(tree, n);
    }
    if (shape_.vector_leaves) AddVectors(tree);
    return tree;
  }

  void AddCategories(model::Tree& tree, std::size_t node) {
    auto const begin = tree.category.size();
    for (std::uint32_t c = 0; c < shape_.categories; ++c) {
      if (Below(4) == 0) tree.category.push_back(static_cast<std::int32_t>(c));
    }
    if (tree.category.size() == begin) tree.category.push_back(0);
    tree.category_node.push_back(static_cast<std::int32_t>(node));
    tree.category_begin.push_back(static_cast<std::int64_t>(begin));
    tree.category_size.push_back(static_cast<std::int64_t>(tree.category.size() - begin));
  }

  void AddVectors(model::Tree& tree) {
    tree.leaf_size = shape_.outputs;
    std::int32_t leaves = 0;
    for (std::size_t n = 0; n < tree.Size(); ++n) {
      if (!tree.IsLeaf(n)) continue;
      tree.right[n] = leaves++;
      for (std::uint32_t o = 0; o < shape_.outputs; ++o) tree.leaf_values.push_back(Uniform());
    }
  }

  Shape shape_;
  std::mt19937_64 random_;
  std::vector<std::vector<float>> thresholds_;
};

inline std::vector<Shape> AllShapes() {
  std::vector<Shape> shapes;
  auto const add = [&shapes](char const* name, auto const& change) {
    Shape shape;
    shape.name = name;
    change(shape);
    shapes.push_back(shape);
  };
  for (std::uint32_t const leaves :
       {1u, 2u, 3u, 4u, 9u, 17u, 33u, 64u, 65u, 128u, 129u, 255u, 256u, 257u, 700u, 5000u}) {
    add("leaves", [&](Shape& s) {
      s.name += " " + std::to_string(leaves);
      s.leaves = leaves;
      s.trees = leaves > 1000 ? 3 : 12;
    });
  }
  add("no trees", [](Shape& s) { s.trees = 0; });
  add("chain of 60", [](Shape& s) { s.leaves = 60, s.chain = 1; });
  add("chain of 250", [](Shape& s) { s.leaves = 250, s.chain = 1; });
  add("chain of 600", [](Shape& s) { s.leaves = 600, s.chain = 1, s.trees = 4; });
  add("half chains", [](Shape& s) { s.leaves = 200, s.chain = 0.7; });
  add("odd thresholds", [](Shape& s) { s.odd_thresholds = true; });
  add("odd thresholds, many", [](Shape& s) { s.odd_thresholds = true, s.thresholds = 400; });
  add("one threshold", [](Shape& s) { s.thresholds = 1; });
  add("255 thresholds", [](Shape& s) { s.features = 3, s.thresholds = 255, s.leaves = 200; });
  add("256 thresholds", [](Shape& s) { s.features = 3, s.thresholds = 256, s.leaves = 250; });
  add("900 thresholds", [](Shape& s) { s.features = 3, s.thresholds = 900, s.leaves = 250; });
  add("20000 thresholds",
      [](Shape& s) { s.features = 2, s.thresholds = 20000, s.leaves = 4000, s.trees = 8; });
  add("wide", [](Shape& s) { s.features = 70000, s.thresholds = 2; });
  add("500 features", [](Shape& s) { s.features = 500, s.thresholds = 5, s.trees = 60; });
  add("5 categories", [](Shape& s) { s.categories = 5; });
  add("70 categories", [](Shape& s) { s.categories = 70, s.leaves = 100; });
  add("300 categories", [](Shape& s) { s.categories = 300; });
  add("5000 categories", [](Shape& s) { s.categories = 5000, s.leaves = 8, s.trees = 4; });
  add("both kinds of splits", [](Shape& s) { s.categories = 12, s.mixed = true; });
  add("70000 leaves", [](Shape& s) { s.leaves = 70000, s.trees = 1, s.thresholds = 3000; });
  add("weights", [](Shape& s) { s.weights = true; });
  add("3 targets", [](Shape& s) { s.outputs = 3; });
  add("70 targets", [](Shape& s) { s.outputs = 70, s.trees = 140; });
  add("vectors", [](Shape& s) { s.outputs = 5, s.vector_leaves = true; });
  add("vectors, large", [](Shape& s) { s.outputs = 3, s.vector_leaves = true, s.leaves = 400; });
  add("vectors, weights",
      [](Shape& s) { s.outputs = 2, s.vector_leaves = true, s.weights = true, s.categories = 9; });
  add("softmax", [](Shape& s) { s.outputs = 4, s.objective = "multi:softmax"; });
  add("softprob", [](Shape& s) { s.outputs = 4, s.objective = "multi:softprob"; });
  add("logistic", [](Shape& s) { s.objective = "binary:logistic", s.weights = true; });
  add("quantiles", [](Shape& s) { s.outputs = 3, s.objective = "reg:quantileerror"; });
  return shapes;
}

}  // namespace check
