// Floats in registers, a row per lane. Included by one file per instruction set, inside an unnamed
// namespace, as vectors.h is. Only operations that round alike in every lane: sums across lanes
// would change the order.

#if defined(__AVX512F__)

struct Mask {
  __mmask16 m;
  static Mask Not(Mask a) { return {static_cast<__mmask16>(~a.m)}; }
  static Mask Or(Mask a, Mask b) { return {static_cast<__mmask16>(a.m | b.m)}; }
  static Mask All(bool on) { return {static_cast<__mmask16>(on ? 0xffff : 0)}; }
  static Mask FromBits(std::uint32_t bits) { return {static_cast<__mmask16>(bits)}; }
};

struct Floats {
  static constexpr std::size_t kLanes = 16;
  __m512 v;
  static Floats Load(float const* from) { return {_mm512_load_ps(from)}; }
  void Store(float* to) const { _mm512_store_ps(to, v); }
  static Floats Fill(float x) { return {_mm512_set1_ps(x)}; }
  static Mask Less(Floats a, Floats b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_LT_OQ)}; }
  static Mask Differ(Floats a, Floats b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_NEQ_UQ)}; }
  static Mask IsNan(Floats a) { return {_mm512_cmp_ps_mask(a.v, a.v, _CMP_UNORD_Q)}; }
  static Floats Select(Mask mask, Floats yes, Floats no) {
    return {_mm512_mask_blend_ps(mask.m, no.v, yes.v)};
  }
  friend Floats operator+(Floats a, Floats b) { return {_mm512_add_ps(a.v, b.v)}; }
  friend Floats operator-(Floats a, Floats b) { return {_mm512_sub_ps(a.v, b.v)}; }
  friend Floats operator*(Floats a, Floats b) { return {_mm512_mul_ps(a.v, b.v)}; }
  friend Floats operator/(Floats a, Floats b) { return {_mm512_div_ps(a.v, b.v)}; }
};

#elif defined(__AVX2__)

struct Mask {
  __m256 m;
  static Mask Not(Mask a) {
    return {_mm256_xor_ps(a.m, _mm256_castsi256_ps(_mm256_set1_epi32(-1)))};
  }
  static Mask Or(Mask a, Mask b) { return {_mm256_or_ps(a.m, b.m)}; }
  static Mask All(bool on) { return {_mm256_castsi256_ps(_mm256_set1_epi32(on ? -1 : 0))}; }
  static Mask FromBits(std::uint32_t bits) {
    auto const lane = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
    auto const set = _mm256_and_si256(_mm256_set1_epi32(static_cast<int>(bits)), lane);
    return {_mm256_castsi256_ps(_mm256_cmpeq_epi32(set, lane))};
  }
};

struct Floats {
  static constexpr std::size_t kLanes = 8;
  __m256 v;
  static Floats Load(float const* from) { return {_mm256_load_ps(from)}; }
  void Store(float* to) const { _mm256_store_ps(to, v); }
  static Floats Fill(float x) { return {_mm256_set1_ps(x)}; }
  static Mask Less(Floats a, Floats b) { return {_mm256_cmp_ps(a.v, b.v, _CMP_LT_OQ)}; }
  static Mask Differ(Floats a, Floats b) { return {_mm256_cmp_ps(a.v, b.v, _CMP_NEQ_UQ)}; }
  static Mask IsNan(Floats a) { return {_mm256_cmp_ps(a.v, a.v, _CMP_UNORD_Q)}; }
  static Floats Select(Mask mask, Floats yes, Floats no) {
    return {_mm256_blendv_ps(no.v, yes.v, mask.m)};
  }
  friend Floats operator+(Floats a, Floats b) { return {_mm256_add_ps(a.v, b.v)}; }
  friend Floats operator-(Floats a, Floats b) { return {_mm256_sub_ps(a.v, b.v)}; }
  friend Floats operator*(Floats a, Floats b) { return {_mm256_mul_ps(a.v, b.v)}; }
  friend Floats operator/(Floats a, Floats b) { return {_mm256_div_ps(a.v, b.v)}; }
};

#elif defined(__SSE2__) || defined(_M_X64)

struct Mask {
  __m128 m;
  static Mask Not(Mask a) { return {_mm_xor_ps(a.m, _mm_castsi128_ps(_mm_set1_epi32(-1)))}; }
  static Mask Or(Mask a, Mask b) { return {_mm_or_ps(a.m, b.m)}; }
  static Mask All(bool on) { return {_mm_castsi128_ps(_mm_set1_epi32(on ? -1 : 0))}; }
  static Mask FromBits(std::uint32_t bits) {
    auto const lane = _mm_setr_epi32(1, 2, 4, 8);
    auto const set = _mm_and_si128(_mm_set1_epi32(static_cast<int>(bits)), lane);
    return {_mm_castsi128_ps(_mm_cmpeq_epi32(set, lane))};
  }
};

