#include "model/utf8.h"

namespace model {

bool IsUtf8(char const* text, std::size_t length) {
  auto const* bytes = reinterpret_cast<unsigned char const*>(text);
  for (std::size_t i = 0; i < length;) {
    unsigned char const first = bytes[i];
    if (first < 0x80) {
      ++i;
      continue;
    }
    std::size_t const count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || length - i < count) return false;
    for (std::size_t k = 1; k < count; ++k) {
      if ((bytes[i + k] & 0xC0) != 0x80) return false;
    }
    unsigned char const second = bytes[i + 1];
    bool const overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    bool const surrogate = first == 0xED && second >= 0xA0;
    bool const too_large = first == 0xF4 && second >= 0x90;
    if (overlong || surrogate || too_large) return false;
    i += count;
  }
  return true;
}

}  // namespace model
