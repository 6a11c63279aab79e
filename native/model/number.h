// Numbers as text, rounded as libxgboost rounds them: to the nearest float32, ties to even,
// whatever the locale.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace model {

/**
 * Reads one JSON number from `at` and leaves `at` behind it. `NaN`, `Infinity` and `-Infinity`
 * count. False when there is none. `is_integer` tells whether it has neither fraction nor exponent
 * and fits 64 bits, and then `integer` is it.
 */
struct Number {
  float real = 0;
  std::int64_t integer = 0;
  bool is_integer = false;
};
bool ReadNumber(unsigned char const** at, unsigned char const* end, Number* out);

/** A number, or a list of numbers in brackets; false when the text is neither. */
bool ReadNumbers(std::string const& text, std::vector<float>* out);

/** A text from which every reader that rounds correctly gets this float back. */
std::string ToText(float value);

}  // namespace model
