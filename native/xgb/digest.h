// Digests of data, to tell whether a batch is the one it was before.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "xgb/array_interface.h"

namespace xgb {

/** A digest of shape, type and every number of `array`; numbers whose bit in `mask` is 0 do not
 * count. Not cryptographic. */
std::uint64_t Digest(ArrayView const& array, std::uint8_t const* mask = nullptr);

/** What a batch holds: one digest for each part, such as `column 'age'`. */
struct BatchPrint {
  struct Part {
    std::string name;
    std::uint64_t digest = 0;
  };
  std::uint64_t rows = 0;
  std::vector<Part> parts;
};

/** Compares each pass over batches with the first one. Throws a Failure that says what differs. */
class PassComparison {
 public:
  void Rewind();
  void Batch(BatchPrint print);
  void End();

 private:
  std::vector<BatchPrint> first_;
  std::size_t at_ = 0;
  int pass_ = 0;
};

}  // namespace xgb
