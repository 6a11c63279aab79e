#include "model/decimal.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace model {
namespace {

/** A whole number of any size; lowest word first, no zero word at the end. */
class BigNumber {
 public:
  void MultiplyAdd(std::uint32_t factor, std::uint32_t term) {
    std::uint64_t carry = term;
    for (auto& word : words_) {
      carry += std::uint64_t{word} * factor;
      word = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) words_.push_back(static_cast<std::uint32_t>(carry));
  }

  void TimesTenTo(int power) {
    for (int i = 0; i < power; ++i) MultiplyAdd(10, 0);
  }

  void Double(int times) {
    for (int i = 0; i < times; ++i) MultiplyAdd(2, 0);
  }

  int Bits() const {
    if (words_.empty()) return 0;
    int bits = static_cast<int>(words_.size() - 1) * 32;
    for (auto top = words_.back(); top != 0; top >>= 1) ++bits;
    return bits;
  }

  bool Less(BigNumber const& other) const {
    if (words_.size() != other.words_.size()) return words_.size() < other.words_.size();
    return std::lexicographical_compare(words_.rbegin(), words_.rend(), other.words_.rbegin(),
                                        other.words_.rend());
  }

  /** `other` is not larger. */
  void Subtract(BigNumber const& other) {
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      auto const taken = borrow + (i < other.words_.size() ? other.words_[i] : 0);
      borrow = words_[i] < taken ? 1 : 0;
      words_[i] = static_cast<std::uint32_t>(words_[i] - taken);
    }
    while (!words_.empty() && words_.back() == 0) words_.pop_back();
  }

 private:
  std::vector<std::uint32_t> words_;
};

/** `digits * 10^exponent`; `count` tells how many digits there are from the first that is not 0. */
struct Decimal {
  BigNumber digits;
  int count = 0;
  std::int64_t exponent = 0;
};

bool IsDigit(unsigned char byte) { return byte >= '0' && byte <= '9'; }

Decimal ReadDecimal(unsigned char const* at, unsigned char const* end) {
  // No float and no middle between two floats has more; behind them only "not exactly" matters.
  constexpr int kDigits = 160;
  Decimal decimal;
  bool more = false;
  bool fraction = false;
  for (; at != end && (IsDigit(*at) || *at == '.'); ++at) {
    if (*at == '.') {
      fraction = true;
      continue;
    }
    if (decimal.count == kDigits) {
      more = more || *at != '0';
      decimal.exponent += fraction ? 0 : 1;
      continue;
    }
    if (decimal.count > 0 || *at != '0') {
      decimal.digits.MultiplyAdd(10, static_cast<std::uint32_t>(*at - '0'));
      ++decimal.count;
    }
    decimal.exponent -= fraction ? 1 : 0;
  }
  if (more) {
    decimal.digits.MultiplyAdd(10, 1);
    ++decimal.count;
    --decimal.exponent;
  }
  if (at == end) return decimal;
  ++at;  // the letter e
  bool const down = at != end && *at == '-';
  if (at != end && !IsDigit(*at)) ++at;
  std::int64_t power = 0;
  for (; at != end && IsDigit(*at); ++at) {
    if (power < 1'000'000'000'000) power = power * 10 + (*at - '0');
  }
  decimal.exponent += down ? -power : power;
  return decimal;
}

/** `over / under`, both positive: 24 bits, fewer below the smallest normal float, by long division.
 */
float Divide(BigNumber over, BigNumber under) {
  constexpr int kLowest = -149;  // of the smallest float
  int const unit = std::max(over.Bits() - under.Bits() - 24, kLowest);
  over.Double(std::max(-unit, 0));
  under.Double(std::max(unit, 0));
  // At most 25 bits are left; each is one comparison with a doubled divisor.
  constexpr int kBits = 25;
  std::vector<BigNumber> steps{under};
  for (int i = 1; i < kBits; ++i) {
    steps.push_back(steps.back());
    steps.back().Double(1);
  }
  std::uint32_t quotient = 0;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    bool const fits = !over.Less(*step);
    if (fits) over.Subtract(*step);
    quotient = quotient * 2 + (fits ? 1 : 0);
  }
  bool const exact = over.Bits() == 0;
  over.Double(1);
  bool const at_least_half = !over.Less(under);
  bool const half = at_least_half && !under.Less(over);
  if (quotient < (std::uint32_t{1} << 24)) {
    if (at_least_half && (!half || quotient % 2 != 0)) ++quotient;
    return std::ldexp(static_cast<float>(quotient), unit);
  }
  // One bit too many: it decides, and what is behind it only whether it stands alone.
  bool const up = quotient % 2 != 0 && (!exact || quotient % 4 == 3);
  return std::ldexp(static_cast<float>(quotient / 2 + (up ? 1 : 0)), unit + 1);
}

}  // namespace

float RoundDecimal(unsigned char const* begin, unsigned char const* end) {
  bool const negative = begin != end && *begin == '-';
  auto decimal = ReadDecimal(negative ? begin + 1 : begin, end);
  float value = 0;
  std::int64_t const magnitude = decimal.count + decimal.exponent;  // below 10^magnitude
  if (decimal.count != 0 && magnitude > 40) {
    value = std::numeric_limits<float>::infinity();
  } else if (decimal.count != 0 && magnitude > -50) {
    BigNumber under;
    under.MultiplyAdd(1, 1);
    auto const exponent = static_cast<int>(decimal.exponent);
    decimal.digits.TimesTenTo(std::max(exponent, 0));
    under.TimesTenTo(std::max(-exponent, 0));
    value = Divide(std::move(decimal.digits), std::move(under));
  }
  return negative ? -value : value;
}

}  // namespace model
