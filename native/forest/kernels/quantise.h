// Values to codes: the number of thresholds that are not above the value; 0 when it is missing. See
// vectors.h on how this file is included.

/** Finds codes by a bucket and a few comparisons. What buckets.cc computes for thresholds, in the
 * same operations. */
struct BucketSearch {
  static constexpr std::size_t kStretch = 128;

  /** The bucket of each of `count` values; NaN: 0. */
  static FOREST_INLINE void FindLinear(PlaneFeature const& f, float const* values,
                                       std::size_t count, std::int32_t* buckets) {
    auto const low = f.low, scale = f.scale, top = static_cast<float>(f.buckets - 1);
    for (std::size_t r = 0; r < count; ++r) {
      auto place = (values[r] - low) * scale;
      place = place > 0.0f ? place : 0.0f;
      place = place < top ? place : top;
      buckets[r] = static_cast<std::int32_t>(place);
    }
  }

  static FOREST_INLINE void FindByBits(PlaneFeature const& f, float const* values,
                                       std::size_t count, std::int32_t* buckets) {
    for (std::size_t r = 0; r < count; ++r) {
      auto const value = values[r] + 0.0f;
      std::int32_t bits;
      std::memcpy(&bits, &value, sizeof bits);
      auto const key = bits < 0 ? bits ^ 0x7fffffff : bits;
      auto const distance = static_cast<std::uint32_t>(key) - static_cast<std::uint32_t>(f.low_key);
      auto bucket = static_cast<std::int32_t>(distance >> f.key_shift);
      bucket = bucket < f.buckets - 1 ? bucket : f.buckets - 1;
      bucket = key > f.low_key ? bucket : 0;
      buckets[r] = value == value ? bucket : 0;
    }
  }

  /** kSteps: the feature's, or 0 for any number. */
  template <bool kTwoBytes, std::uint32_t kSteps>
  static FOREST_INLINE void Count(PlaneFeature const& f, float const* values, std::size_t count,
                                  std::int32_t const* buckets, std::uint8_t* low,
                                  std::uint8_t* high) {
    auto const* const thresholds = f.thresholds;
    auto const* const first = f.first_code;
    auto const steps = kSteps != 0 ? kSteps : f.steps;
    for (std::size_t r = 0; r < count; ++r) {
      auto const value = values[r];
      std::uint32_t code = first[buckets[r]];
      for (std::uint32_t i = 0; i < steps; ++i) code += value >= thresholds[code] ? 1 : 0;
      low[r] = static_cast<std::uint8_t>(code);
      if constexpr (kTwoBytes) high[r] = static_cast<std::uint8_t>(code >> 8);
    }
  }

  /** Where buckets do not spread the thresholds. */
  static void CountByHalving(PlaneFeature const& f, float const* values, std::size_t count,
                             std::uint8_t* low, std::uint8_t* high) {
    for (std::size_t r = 0; r < count; ++r) {
      std::uint32_t code = 0;
      for (auto left = f.planes; left > 0;) {
        auto const half = (left + 1) / 2;
        code += values[r] >= f.thresholds[code + half - 1] ? half : 0;
        left -= half;
      }
      low[r] = static_cast<std::uint8_t>(code);
      if (high != nullptr) high[r] = static_cast<std::uint8_t>(code >> 8);
    }
  }

  static void Run(PlaneFeature const& f, float const* values, std::size_t rows, std::uint8_t* low,
                  std::uint8_t* high) {
    constexpr std::uint32_t kManySteps = 8;
    if (f.steps > kManySteps) return CountByHalving(f, values, rows, low, high);
    std::int32_t buckets[kStretch];
    for (std::size_t begin = 0; begin < rows; begin += kStretch) {
      auto const count = rows - begin < kStretch ? rows - begin : kStretch;
      auto const* const part = values + begin;
      if (f.map == BucketMap::kLinear) {
        FindLinear(f, part, count, buckets);
      } else {
        FindByBits(f, part, count, buckets);
      }
      if (high != nullptr) {
        Count<true, 0>(f, part, count, buckets, low + begin, high + begin);
      } else if (f.steps == 1) {
        Count<false, 1>(f, part, count, buckets, low + begin, nullptr);
      } else if (f.steps == 2) {
        Count<false, 2>(f, part, count, buckets, low + begin, nullptr);
      } else {
        Count<false, 0>(f, part, count, buckets, low + begin, nullptr);
      }
    }
  }
};

inline void FindMissing(float const* values, std::size_t rows, std::uint8_t* missing) {
  for (std::size_t r = 0; r < rows; ++r) missing[r] = values[r] == values[r] ? 0 : 0xff;
}

