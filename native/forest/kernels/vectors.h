// Planes in registers. Included by one file per instruction set, inside an unnamed namespace:
// nothing here may be shared between them, since the linker would keep one copy for all.
//
// Each type has: a constant kBytes; Load, Store; And, Or, Xor, Select(mask, zero, one);
// ShiftLeft<n>, ShiftRight<n> within units of at least a byte; Fill(byte).

#if defined(__SSE2__) || defined(_M_X64)

struct Plane16 {
  static constexpr std::uint32_t kBytes = 16;
  __m128i v;
  static Plane16 Load(std::uint8_t const* from) {
    return {_mm_load_si128(reinterpret_cast<__m128i const*>(from))};
  }
  void Store(std::uint8_t* to) const { _mm_store_si128(reinterpret_cast<__m128i*>(to), v); }
  static Plane16 Fill(int byte) { return {_mm_set1_epi8(static_cast<char>(byte))}; }
  static Plane16 And(Plane16 a, Plane16 b) { return {_mm_and_si128(a.v, b.v)}; }
  static Plane16 AndNot(Plane16 a, Plane16 b) { return {_mm_andnot_si128(b.v, a.v)}; }
  static Plane16 Or(Plane16 a, Plane16 b) { return {_mm_or_si128(a.v, b.v)}; }
  static Plane16 Xor(Plane16 a, Plane16 b) { return {_mm_xor_si128(a.v, b.v)}; }
  static Plane16 Select(Plane16 mask, Plane16 zero, Plane16 one) {
#ifdef __AVX512VL__
    return {_mm_ternarylogic_epi64(mask.v, one.v, zero.v, 0xca)};
#else
    return Xor(zero, And(mask, Xor(zero, one)));
#endif
  }
  template <int kBits>
  static Plane16 ShiftLeft(Plane16 a) {
    return {_mm_slli_epi16(a.v, kBits)};
  }
  template <int kBits>
  static Plane16 ShiftRight(Plane16 a) {
    return {_mm_srli_epi16(a.v, kBits)};
  }
};

#elif defined(__ARM_NEON) && defined(__aarch64__)

struct Plane16 {
  static constexpr std::uint32_t kBytes = 16;
  uint8x16_t v;
  static Plane16 Load(std::uint8_t const* from) { return {vld1q_u8(from)}; }
  void Store(std::uint8_t* to) const { vst1q_u8(to, v); }
  static Plane16 Fill(int byte) { return {vdupq_n_u8(static_cast<std::uint8_t>(byte))}; }
  static Plane16 And(Plane16 a, Plane16 b) { return {vandq_u8(a.v, b.v)}; }
  static Plane16 AndNot(Plane16 a, Plane16 b) { return {vbicq_u8(a.v, b.v)}; }
  static Plane16 Or(Plane16 a, Plane16 b) { return {vorrq_u8(a.v, b.v)}; }
  static Plane16 Xor(Plane16 a, Plane16 b) { return {veorq_u8(a.v, b.v)}; }
  static Plane16 Select(Plane16 mask, Plane16 zero, Plane16 one) {
    return {vbslq_u8(mask.v, one.v, zero.v)};
  }
  template <int kBits>
  static Plane16 ShiftLeft(Plane16 a) {
    return {vshlq_n_u8(a.v, kBits)};
  }
  template <int kBits>
  static Plane16 ShiftRight(Plane16 a) {
    return {vshrq_n_u8(a.v, kBits)};
  }
};

#else

/** Two words, where nothing better is known. */
struct Plane16 {
  static constexpr std::uint32_t kBytes = 16;
  std::uint64_t low, high;
  static Plane16 Load(std::uint8_t const* from) {
    Plane16 plane;
    std::memcpy(&plane.low, from, 8);
    std::memcpy(&plane.high, from + 8, 8);
    return plane;
  }
  void Store(std::uint8_t* to) const {
    std::memcpy(to, &low, 8);
    std::memcpy(to + 8, &high, 8);
  }
  static Plane16 Fill(int byte) {
    auto const word = static_cast<std::uint64_t>(byte & 0xff) * 0x0101010101010101u;
    return {word, word};
  }
  static Plane16 And(Plane16 a, Plane16 b) { return {a.low & b.low, a.high & b.high}; }
  static Plane16 AndNot(Plane16 a, Plane16 b) { return {a.low & ~b.low, a.high & ~b.high}; }
  static Plane16 Or(Plane16 a, Plane16 b) { return {a.low | b.low, a.high | b.high}; }
  static Plane16 Xor(Plane16 a, Plane16 b) { return {a.low ^ b.low, a.high ^ b.high}; }
  static Plane16 Select(Plane16 mask, Plane16 zero, Plane16 one) {
    return Xor(zero, And(mask, Xor(zero, one)));
  }
  template <int kBits>
  static Plane16 ShiftLeft(Plane16 a) {
    return {a.low << kBits, a.high << kBits};
  }
  template <int kBits>
  static Plane16 ShiftRight(Plane16 a) {
    return {a.low >> kBits, a.high >> kBits};
  }
};

