// From the values of one feature to the planes of its splits. See vectors.h on how this file is
// included.

/** Planes of the bits of eight times kBytes codes. */
template <typename P>
FOREST_INLINE void CodePlanes(std::uint8_t const* codes, P (&planes)[8]) {
  for (int k = 0; k < 8; ++k) planes[k] = P::Load(codes + static_cast<std::size_t>(k) * P::kBytes);
  TransposeBits(planes);
}

/**
 * "code > j" for each j below `count`, from the bits of the code: with one more bit p on top of l
 * bits, code > j is (p or low > j) for j below 2^l, and code > j + 2^l is (p and low > j). Two
 * operations per threshold, whatever the number of bits.
 */
template <typename P>
FOREST_INLINE void AddBit(P bit, std::uint32_t level, std::uint8_t* to, std::uint32_t count) {
  auto const size = 1u << level;  // "low > size - 1" is never true and has no plane yet
  auto const at = [to](std::uint32_t j) { return to + static_cast<std::size_t>(j) * P::kBytes; };
  for (std::uint32_t j = 0; j + 1 < size; ++j) {
    auto const lower = P::Load(at(j));
    if (j + size < count) P::And(lower, bit).Store(at(j + size));
    P::Or(lower, bit).Store(at(j));
  }
  bit.Store(at(size - 1));
}

/** "code == j" for each code of `bits` bits. */
template <typename P>
FOREST_INLINE void SplitByBit(P bit, std::uint32_t level, std::uint8_t* to) {
  auto const size = 1u << level;
  auto const at = [to](std::uint32_t j) { return to + static_cast<std::size_t>(j) * P::kBytes; };
  for (std::uint32_t j = 0; j < size; ++j) {
    auto const lower = P::Load(at(j));
    P::And(lower, bit).Store(at(j + size));
    P::AndNot(lower, bit).Store(at(j));
  }
}

template <typename P>
void CategoryPlanes(PlaneFeature const& f, P const (&low)[8], P const (&high)[8],
                    std::uint8_t* scratch, std::uint8_t* to) {
  P::Fill(0xff).Store(scratch);
  for (std::uint32_t level = 0; level < f.bits; ++level) {
    SplitByBit(level < 8 ? low[level] : high[level - 8], level, scratch);
  }
  for (std::uint32_t set = 0; set < f.planes; ++set) {
    auto any = P::Fill(0);
    for (auto i = f.member_begin[set]; i < f.member_begin[set + 1]; ++i) {
      any = P::Or(any, P::Load(scratch + static_cast<std::size_t>(f.members[i]) * P::kBytes));
    }
    any.Store(to + static_cast<std::size_t>(set) * P::kBytes);
  }
}

template <typename P>
P MissingPlane(std::uint8_t const* missing) {
  auto plane = P::Fill(0);
  for (int k = 0; k < 8; ++k) {
    auto const bytes = P::Load(missing + static_cast<std::size_t>(k) * P::kBytes);
    plane = P::Or(plane, P::And(bytes, P::Fill(1 << k)));
  }
  return plane;
}

template <typename P>
void MakePlanes(PlaneFeature const& f, float const* values, std::size_t rows,
                BlockWork const& work) {
  constexpr std::size_t kRows = 8 * P::kBytes;
  constexpr std::size_t kScale = P::kBytes / kPlaneUnit;
  auto* const high_codes = f.bits > 8 ? work.codes + kRows : nullptr;
  Quantise(f, values, rows, work.codes, high_codes, work.missing);
  P low[8], high[8];
  CodePlanes(work.codes, low);
  if (high_codes != nullptr) CodePlanes(high_codes, high);
  auto* const to = work.planes + f.offset * kScale;
  if (f.categorical) {
    CategoryPlanes(f, low, high, work.scratch, to);
  } else {
    for (std::uint32_t level = 0; level < f.bits; ++level) {
      AddBit(level < 8 ? low[level] : high[level - 8], level, to, f.planes);
    }
  }
  if (!f.missing_matters) return;
  auto const missing = MissingPlane<P>(work.missing);
  auto* const copies = work.planes + f.copy_offset * kScale;
  for (std::uint32_t i = 0; i < f.copies; ++i) {
    auto const plane = P::Load(to + static_cast<std::size_t>(f.copy_of[i]) * P::kBytes);
    P::Or(plane, missing).Store(copies + static_cast<std::size_t>(i) * P::kBytes);
  }
}