struct Floats {
  static constexpr std::size_t kLanes = 4;
  __m128 v;
  static Floats Load(float const* from) { return {_mm_load_ps(from)}; }
  void Store(float* to) const { _mm_store_ps(to, v); }
  static Floats Fill(float x) { return {_mm_set1_ps(x)}; }
  static Mask Less(Floats a, Floats b) { return {_mm_cmplt_ps(a.v, b.v)}; }
  static Mask Differ(Floats a, Floats b) { return {_mm_cmpneq_ps(a.v, b.v)}; }
  static Mask IsNan(Floats a) { return {_mm_cmpunord_ps(a.v, a.v)}; }
  static Floats Select(Mask mask, Floats yes, Floats no) {
    return {_mm_or_ps(_mm_and_ps(mask.m, yes.v), _mm_andnot_ps(mask.m, no.v))};
  }
  friend Floats operator+(Floats a, Floats b) { return {_mm_add_ps(a.v, b.v)}; }
  friend Floats operator-(Floats a, Floats b) { return {_mm_sub_ps(a.v, b.v)}; }
  friend Floats operator*(Floats a, Floats b) { return {_mm_mul_ps(a.v, b.v)}; }
  friend Floats operator/(Floats a, Floats b) { return {_mm_div_ps(a.v, b.v)}; }
};

#elif defined(__ARM_NEON) && defined(__aarch64__)

struct Mask {
  uint32x4_t m;
  static Mask Not(Mask a) { return {vmvnq_u32(a.m)}; }
  static Mask Or(Mask a, Mask b) { return {vorrq_u32(a.m, b.m)}; }
  static Mask All(bool on) { return {vdupq_n_u32(on ? ~0u : 0u)}; }
  static Mask FromBits(std::uint32_t bits) {
    std::uint32_t const lanes[4] = {1, 2, 4, 8};
    return {vtstq_u32(vdupq_n_u32(bits), vld1q_u32(lanes))};
  }
};

struct Floats {
  static constexpr std::size_t kLanes = 4;
  float32x4_t v;
  static Floats Load(float const* from) { return {vld1q_f32(from)}; }
  void Store(float* to) const { vst1q_f32(to, v); }
  static Floats Fill(float x) { return {vdupq_n_f32(x)}; }
  static Mask Less(Floats a, Floats b) { return {vcltq_f32(a.v, b.v)}; }
  static Mask Differ(Floats a, Floats b) { return {vmvnq_u32(vceqq_f32(a.v, b.v))}; }
  static Mask IsNan(Floats a) { return {vmvnq_u32(vceqq_f32(a.v, a.v))}; }
  static Floats Select(Mask mask, Floats yes, Floats no) {
    return {vbslq_f32(mask.m, yes.v, no.v)};
  }
  friend Floats operator+(Floats a, Floats b) { return {vaddq_f32(a.v, b.v)}; }
  friend Floats operator-(Floats a, Floats b) { return {vsubq_f32(a.v, b.v)}; }
  friend Floats operator*(Floats a, Floats b) { return {vmulq_f32(a.v, b.v)}; }
  friend Floats operator/(Floats a, Floats b) { return {vdivq_f32(a.v, b.v)}; }
};

#else

struct Mask {
  bool m;
  static Mask Not(Mask a) { return {!a.m}; }
  static Mask Or(Mask a, Mask b) { return {a.m || b.m}; }
  static Mask All(bool on) { return {on}; }
  static Mask FromBits(std::uint32_t bits) { return {(bits & 1) != 0}; }
};

struct Floats {
  static constexpr std::size_t kLanes = 1;
  float v;
  static Floats Load(float const* from) { return {*from}; }
  void Store(float* to) const { *to = v; }
  static Floats Fill(float x) { return {x}; }
  static Mask Less(Floats a, Floats b) { return {a.v < b.v}; }
  static Mask Differ(Floats a, Floats b) { return {a.v != b.v}; }
  static Mask IsNan(Floats a) { return {a.v != a.v}; }
  static Floats Select(Mask mask, Floats yes, Floats no) { return mask.m ? yes : no; }
  friend Floats operator+(Floats a, Floats b) { return {a.v + b.v}; }
  friend Floats operator-(Floats a, Floats b) { return {a.v - b.v}; }
  friend Floats operator*(Floats a, Floats b) { return {a.v * b.v}; }
  friend Floats operator/(Floats a, Floats b) { return {a.v / b.v}; }
};

#endif
