// One row by bits. See vectors.h on how this file is included, and forest/row_bits.h.

struct BitRow {
  /** Both codes of each feature. */
  static FOREST_INLINE void Encode(RowBits const& bits, float const* row, std::uint8_t* codes) {
    for (std::uint32_t i = 0; i < bits.num_features; ++i) {
      auto const& feature = bits.features[i];
      auto const number = row[feature.feature];
      auto const value = _mm512_set1_ps(number);
      auto const block = static_cast<std::uint32_t>(
          _mm_popcnt_u32(_mm512_cmp_ps_mask(value, _mm512_load_ps(feature.pivots), _CMP_GE_OQ)));
      auto const within = static_cast<std::uint32_t>(_mm_popcnt_u32(
          _mm512_cmp_ps_mask(value, _mm512_load_ps(feature.thresholds + 16 * block), _CMP_GE_OQ)));
      auto const code = 16 * block + within;
      codes[2 * i] = static_cast<std::uint8_t>(code);
      codes[2 * i + 1] = static_cast<std::uint8_t>(number == number ? code : 255);
    }
  }

  template <bool kTwoRegisters>
  static FOREST_INLINE std::uint64_t Decide(std::uint8_t const* places, std::uint8_t const* limits,
                                            __m512i low, __m512i high) {
    auto const place = _mm512_load_si512(places);
    auto const codes = kTwoRegisters ? _mm512_permutex2var_epi8(low, place, high)
                                     : _mm512_permutexvar_epi8(place, low);
    return _mm512_cmpgt_epu8_mask(codes, _mm512_load_si512(limits));
  }

  template <bool kTwoRegisters, int kDepth>
  static void AddTrees(RowBits const& bits, __m512i low, __m512i high, std::uint32_t begin,
                       std::uint32_t end, float* margins) {
    constexpr std::size_t kWords = kDepth <= 6 ? 1 : 1 << (kDepth - 6);
    constexpr std::size_t kLimits = kWords * 64;
    auto const* tree = bits.trees + static_cast<std::size_t>(begin) * bits.tree_bytes;
    for (auto t = begin; t < end; ++t, tree += bits.tree_bytes) {
      auto const top = Decide<kTwoRegisters>(tree, tree + kLimits, low, high);
      std::uint64_t at = 1;
      for (int level = 0; level < (kDepth < 6 ? kDepth : 6); ++level) {
        at = 2 * at + (top >> at & 1);
      }
      for (int level = 6; level < kDepth; ++level) {
        auto const* const word = tree + at / 64 * 64;
        auto const decisions = Decide<kTwoRegisters>(word, word + kLimits, low, high);
        at = 2 * at + (decisions >> (at % 64) & 1);
      }
      float leaf;
      std::memcpy(&leaf, tree + 2 * kLimits + (at - (1u << kDepth)) * sizeof leaf, sizeof leaf);
      margins[bits.outputs[t]] += leaf;
    }
  }

  template <bool kTwoRegisters>
  static void AddAnyDepth(RowBits const& bits, __m512i low, __m512i high, std::uint32_t begin,
                          std::uint32_t end, float* margins) {
    switch (bits.depth) {
      case 1:
        return AddTrees<kTwoRegisters, 1>(bits, low, high, begin, end, margins);
      case 2:
        return AddTrees<kTwoRegisters, 2>(bits, low, high, begin, end, margins);
      case 3:
        return AddTrees<kTwoRegisters, 3>(bits, low, high, begin, end, margins);
      case 4:
        return AddTrees<kTwoRegisters, 4>(bits, low, high, begin, end, margins);
      case 5:
        return AddTrees<kTwoRegisters, 5>(bits, low, high, begin, end, margins);
      case 6:
        return AddTrees<kTwoRegisters, 6>(bits, low, high, begin, end, margins);
      case 7:
        return AddTrees<kTwoRegisters, 7>(bits, low, high, begin, end, margins);
      default:
        return AddTrees<kTwoRegisters, 8>(bits, low, high, begin, end, margins);
    }
  }
};

void AddRowByBits(RowBits const& bits, float const* row, std::uint32_t begin, std::uint32_t end,
                  float* margins) {
  alignas(64) std::uint8_t codes[128];
  BitRow::Encode(bits, row, codes);
  auto const low = _mm512_load_si512(codes);
  if (bits.num_codes <= 64) {
    BitRow::AddAnyDepth<false>(bits, low, low, begin, end, margins);
  } else {
    BitRow::AddAnyDepth<true>(bits, low, _mm512_load_si512(codes + 64), begin, end, margins);
  }
}
