#include "model/number.h"

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>

#include "model/decimal.h"

namespace model {
namespace {

using Byte = unsigned char;

bool IsDigit(Byte byte) { return byte >= '0' && byte <= '9'; }

/** Skips the word if it stands here. */
bool Skip(Byte const** at, Byte const* end, char const* word) {
  std::size_t const length = std::strlen(word);
  if (static_cast<std::size_t>(end - *at) < length || std::memcmp(*at, word, length) != 0) {
    return false;
  }
  *at += length;
  return true;
}

/**
 * `digits * 10^exponent`, exactly rounded, when two exact doubles and one operation give it: then
 * the double is correctly rounded, and rounding it again to float32 is only wrong where it landed
 * on the middle between two floats.
 */
bool RoundFast(std::uint64_t digits, int exponent, float* out) {
  static constexpr double kPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                       1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  if (digits >= (std::uint64_t{1} << 53) || exponent < -22 || exponent > 22) return false;
  auto const exact = static_cast<double>(digits);
  double const value = exponent < 0 ? exact / kPowers[-exponent] : exact * kPowers[exponent];
  if (digits == 0) {
    *out = 0;
    return true;
  }
  if (value < std::numeric_limits<float>::min() || value > std::numeric_limits<float>::max()) {
    return false;
  }
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  constexpr std::uint64_t kBelowFloat = (std::uint64_t{1} << 29) - 1;
  if ((bits & kBelowFloat) == (std::uint64_t{1} << 28)) return false;
  *out = static_cast<float>(value);
  return true;
}

/** The digits before and after the point as one number, until they stop fitting. */
struct Digits {
  std::uint64_t value = 0;
  bool fits = true;

  void Add(Byte digit) {
    constexpr std::uint64_t kRoom = (std::numeric_limits<std::uint64_t>::max() - 9) / 10;
    if (value > kRoom) fits = false;
    if (fits) value = value * 10 + (digit - '0');
  }
};

}  // namespace

bool ReadNumber(Byte const** at, Byte const* end, Number* out) {
  Byte const* const begin = *at;
  *out = Number{};
  if (Skip(at, end, "NaN")) {
    out->real = std::numeric_limits<float>::quiet_NaN();
    return true;
  }
  bool const negative = Skip(at, end, "-");
  if (Skip(at, end, "Infinity")) {
    out->real = std::numeric_limits<float>::infinity() * (negative ? -1.0F : 1.0F);
    return true;
  }
  if (*at == end || !IsDigit(**at)) return false;
  Digits digits;
  while (*at != end && IsDigit(**at)) digits.Add(*(*at)++);
  bool is_integer = true;
  int exponent = 0;
  if (*at != end && **at == '.') {
    is_integer = false;
    for (++*at; *at != end && IsDigit(**at); ++*at) {
      digits.Add(**at);
      --exponent;
    }
  }
  if (*at != end && (**at == 'e' || **at == 'E')) {
    is_integer = false;
    ++*at;
    bool const down = Skip(at, end, "-");
    if (!down) Skip(at, end, "+");
    if (*at == end || !IsDigit(**at)) return false;
    int power = 0;
    for (; *at != end && IsDigit(**at); ++*at) {
      if (power < 100000) power = power * 10 + (**at - '0');
    }
    exponent += down ? -power : power;
  }
  if (is_integer && digits.fits &&
      digits.value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    out->is_integer = true;
    auto const value = static_cast<std::int64_t>(digits.value);
    out->integer = negative ? -value : value;
  }
  if (digits.fits && RoundFast(digits.value, exponent, &out->real)) {
    if (negative) out->real = -out->real;
  } else {
    out->real = RoundDecimal(begin, *at);
  }
  return true;
}

bool ReadNumbers(std::string const& text, std::vector<float>* out) {
  out->clear();
  auto const* at = reinterpret_cast<Byte const*>(text.data());
  Byte const* const end = at + text.size();
  auto const skip_spaces = [&] {
    while (at != end && *at == ' ') ++at;
  };
  skip_spaces();
  bool const is_list = Skip(&at, end, "[");
  Number number;
  do {
    skip_spaces();
    if (!ReadNumber(&at, end, &number)) return false;
    out->push_back(number.real);
    skip_spaces();
  } while (is_list && Skip(&at, end, ","));
  if (is_list && !Skip(&at, end, "]")) return false;
  skip_spaces();
  return at == end;
}

std::string ToText(float value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*E", std::numeric_limits<float>::max_digits10 - 1,
                static_cast<double>(value));
  // The locale of the process may have another point: one of ours stands behind the first digit.
  std::string plain;
  bool pointed = false;
  for (char const* at = text; *at != '\0'; ++at) {
    bool const digit = IsDigit(static_cast<Byte>(*at));
    if (!digit && *at != '-' && *at != '+' && (*at < 'A' || *at > 'Z')) continue;
    plain += *at;
    if (digit && !pointed) plain += '.';
    pointed = pointed || digit;
  }
  return plain;
}

}  // namespace model
