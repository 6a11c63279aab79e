// Contributions of features to predictions (SHAP values) and their interactions, with the bits of
// libxgboost's CPU predictor.
#pragma once

#include <cstdint>
#include <vector>

#include "forest/aligned.h"
#include "forest/contribution_model.h"
#include "forest/forest.h"
#include "forest/kernels/contribution_table.h"
#include "forest/reader.h"

namespace forest {

ContributionKernel ContributionKernelFor(InstructionSet instructions);

/** What is made once per forest. Immutable; needs nothing of the trees any more. */
class Contributions {
 public:
  class Block;

  Contributions(Trees const& trees, ContributionKernel kernel);

  /** Rows that are walked together. */
  std::size_t Lanes() const { return kernel_.lanes; }
  /** Values for each output of a row. */
  std::size_t PerOutput(bool interactions) const {
    auto const width = num_features_ + 1;
    return interactions ? width * width : width;
  }

 private:
  std::size_t num_features_;
  std::size_t num_outputs_;
  ContributionKernel kernel_;
  QuadratureRule rule_;
  ContributionModel model_;
};

/** The memory for as many rows as there are lanes, and what is done with it. */
class Contributions::Block {
 public:
  Block(Contributions const& of, bool interactions);

  /**
   * Up to Lanes() rows from `begin`, with the trees below `end_tree`. `margins`: where each row
   * starts, an output after the other. `out`: per row and output, PerOutput() values.
   */
  void Predict(Reader const& reader, std::uint64_t begin, std::size_t rows, std::uint32_t end_tree,
               float const* margins, float* out);

 private:
  void Read(Reader const& reader, std::uint64_t begin, std::size_t rows);
  float Add(std::size_t output, std::uint32_t end_tree);
  void AddTree(ContributionTree const& tree);
  void Walk(ContributionTree const& tree, float* contributions, float* interactions);
  void WriteValues(std::size_t lane, float bias, float* out) const;
  void WriteInteractions(std::size_t lane, float bias, float* out) const;

  Contributions const& of_;
  bool interactions_;
  std::size_t lanes_;
  std::size_t used_;
  AlignedVector<float> values_;
  AlignedVector<float> path_;
  std::vector<std::uint8_t> seen_;
  std::vector<std::uint32_t> seen_slots_;
  AlignedVector<float> of_tree_;
  AlignedVector<float> sums_;
  AlignedVector<float> pairs_;
};

}  // namespace forest
