#include "forest/cpu.h"

#include <cstdint>
#include <cstdlib>
#include <string>

#include "failure.h"

#if defined(__x86_64__) || defined(_M_X64)
#define FOREST_X86 1
#ifdef _MSC_VER
#include <immintrin.h>
#include <intrin.h>
#else
#include <cpuid.h>
#endif
#endif

namespace forest {
namespace {

constexpr char const* kVariable = "XGBOOST_GPU_KERNEL";
constexpr InstructionSet kAll[] = {InstructionSet::kPortable, InstructionSet::kAvx2,
                                   InstructionSet::kAvx512};

#ifdef FOREST_X86
struct Registers {
  std::uint32_t a = 0, b = 0, c = 0, d = 0;
};

Registers CpuId(std::uint32_t leaf) {
  Registers r;
#ifdef _MSC_VER
  int values[4];
  __cpuidex(values, static_cast<int>(leaf), 0);
  r = {static_cast<std::uint32_t>(values[0]), static_cast<std::uint32_t>(values[1]),
       static_cast<std::uint32_t>(values[2]), static_cast<std::uint32_t>(values[3])};
#else
  __get_cpuid_count(leaf, 0, &r.a, &r.b, &r.c, &r.d);
#endif
  return r;
}

/** Which registers the operating system saves. */
std::uint64_t SavedRegisters() {
#ifdef _MSC_VER
  return _xgetbv(0);
#else
  std::uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return std::uint64_t{high} << 32 | low;
#endif
}

bool Has(std::uint32_t word, int bit) { return (word >> bit & 1) != 0; }

InstructionSet Detect() {
  auto const basic = CpuId(1);
  if (!Has(basic.c, 27) || !Has(basic.c, 28) || !Has(basic.c, 23)) {  // OSXSAVE, AVX, POPCNT
    return InstructionSet::kPortable;
  }
  auto const saved = SavedRegisters();
  auto const extended = CpuId(7);
  if ((saved & 0x6) != 0x6 || !Has(extended.b, 5) || !Has(extended.b, 3) || !Has(extended.b, 8)) {
    return InstructionSet::kPortable;  // AVX2, BMI1, BMI2
  }
  bool const avx512 = (saved & 0xe6) == 0xe6 && Has(extended.b, 16) && Has(extended.b, 17) &&
                      Has(extended.b, 30) && Has(extended.b, 31) && Has(extended.c, 1);
  return avx512 ? InstructionSet::kAvx512 : InstructionSet::kAvx2;  // F, DQ, BW, VL, VBMI
}
#else
InstructionSet Detect() { return InstructionSet::kPortable; }
#endif

std::string Available() {
  std::string names;
  for (auto const set : kAll) {
    if (set > BestInstructionSet()) break;
    names += names.empty() ? NameOf(set) : std::string{", "} + NameOf(set);
  }
  return names;
}

}  // namespace

char const* NameOf(InstructionSet set) {
  switch (set) {
    case InstructionSet::kPortable:
      return "portable";
    case InstructionSet::kAvx2:
      return "avx2";
    case InstructionSet::kAvx512:
      return "avx512";
  }
  return "portable";
}

InstructionSet BestInstructionSet() {
  static InstructionSet const best = Detect();
  return best;
}

InstructionSet ChooseInstructionSet(std::optional<InstructionSet> wanted) {
  auto const* text = std::getenv(kVariable);
  if (!wanted && text != nullptr && *text != '\0') {
    for (auto const set : kAll) {
      if (std::string{text} == NameOf(set)) wanted = set;
    }
    if (!wanted) {
      throw Failure{FailureKind::kRange,
                    std::string{kVariable} + " is '" + text +
                        "'; expected one of those this CPU has: " + Available()};
    }
  }
  if (!wanted) return BestInstructionSet();
  if (*wanted > BestInstructionSet()) {
    throw Failure{FailureKind::kRange, std::string{"the kernels '"} + NameOf(*wanted) +
                                           "' cannot run on this CPU, which has: " + Available()};
  }
  return *wanted;
}

}  // namespace forest
