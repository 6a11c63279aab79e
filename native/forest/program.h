// Compiles one tree of any shape to operations on planes.
#pragma once

#include <cstdint>
#include <vector>

#include "forest/plane_model.h"
#include "forest/trees.h"

namespace forest {

/** Marks the number of a temporary plane; all others are kZeros, kOnes or planes of splits. */
constexpr std::uint32_t kTemporary = 0x80000000u;

/** In plane numbers, which the caller turns into offsets. */
struct Program {
  std::vector<PlaneOp> ops;
  /** The planes with the bits of the leaf's number, the lowest first. */
  std::vector<std::uint32_t> results;
  /** The leaf (a place in Trees::nodes) of each number. */
  std::vector<std::uint32_t> leaves;
  /** Temporary planes that it uses. */
  std::uint32_t temporaries = 0;
};

/** `plane_of_node[n]`: the plane of the split n, a place in Trees::nodes. */
Program CompileProgram(Trees const& trees, Tree const& tree,
                       std::vector<std::uint32_t> const& plane_of_node);

}  // namespace forest
