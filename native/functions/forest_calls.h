// What can be done with a compiled forest, shaped like the C functions of rows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "functions/forest_handle.h"
#include "functions/forest_input.h"
#include "xgb/array_interface.h"

namespace functions {

/** What of a prediction is wanted. */
enum class ForestOutput { kValue, kMargin, kContributions, kInteractions };

/** How to predict, besides the table. */
struct ForestRequest {
  ForestOutput output = ForestOutput::kValue;
  std::int32_t begin = 0;
  std::int32_t end = 0;
  float missing = 0;
  int threads = 0;
  /** Null: the base score. */
  float const* base_margin = nullptr;
  std::size_t base_margin_length = 0;
};

struct ForestPrediction {
  std::vector<float> values;
  /** Rows first. */
  std::vector<std::uint64_t> shape;
};

/** Reads and checks the bytes of a model, and compiles it. */
void LoadForest(void const* bytes, std::uint64_t length, ForestShare* out);

void PredictForest(ForestShare const* forest, ForestTable const* table,
                   ForestRequest const* request, ForestPrediction* out);

/** Hands the forest itself on, for its facts. */
void ReadForest(ForestShare const* forest, ForestShare* out);

/** See ShareForest and FindForest. */
void NameForest(ForestShare const* forest, char const** out);
void AttachForest(char const* name, ForestShare* out);

/** About how many nanoseconds one thread needs for `rows` rows. */
void EstimateForest(ForestShare const* forest, std::uint64_t rows, ForestOutput const* output,
                    double* out);

/** Rows on which a wrong engine would show: see forest::Forest::ProbeRows. */
void ProbeForest(ForestShare const* forest, std::uint64_t rows, std::uint64_t seed,
                 ForestPrediction* out);

/** The categories of each feature; an empty list when the model knows none. */
void CategoriesOfForest(ForestShare const* forest, std::vector<xgb::Categories>* out);

}  // namespace functions