inline void FindCategories(PlaneFeature const& f, float const* values, std::size_t rows,
                           std::uint8_t* low, std::uint8_t* high) {
  for (std::size_t r = 0; r < rows; ++r) {
    auto const value = values[r];
    std::uint32_t code = 0;
    // NaN fails both comparisons.
    if (value >= 0.0f && value < 16777216.0f) {
      auto const category = static_cast<std::uint32_t>(value);
      if (category < f.categories) code = f.code_of_category[category];
    }
    low[r] = static_cast<std::uint8_t>(code);
    if (high != nullptr) high[r] = static_cast<std::uint8_t>(code >> 8);
  }
}

#ifdef __AVX512BW__

/** A binary search that stays in registers: the heap of thresholds is at most 16 of them. */
struct HeapSearch {
  template <int kBits>
  static FOREST_INLINE __m512 AtLevel(__m512 const* heap, __m512i node, int level) {
    if (level < 4) return _mm512_permutexvar_ps(node, heap[0]);
    if (level == 4) return _mm512_permutexvar_ps(node, heap[1]);
    if (level == 5) return _mm512_permutex2var_ps(heap[2], node, heap[3]);
    auto const bit5 = _mm512_test_epi32_mask(node, _mm512_set1_epi32(32));
    if (level == 6) {
      auto const low = _mm512_permutex2var_ps(heap[4], node, heap[5]);
      auto const high = _mm512_permutex2var_ps(heap[6], node, heap[7]);
      return _mm512_mask_blend_ps(bit5, low, high);
    }
    auto const bit6 = _mm512_test_epi32_mask(node, _mm512_set1_epi32(64));
    auto const a = _mm512_permutex2var_ps(heap[8], node, heap[9]);
    auto const b = _mm512_permutex2var_ps(heap[10], node, heap[11]);
    auto const c = _mm512_permutex2var_ps(heap[12], node, heap[13]);
    auto const d = _mm512_permutex2var_ps(heap[14], node, heap[15]);
    return _mm512_mask_blend_ps(bit6, _mm512_mask_blend_ps(bit5, a, b),
                                _mm512_mask_blend_ps(bit5, c, d));
  }

  template <int kBits>
  static void RunBits(PlaneFeature const& f, float const* values, std::size_t rows,
                      std::uint8_t* codes, std::uint8_t* missing) {
    constexpr int kRegisters = kBits <= 4 ? 1 : 1 << (kBits - 4);
    __m512 heap[kRegisters];
    for (int i = 0; i < kRegisters; ++i) heap[i] = _mm512_loadu_ps(f.heap + 16 * i);
    auto const one = _mm512_set1_epi32(1);
    for (std::size_t r = 0; r < rows; r += 16) {
      auto const left = rows - r;
      auto const there = static_cast<__mmask16>(left >= 16 ? 0xffff : (1u << left) - 1);
      auto const value = _mm512_maskz_loadu_ps(there, values + r);
      auto node = one;
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC unroll 8
#elif defined(__clang__)
#pragma clang loop unroll(full)
#endif
      for (int level = 0; level < kBits; ++level) {
        auto const reached =
            _mm512_cmp_ps_mask(value, AtLevel<kBits>(heap, node, level), _CMP_GE_OQ);
        node = _mm512_add_epi32(node, node);
        node = _mm512_mask_or_epi32(node, reached, node, one);
      }
      node = _mm512_sub_epi32(node, _mm512_set1_epi32(1 << kBits));
      _mm_store_si128(reinterpret_cast<__m128i*>(codes + r), _mm512_cvtepi32_epi8(node));
      _mm_store_si128(reinterpret_cast<__m128i*>(missing + r),
                      _mm_movm_epi8(_mm512_cmp_ps_mask(value, value, _CMP_UNORD_Q)));
    }
  }

  static void Run(PlaneFeature const& f, float const* values, std::size_t rows, std::uint8_t* codes,
                  std::uint8_t* missing) {
    switch (f.bits) {
      case 1:
        return RunBits<1>(f, values, rows, codes, missing);
      case 2:
        return RunBits<2>(f, values, rows, codes, missing);
      case 3:
        return RunBits<3>(f, values, rows, codes, missing);
      case 4:
        return RunBits<4>(f, values, rows, codes, missing);
      case 5:
        return RunBits<5>(f, values, rows, codes, missing);
      case 6:
        return RunBits<6>(f, values, rows, codes, missing);
      case 7:
        return RunBits<7>(f, values, rows, codes, missing);
      default:
        return RunBits<8>(f, values, rows, codes, missing);
    }
  }
};

#endif

/** `high`: for codes above 255. */
inline void Quantise(PlaneFeature const& f, float const* values, std::size_t rows,
                     std::uint8_t* low, std::uint8_t* high, std::uint8_t* missing) {
#ifdef __AVX512BW__
  if (f.heap != nullptr) return HeapSearch::Run(f, values, rows, low, missing);
#endif
  if (f.categorical) {
    FindCategories(f, values, rows, low, high);
  } else {
    BucketSearch::Run(f, values, rows, low, high);
  }
  if (f.missing_matters) FindMissing(values, rows, missing);
}
