// One row at a time with AVX-512 VBMI: all splits of a tree in a few instructions.
#pragma once

#include <cstdint>
#include <memory>

#include "forest/forest.h"
#include "forest/kernel.h"
#include "forest/trees.h"

namespace forest {

/** Up to 255 thresholds of a feature, for a search in two steps of 16. A feature with more of them
 * is there several times, with a part each. No functions: see plane_model.h. */
struct RowFeature {
  std::uint32_t feature = 0;
  /** Every sixteenth threshold, then all of them in order; NaN where there is none. */
  float const* pivots = nullptr;
  float const* thresholds = nullptr;
};

/**
 * The row's codes are the bytes of one or two registers: for each feature the number of thresholds
 * that are not above its value, once with 0 and once with 255 for a missing value. A tree has, for
 * each node of its heap (children of i: 2i and 2i + 1), the place of the code it looks at and the
 * largest code that goes left; so one permutation and one comparison decide 64 splits.
 */
struct RowBits {
  RowFeature const* features = nullptr;
  std::uint32_t num_features = 0;
  /** Codes: 64, or 128 in two registers. */
  std::uint32_t num_codes = 0;
  std::uint32_t depth = 0;
  /** Per tree: places (64 bytes per word), limits (as many), leaf values. */
  std::uint8_t const* trees = nullptr;
  std::uint32_t tree_bytes = 0;
  std::uint32_t const* outputs = nullptr;
};

/** Null when the CPU or the trees do not suit it. */
std::unique_ptr<RowKernel const> MakeRowBits(Trees const& trees, InstructionSet instructions);

}  // namespace forest
