// One row at a time on any CPU: eight trees side by side, so that their loads overlap.
#pragma once

#include <memory>

#include "forest/kernel.h"
#include "forest/trees.h"

namespace forest {

/** Null when the trees have categorical splits or split on more features than it takes. */
std::unique_ptr<RowKernel const> MakeRowWalk(Trees const& trees);

}  // namespace forest
