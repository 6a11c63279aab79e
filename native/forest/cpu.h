// Which instructions this machine can run, and which the caller wants.
#pragma once

#include <optional>

#include "forest/forest.h"

namespace forest {

/** The best that the CPU, its operating system and this build have. */
InstructionSet BestInstructionSet();

/** `wanted`, or what XGBOOST_GPU_KERNEL says, or the best; a Failure when it is not there. */
InstructionSet ChooseInstructionSet(std::optional<InstructionSet> wanted);

}  // namespace forest
