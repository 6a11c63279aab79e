// Rows on which a wrong kernel answers wrongly.
#pragma once

#include <cstdint>
#include <vector>

#include "forest/trees.h"

namespace forest {

/** See Forest::ProbeRows. */
std::vector<float> MakeProbeRows(Trees const& trees, std::uint64_t max_rows, std::uint64_t seed,
                                 bool infinities);

}  // namespace forest
