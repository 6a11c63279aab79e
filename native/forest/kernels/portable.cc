// The kernels that every machine of this architecture runs.
#include "forest/kernels/contribution_table.h"
#include "forest/kernels/table.h"

#include <cstring>

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace forest {
namespace {

// In this order: each builds on the ones before.
#include "forest/kernels/vectors.h"

#include "forest/kernels/quantise.h"
#include "forest/kernels/splits_to_planes.h"

#include "forest/kernels/leaves.h"

#include "forest/kernels/block.h"

#include "forest/kernels/float_lanes.h"

#include "forest/kernels/contributions.h"

constexpr BlockForm kForms[] = {
    MakeForm<Plane16>({430, 17, 0.79, 0.74, 0.3, 0.77, 67}),
};

}  // namespace

KernelTable PortableKernels() { return {kForms, sizeof kForms / sizeof *kForms, nullptr}; }

ContributionKernel PortableContributions() { return kContributions; }

}  // namespace forest
