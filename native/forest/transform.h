// What an objective does to margins, and to the base score: the same operations in the same order,
// by the same functions of the C library, one value at a time, as XGBoost.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace forest {

enum class Link {
  kIdentity,
  kSigmoid,
  kExp,
  kHinge,
  kSoftmax,    // probabilities of classes
  kArgmax,     // the number of the first largest margin
  kSorted,     // quantiles do not cross
  kCumulative  // expectiles: each the one before plus something positive
};

/** A Failure (kModel) for an objective that XGBoost 3.4 does not have. */
Link LinkOf(std::string const& objective);

/** The margin that each output starts from. */
std::vector<float> BaseMargins(std::string const& objective, std::vector<float> base_score,
                               std::uint32_t num_outputs);

/** Transforms `rows` rows of `outputs` margins in place; with kArgmax the results move to the
 * front, one per row. */
void TransformRows(Link link, float* values, std::size_t rows, std::uint32_t outputs) noexcept;

}  // namespace forest
