// The kernels for contributions of one instruction set, as the rest of the engine sees them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "forest/contribution_model.h"

namespace forest {

/** XGBoost integrates with so many points. */
constexpr std::size_t kQuadraturePoints = 8;

struct QuadratureRule {
  float node[kQuadraturePoints];
  float weight[kQuadraturePoints];
};

/**
 * Memory of one thread. A place is a feature among those that the model splits on. A row is a lane:
 * everything below holds `lanes` floats per entry, one after the other, 64-byte aligned.
 */
struct ContributionWork {
  /** Per place, NaN for missing. */
  float const* values;
  /** Per feature of the tree: how much likelier the path is with the row's value than without it.
   */
  float* path;
  /** Per feature of the tree: whether the path splits on it; and those that are, in the order of
   * their splits. */
  std::uint8_t* seen;
  std::uint32_t* seen_slots;
  /** The kernel adds to it. Per feature of the tree; with interactions, per place, dart's weights
   * included. */
  float* contributions;
  /** The kernel adds to it. Per pair of places, row-major; null: no interactions. */
  float* interactions;
};

/** Walks a tree once for as many rows as there are lanes. */
struct ContributionKernel {
  std::size_t lanes = 0;
  void (*add)(ContributionArrays const& arrays, ContributionTree const& tree,
              QuadratureRule const& rule, ContributionWork const& work) = nullptr;
};

ContributionKernel PortableContributions();
#ifdef FOREST_X86_KERNELS
ContributionKernel Avx2Contributions();
ContributionKernel Avx512Contributions();
#endif

}  // namespace forest
