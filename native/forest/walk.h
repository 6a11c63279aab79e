// Trees as nodes, for any CPU and any shape of tree: eight walks side by side, so that their loads
// overlap. One row walks eight trees; many rows walk each tree, eight at a time, while it is in the
// cache.
#pragma once

#include <memory>

#include "forest/kernel.h"
#include "forest/trees.h"

namespace forest {

class WalkTrees;

/** Borrows the trees. */
std::shared_ptr<WalkTrees const> CompileWalk(Trees const& trees);

/** Null when the trees split on more features than fit the stack. */
std::unique_ptr<RowKernel const> MakeRowWalk(std::shared_ptr<WalkTrees const> const& walk);
std::unique_ptr<BlockKernel const> MakeBlockWalk(std::shared_ptr<WalkTrees const> const& walk);

}  // namespace forest
