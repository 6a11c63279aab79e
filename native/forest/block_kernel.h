// Bit planes as a kernel of the engine.
#pragma once

#include <memory>
#include <vector>

#include "forest/forest.h"
#include "forest/kernel.h"
#include "forest/trees.h"

namespace forest {

/** One kernel per size of block that the instruction set has, the largest first; none when the
 * trees do not fit. */
std::vector<std::unique_ptr<BlockKernel const>> MakeBlockKernels(Trees const& trees,
                                                                 InstructionSet instructions);

}  // namespace forest
