// The kernels for AVX2. CMakeLists.txt compiles this file for it.
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

constexpr BlockForm kForms[] = {
    MakeForm<Plane32>({410, 20, 0.82, 0.74, 0.56, 0.89, 44}),
    MakeForm<Plane16>({410, 15, 0.78, 0.75, 0.41, 0.78, 32}),
};

}  // namespace

KernelTable Avx2Kernels() { return {kForms, sizeof kForms / sizeof *kForms, nullptr}; }

}  // namespace forest