#endif

#ifdef __AVX2__

struct Plane32 {
  static constexpr std::uint32_t kBytes = 32;
  __m256i v;
  static Plane32 Load(std::uint8_t const* from) {
    return {_mm256_load_si256(reinterpret_cast<__m256i const*>(from))};
  }
  void Store(std::uint8_t* to) const { _mm256_store_si256(reinterpret_cast<__m256i*>(to), v); }
  static Plane32 Fill(int byte) { return {_mm256_set1_epi8(static_cast<char>(byte))}; }
  static Plane32 And(Plane32 a, Plane32 b) { return {_mm256_and_si256(a.v, b.v)}; }
  static Plane32 AndNot(Plane32 a, Plane32 b) { return {_mm256_andnot_si256(b.v, a.v)}; }
  static Plane32 Or(Plane32 a, Plane32 b) { return {_mm256_or_si256(a.v, b.v)}; }
  static Plane32 Xor(Plane32 a, Plane32 b) { return {_mm256_xor_si256(a.v, b.v)}; }
  static Plane32 Select(Plane32 mask, Plane32 zero, Plane32 one) {
#ifdef __AVX512VL__
    return {_mm256_ternarylogic_epi64(mask.v, one.v, zero.v, 0xca)};
#else
    return Xor(zero, And(mask, Xor(zero, one)));
#endif
  }
  template <int kBits>
  static Plane32 ShiftLeft(Plane32 a) {
    return {_mm256_slli_epi16(a.v, kBits)};
  }
  template <int kBits>
  static Plane32 ShiftRight(Plane32 a) {
    return {_mm256_srli_epi16(a.v, kBits)};
  }
};

#endif

#ifdef __AVX512BW__

struct Plane64 {
  static constexpr std::uint32_t kBytes = 64;
  __m512i v;
  static Plane64 Load(std::uint8_t const* from) { return {_mm512_load_si512(from)}; }
  void Store(std::uint8_t* to) const { _mm512_store_si512(to, v); }
  static Plane64 Fill(int byte) { return {_mm512_set1_epi8(static_cast<char>(byte))}; }
  static Plane64 And(Plane64 a, Plane64 b) { return {_mm512_and_si512(a.v, b.v)}; }
  static Plane64 AndNot(Plane64 a, Plane64 b) { return {_mm512_andnot_si512(b.v, a.v)}; }
  static Plane64 Or(Plane64 a, Plane64 b) { return {_mm512_or_si512(a.v, b.v)}; }
  static Plane64 Xor(Plane64 a, Plane64 b) { return {_mm512_xor_si512(a.v, b.v)}; }
  static Plane64 Select(Plane64 mask, Plane64 zero, Plane64 one) {
    return {_mm512_ternarylogic_epi64(mask.v, one.v, zero.v, 0xca)};
  }
  template <int kBits>
  static Plane64 ShiftLeft(Plane64 a) {
    return {_mm512_slli_epi16(a.v, kBits)};
  }
  template <int kBits>
  static Plane64 ShiftRight(Plane64 a) {
    return {_mm512_srli_epi16(a.v, kBits)};
  }
};

#endif

#if defined(__GNUC__) || defined(__clang__)
#define FOREST_INLINE inline __attribute__((always_inline))
#define FOREST_NOINLINE __attribute__((noinline))
#else
#define FOREST_INLINE __forceinline
#define FOREST_NOINLINE __declspec(noinline)
#endif

template <typename P, int kShift>
FOREST_INLINE void SwapBits(P& a, P& b, P mask) {
  auto const t = P::And(P::Xor(P::template ShiftRight<kShift>(a), b), mask);
  b = P::Xor(b, t);
  a = P::Xor(a, P::template ShiftLeft<kShift>(t));
}

/** Bit j of vector k's bytes becomes bit k of vector j's: codes to planes, and planes to numbers.
 * Row r of a block is bit r / kBytes of byte r % kBytes of a plane. */
template <typename P>
FOREST_INLINE void TransposeBits(P (&v)[8]) {
  auto const four = P::Fill(0x0f), two = P::Fill(0x33), one = P::Fill(0x55);
  for (int i = 0; i < 4; ++i) SwapBits<P, 4>(v[i], v[i + 4], four);
  for (int i = 0; i < 2; ++i) {
    SwapBits<P, 2>(v[i], v[i + 2], two);
    SwapBits<P, 2>(v[i + 4], v[i + 6], two);
  }
  for (int i = 0; i < 8; i += 2) SwapBits<P, 1>(v[i], v[i + 1], one);
}
