// The points at which contributions are integrated.
#pragma once

#include "forest/kernels/contribution_table.h"

namespace forest {

/** Gauss-Legendre's points s and weights on [0, 1], for the variable t = s * s: dense at 0, where
 * paths with many features weigh most. */
QuadratureRule MakeQuadratureRule();

}  // namespace forest
