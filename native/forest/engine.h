// A compiled forest from inside: the model's trees, and the kernels that were chosen for them.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "forest/contributions.h"
#include "forest/forest.h"
#include "forest/kernel.h"
#include "forest/transform.h"
#include "forest/trees.h"

namespace forest {

/** What a caller may ask about the model, and what no kernel needs. */
struct Description {
  std::string objective;
  std::vector<std::string> feature_names;
  std::vector<std::string> feature_types;
  std::vector<model::Category> categories;
  std::vector<std::pair<std::string, std::string>> attributes;
};

class Engine {
 public:
  Engine(model::Model const& model, CompileOptions const& options);

  Trees const& AllTrees() const { return trees_; }
  Description const& Describe() const { return description_; }
  InstructionSet Instructions() const { return instructions_; }
  std::string const& KernelName() const { return kernel_name_; }
  std::size_t Bytes() const;
  std::uint32_t OutputsPerRow(bool margin) const;
  TreeRange TreesOf(PredictOptions const& options) const noexcept;

  void PredictRow(float const* row, float* out, PredictOptions const& options) const noexcept;
  void PredictRows(Input const& input, std::uint64_t begin, std::uint64_t end, float* out,
                   PredictOptions const& options) const;
  /** As PredictRows. The first call of a forest makes what contributions need. */
  void PredictContributions(Input const& input, std::uint64_t begin, std::uint64_t end, float* out,
                            PredictOptions const& options, bool interactions) const;
  double EstimateNanoseconds(std::uint64_t rows) const;
  /** Rows in multiples of which work should be cut. */
  std::size_t Grain() const;

 private:
  void ChooseKernels();
  void NameKernels();
  void TestKernels() const;
  double SingleNanoseconds() const;
  /** The cheapest form for a stretch of so many rows; null: row by row. */
  BlockKernel const* BlockFor(std::uint64_t rows) const;
  void StartMargins(PredictOptions const& options, std::uint64_t begin, std::size_t rows,
                    float* margins) const;
  void PredictSingly(Reader const& reader, std::uint64_t begin, std::size_t rows, TreeRange range,
                     float* margins) const;

  Trees trees_;
  Description description_;
  Link link_;
  std::vector<float> base_margins_;
  InstructionSet instructions_;
  std::unique_ptr<RowKernel const> row_kernel_;
  /** Larger blocks first. */
  std::vector<std::unique_ptr<BlockKernel const>> block_kernels_;
  std::string kernel_name_;
  mutable std::once_flag contributions_made_;
  mutable std::unique_ptr<Contributions const> contributions_;
};

}  // namespace forest
