// Memory of the calling thread, kept for its next call: predictions allocate once.
#pragma once

#include <cstddef>
#include <cstdint>

namespace forest {

/** At least `bytes`, 64-byte aligned, with whatever the last call left in it; valid until the
 * thread calls this again. */
std::uint8_t* ThreadScratch(std::size_t bytes);

/** `bytes` rounded up to whole cache lines. */
inline std::size_t Lines(std::size_t bytes) { return (bytes + 63) / 64 * 64; }

}  // namespace forest
