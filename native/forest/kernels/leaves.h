// From the planes of leaf numbers to margins. See vectors.h on how this file is included.
//
// Rows are taken kChunk at a time: their leaf numbers are the bytes of one register. Wide kernels
// put a value together from four tables of bytes, which leaves the rows in the order of the
// unpacking; margins stay in that order for the whole block.

#if defined(__AVX512BW__)

struct LeafNumbers {
  static constexpr std::size_t kChunk = 64;
  __m512i low, high;
};

FOREST_INLINE __m512i ChunkOf(Plane64 const* v, std::size_t chunk) { return v[chunk].v; }
FOREST_INLINE __m512i ChunkOf(Plane32 const* v, std::size_t chunk) {
  return _mm512_inserti64x4(_mm512_castsi256_si512(v[2 * chunk].v), v[2 * chunk + 1].v, 1);
}
FOREST_INLINE __m512i ChunkOf(Plane16 const* v, std::size_t chunk) {
  auto const* const part = v + 4 * chunk;
  auto const first = _mm256_inserti128_si256(_mm256_castsi128_si256(part[0].v), part[1].v, 1);
  auto const second = _mm256_inserti128_si256(_mm256_castsi128_si256(part[2].v), part[3].v, 1);
  return _mm512_inserti64x4(_mm512_castsi256_si512(first), second, 1);
}

/** One byte of each row's leaf value. */
FOREST_INLINE __m512i LookUp(std::uint8_t const* table, std::uint32_t capacity, __m512i numbers) {
  auto const a = _mm512_loadu_si512(table);
  if (capacity == 64) return _mm512_permutexvar_epi8(numbers, a);
  auto const b = _mm512_loadu_si512(table + 64);
  auto const low = _mm512_permutex2var_epi8(a, numbers, b);
  if (capacity == 128) return low;
  auto const c = _mm512_loadu_si512(table + 128);
  auto const d = _mm512_loadu_si512(table + 192);
  auto const high = _mm512_permutex2var_epi8(c, numbers, d);
  return _mm512_mask_blend_epi8(_mm512_movepi8_mask(numbers), low, high);
}

FOREST_INLINE void AddTo(float* margins, __m512 values) {
  _mm512_store_ps(margins, _mm512_add_ps(_mm512_load_ps(margins), values));
}

FOREST_INLINE void AddLeafValues(PlaneTree const& tree, std::uint32_t output, LeafNumbers numbers,
                                 float* margins) {
  auto const capacity = tree.leaf_capacity;
  if (capacity <= 256) {
    auto const* const table = tree.leaf_bytes + static_cast<std::size_t>(output) * capacity * 4;
    auto const a = LookUp(table, capacity, numbers.low);
    auto const b = LookUp(table + capacity, capacity, numbers.low);
    auto const c = LookUp(table + 2 * capacity, capacity, numbers.low);
    auto const d = LookUp(table + 3 * capacity, capacity, numbers.low);
    auto const ab_low = _mm512_unpacklo_epi8(a, b), ab_high = _mm512_unpackhi_epi8(a, b);
    auto const cd_low = _mm512_unpacklo_epi8(c, d), cd_high = _mm512_unpackhi_epi8(c, d);
    AddTo(margins, _mm512_castsi512_ps(_mm512_unpacklo_epi16(ab_low, cd_low)));
    AddTo(margins + 16, _mm512_castsi512_ps(_mm512_unpackhi_epi16(ab_low, cd_low)));
    AddTo(margins + 32, _mm512_castsi512_ps(_mm512_unpacklo_epi16(ab_high, cd_high)));
    AddTo(margins + 48, _mm512_castsi512_ps(_mm512_unpackhi_epi16(ab_high, cd_high)));
    return;
  }
  auto const* const leaves = tree.leaves + static_cast<std::size_t>(output) * capacity;
  auto const zero = _mm512_setzero_si512();
  auto const low = _mm512_unpacklo_epi8(numbers.low, numbers.high);
  auto const high = _mm512_unpackhi_epi8(numbers.low, numbers.high);
  __m512i const places[4] = {_mm512_unpacklo_epi16(low, zero), _mm512_unpackhi_epi16(low, zero),
                             _mm512_unpacklo_epi16(high, zero), _mm512_unpackhi_epi16(high, zero)};
  for (int q = 0; q < 4; ++q) AddTo(margins + 16 * q, _mm512_i32gather_ps(places[q], leaves, 4));
}

