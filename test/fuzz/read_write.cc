// libFuzzer's view of the reader: whatever it accepts must survive being written and read again, unchanged.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "failure.h"
#include "model/read.h"
#include "model/write.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t length) {
  std::string first;
  try {
    first = model::Write(model::Read(bytes, length));
  } catch (Failure const&) {
    return 0;
  }
  // Outside the net: a refusal of what we wrote ourselves is a finding.
  std::string const second = model::Write(model::Read(first.data(), first.size()));
  if (first != second) std::abort();
  return 0;
}
