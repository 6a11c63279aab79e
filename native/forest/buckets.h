// A map from values to ranges of thresholds, so that few comparisons find a value's code.
#pragma once

#include <cstdint>
#include <vector>

#include "forest/plane_model.h"

namespace forest {

/** The key of a value: integers in the order of the values. -0 and +0 are one value. */
std::int32_t OrderedKey(float value);

/** Chooses the map that needs the fewest comparisons, fills in `feature`'s bucket members but
 * `first_code`, and returns that. */
std::vector<std::uint16_t> MakeBuckets(std::vector<float> const& thresholds, PlaneFeature& feature);

}  // namespace forest
