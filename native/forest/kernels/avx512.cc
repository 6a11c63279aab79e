// The kernels for AVX-512 with VBMI. CMakeLists.txt compiles this file for it.
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

constexpr BlockForm kForms[] = {
    MakeForm<Plane64>({100, 1.0, 1.0, 1.0, 2.0, 20}),
    MakeForm<Plane32>({100, 1.0, 1.0, 1.0, 2.0, 20}),
    MakeForm<Plane16>({100, 1.0, 1.0, 1.0, 2.0, 20}),
};

}  // namespace

KernelTable Avx512Kernels() { return {kForms, sizeof kForms / sizeof *kForms, AddRowByBits}; }

}  // namespace forest