#elif defined(__AVX2__)

struct LeafNumbers {
  static constexpr std::size_t kChunk = 32;
  __m256i low, high;
};

FOREST_INLINE __m256i ChunkOf(Plane32 const* v, std::size_t chunk) { return v[chunk].v; }
FOREST_INLINE __m256i ChunkOf(Plane16 const* v, std::size_t chunk) {
  return _mm256_inserti128_si256(_mm256_castsi128_si256(v[2 * chunk].v), v[2 * chunk + 1].v, 1);
}

FOREST_INLINE void AddTo(float* margins, __m256 values) {
  _mm256_store_ps(margins, _mm256_add_ps(_mm256_load_ps(margins), values));
}

/** Tables of 16 bytes; `places[t]` has a row's place in table t, or a negative number for the rows
 * of other tables, which makes their bytes 0. */
template <int kTables>
FOREST_INLINE __m256i LookUp(std::uint8_t const* table, __m256i const (&places)[kTables]) {
  auto bytes = _mm256_setzero_si256();
  for (int t = 0; t < kTables; ++t) {
    auto const part = _mm256_broadcastsi128_si256(
        _mm_loadu_si128(reinterpret_cast<__m128i const*>(table + 16 * t)));
    auto const found = _mm256_shuffle_epi8(part, places[t]);
    bytes = t == 0 ? found : _mm256_or_si256(bytes, found);
  }
  return bytes;
}

template <int kTables>
FOREST_INLINE void AddFromTables(std::uint8_t const* table, std::uint32_t capacity, __m256i numbers,
                                 float* margins) {
  __m256i places[kTables];
  for (int t = 0; t < kTables; ++t) {
    auto const own = _mm256_xor_si256(numbers, _mm256_set1_epi8(static_cast<char>(16 * t)));
    places[t] = _mm256_adds_epu8(own, _mm256_set1_epi8(0x70));
  }
  auto const a = LookUp(table, places), b = LookUp(table + capacity, places);
  auto const c = LookUp(table + 2 * capacity, places), d = LookUp(table + 3 * capacity, places);
  auto const ab_low = _mm256_unpacklo_epi8(a, b), ab_high = _mm256_unpackhi_epi8(a, b);
  auto const cd_low = _mm256_unpacklo_epi8(c, d), cd_high = _mm256_unpackhi_epi8(c, d);
  AddTo(margins, _mm256_castsi256_ps(_mm256_unpacklo_epi16(ab_low, cd_low)));
  AddTo(margins + 8, _mm256_castsi256_ps(_mm256_unpackhi_epi16(ab_low, cd_low)));
  AddTo(margins + 16, _mm256_castsi256_ps(_mm256_unpacklo_epi16(ab_high, cd_high)));
  AddTo(margins + 24, _mm256_castsi256_ps(_mm256_unpackhi_epi16(ab_high, cd_high)));
}

FOREST_INLINE void AddLeafValues(PlaneTree const& tree, std::uint32_t output, LeafNumbers numbers,
                                 float* margins) {
  auto const capacity = tree.leaf_capacity;
  if (tree.bits <= 6) {
    auto const* const table = tree.leaf_bytes + static_cast<std::size_t>(output) * capacity * 4;
    if (tree.bits <= 4) return AddFromTables<1>(table, capacity, numbers.low, margins);
    if (tree.bits == 5) return AddFromTables<2>(table, capacity, numbers.low, margins);
    return AddFromTables<4>(table, capacity, numbers.low, margins);
  }
  auto const* const leaves = tree.leaves + static_cast<std::size_t>(output) * capacity;
  auto const zero = _mm256_setzero_si256();
  auto const low = _mm256_unpacklo_epi8(numbers.low, numbers.high);
  auto const high = _mm256_unpackhi_epi8(numbers.low, numbers.high);
  __m256i const places[4] = {_mm256_unpacklo_epi16(low, zero), _mm256_unpackhi_epi16(low, zero),
                             _mm256_unpacklo_epi16(high, zero), _mm256_unpackhi_epi16(high, zero)};
  for (int q = 0; q < 4; ++q) AddTo(margins + 8 * q, _mm256_i32gather_ps(leaves, places[q], 4));
}

