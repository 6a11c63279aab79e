// The kernels for AVX2. CMakeLists.txt compiles this file for it.
#include "forest/kernels/contribution_table.h"
#include "forest/kernels/table.h"

#include <cstring>

#include <immintrin.h>

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
    MakeForm<Plane32>({410, 20, 0.82, 0.74, 0.56, 0.89, 44}),
    MakeForm<Plane16>({410, 15, 0.78, 0.75, 0.41, 0.78, 32}),
};

}  // namespace

KernelTable Avx2Kernels() { return {kForms, sizeof kForms / sizeof *kForms, nullptr}; }

ContributionKernel Avx2Contributions() { return kContributions; }

}  // namespace forest
