// The kernels for AVX-512 with VBMI. CMakeLists.txt compiles this file for it.
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

#include "forest/kernels/row_bits.h"

#include "forest/kernels/float_lanes.h"

#include "forest/kernels/contributions.h"

constexpr BlockForm kForms[] = {
    MakeForm<Plane64>({460, 6, 0.41, 1.14, 0.37, 2.29, 35}),
    MakeForm<Plane32>({440, 8, 0.38, 0.96, 0.23, 0.84, 21}),
    MakeForm<Plane16>({430, 10, 0.33, 0.99, 0.21, 0.75, 17}),
};

}  // namespace

KernelTable Avx512Kernels() { return {kForms, sizeof kForms / sizeof *kForms, AddRowByBits}; }

ContributionKernel Avx512Contributions() { return kContributions; }

}  // namespace forest
