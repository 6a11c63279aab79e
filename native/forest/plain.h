// The plain kernel: for tests, for the self-test, and for what no other kernel can take.
#pragma once

#include <memory>

#include "forest/kernel.h"
#include "forest/trees.h"

namespace forest {

/** Borrows the trees. */
std::unique_ptr<RowKernel const> MakePlainKernel(Trees const& trees);

}  // namespace forest
