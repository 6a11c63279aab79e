// Decimal text to float32, rounded exactly, however long the text is.
#pragma once

namespace model {

/**
 * The float nearest to the JSON number in [begin, end), ties to even; infinity when it is too
 * large. For what a double cannot decide: slow, and without a stream or the C library, whose
 * answers depend on the locale and on who wrote them.
 */
float RoundDecimal(unsigned char const* begin, unsigned char const* end);

}  // namespace model
