#include "forest/scratch.h"

#include <vector>

namespace forest {

std::uint8_t* ThreadScratch(std::size_t bytes) {
  constexpr std::size_t kAlignment = 64;
  static thread_local std::vector<std::uint8_t> memory;
  if (memory.size() < bytes + kAlignment) memory.resize(bytes + kAlignment);
  auto const address = reinterpret_cast<std::uintptr_t>(memory.data());
  return memory.data() + (kAlignment - address % kAlignment) % kAlignment;
}

}  // namespace forest