#else

/** Rows in their own order, one after the other. */
struct LeafNumbers {
  static constexpr std::size_t kChunk = 16;
  alignas(16) std::uint8_t low[16];
  alignas(16) std::uint8_t high[16];
};

FOREST_INLINE void AddLeafValues(PlaneTree const& tree, std::uint32_t output,
                                 LeafNumbers const& numbers, float* margins) {
  auto const* const leaves = tree.leaves + static_cast<std::size_t>(output) * tree.leaf_capacity;
  if (tree.bits <= 8) {
    for (int r = 0; r < 16; ++r) margins[r] += leaves[numbers.low[r]];
  } else {
    for (int r = 0; r < 16; ++r) {
      margins[r] += leaves[numbers.low[r] | static_cast<std::uint32_t>(numbers.high[r]) << 8];
    }
  }
}

#endif

constexpr std::size_t kChunk = LeafNumbers::kChunk;

/** `bits`: planes of the leaf numbers, zeros above the highest. */
template <typename P, bool kTwoBytes>
FOREST_INLINE void AddLeaves(PlaneTree const& tree, P* bits, float* margins) {
  constexpr std::size_t kRows = 8 * P::kBytes;
  P low[8], high[8];
  for (int i = 0; i < 8; ++i) low[i] = bits[i];
  for (int i = 0; i < 8; ++i) high[i] = kTwoBytes ? bits[8 + i] : P::Fill(0);
  TransposeBits(low);
  if constexpr (kTwoBytes) TransposeBits(high);
  for (std::size_t chunk = 0; chunk < kRows / kChunk; ++chunk) {
    LeafNumbers numbers;
#if defined(__AVX2__)
    numbers.low = ChunkOf(low, chunk);
    numbers.high = ChunkOf(high, chunk);
#else
    low[chunk].Store(numbers.low);
    high[chunk].Store(numbers.high);
#endif
    for (std::uint32_t j = 0; j < tree.leaf_size; ++j) {
      AddLeafValues(tree, j, numbers, margins + (tree.output + j) * kRows + chunk * kChunk);
    }
  }
}

/** Groups of four consecutive rows stay together in the order of unpacked registers. */
inline std::size_t PlaceOfGroup(std::size_t group) {
#if defined(__AVX2__)
  constexpr std::size_t kLanes = kChunk / 16;  // of 128 bits
  auto const lane = group / 4 % kLanes;
  return group / (4 * kLanes) * kChunk + group % 4 * (4 * kLanes) + lane * 4;
#else
  return group * 4;
#endif
}

template <typename P>
void LoadMargins(float const* from, std::size_t rows, std::size_t outputs, BlockWork const& work) {
  constexpr std::size_t kRows = 8 * P::kBytes;
  for (std::size_t o = 0; o < outputs; ++o) {
    auto* const to = work.margins + o * kRows;
    for (std::size_t r = 0; r < rows; ++r) to[PlaceOfGroup(r / 4) + r % 4] = from[r * outputs + o];
  }
}

template <typename P>
void StoreMargins(float* to, std::size_t rows, std::size_t outputs, BlockWork const& work) {
  constexpr std::size_t kRows = 8 * P::kBytes;
  for (std::size_t o = 0; o < outputs; ++o) {
    auto const* const from = work.margins + o * kRows;
    std::size_t r = 0;
    if (outputs == 1) {
      for (; r + 4 <= rows; r += 4) std::memcpy(to + r, from + PlaceOfGroup(r / 4), 16);
    }
    for (; r < rows; ++r) to[r * outputs + o] = from[PlaceOfGroup(r / 4) + r % 4];
  }
}
