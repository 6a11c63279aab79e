// The distinct splits of a forest, feature by feature.
#pragma once

#include <cstdint>
#include <vector>

#include "forest/trees.h"

namespace forest {

/** The splits of all trees on one feature. */
struct FeatureSplits {
  std::uint32_t feature = 0;
  bool categorical = false;
  /** Numeric: ascending and distinct. */
  std::vector<float> thresholds;
  /** Categorical: distinct, as places in Trees::sets. */
  std::vector<std::int32_t> sets;
  /** For each threshold or set: whether a split sends missing values right. */
  std::vector<std::uint8_t> missing_right;
};

struct Splits {
  std::vector<FeatureSplits> features;  // ascending by feature
  /** For each node: the place in `features`, and in its thresholds or sets. */
  std::vector<std::uint32_t> feature_of_node;
  std::vector<std::uint32_t> place_of_node;
  /** A feature has splits of both kinds, which no kernel but the plain one takes. */
  bool mixed = false;
};

Splits CollectSplits(Trees const& trees);

}  // namespace forest
