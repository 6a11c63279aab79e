// How large a model may be. Memory and time are proportional to the file in any case; these catch
// the counts that cost something elsewhere.
#pragma once

#include <cstddef>
#include <cstdint>

namespace model {

struct Limits {
  std::size_t max_bytes = std::size_t{1} << 30;
  std::uint32_t max_features = std::uint32_t{1} << 24;
  /** Deeper trees overflow the stack of libxgboost's recursive dump and SHAP values. */
  std::uint32_t max_tree_depth = 512;
  /** libxgboost keeps codes in float32, which counts exactly up to here. */
  std::int32_t max_category = (std::int32_t{1} << 24) - 1;
  /** libxgboost keeps one bit per possible category of each categorical split: this many bytes, or
   * `category_bytes_per_byte` times the file, whichever is more. */
  std::size_t category_bytes = std::size_t{16} << 20;
  std::size_t category_bytes_per_byte = 8;
  /** Outputs (classes, targets) of a model that is smaller than this in bytes; a larger one may
   * have as many as it has bytes. */
  std::size_t outputs_of_small = 4096;
};

}  // namespace model
