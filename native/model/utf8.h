#pragma once

#include <cstddef>

namespace model {

/** Whether the bytes are UTF-8 as RFC 3629 has it: no overlong forms, no surrogates. */
bool IsUtf8(char const* text, std::size_t length);

}  // namespace model
