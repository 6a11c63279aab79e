// Rows of floats to columns of floats, four features at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#define FOREST_TRANSPOSE_SSE2 1
#endif

namespace forest {

/** Column c of the four that begin at `from` goes to `out + c * stride`; rows are `row_stride`
 * bytes apart. */
inline void TransposeFour(char const* from, std::int64_t row_stride, std::size_t rows, float* out,
                          std::size_t stride) {
  std::size_t r = 0;
#ifdef FOREST_TRANSPOSE_SSE2
  auto const load = [&](std::size_t row) {
    auto const* place = from + static_cast<std::int64_t>(row) * row_stride;
    return _mm_castsi128_ps(_mm_loadu_si128(reinterpret_cast<__m128i const*>(place)));
  };
  for (; r + 4 <= rows; r += 4) {
    auto const a = load(r), b = load(r + 1), c = load(r + 2), d = load(r + 3);
    auto const ab_low = _mm_unpacklo_ps(a, b), ab_high = _mm_unpackhi_ps(a, b);
    auto const cd_low = _mm_unpacklo_ps(c, d), cd_high = _mm_unpackhi_ps(c, d);
    _mm_storeu_ps(out + r, _mm_movelh_ps(ab_low, cd_low));
    _mm_storeu_ps(out + stride + r, _mm_movehl_ps(cd_low, ab_low));
    _mm_storeu_ps(out + 2 * stride + r, _mm_movelh_ps(ab_high, cd_high));
    _mm_storeu_ps(out + 3 * stride + r, _mm_movehl_ps(cd_high, ab_high));
  }
#endif
  for (; r < rows; ++r) {
    float four[4];
    std::memcpy(four, from + static_cast<std::int64_t>(r) * row_stride, sizeof four);
    for (std::size_t c = 0; c < 4; ++c) out[c * stride + r] = four[c];
  }
}

}  // namespace forest
