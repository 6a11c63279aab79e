// What a kernel is to the engine. A kernel adds trees to margins that already hold their start.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "forest/reader.h"

namespace forest {

/** Trees [begin, end), in model order. */
struct TreeRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/** One row at a time, as soon as possible. */
class RowKernel {
 public:
  virtual ~RowKernel() = default;
  /** `row`: NaN for missing. `margins`: one per output. */
  virtual void Add(float const* row, TreeRange trees, float* margins) const noexcept = 0;
  virtual std::string Name() const = 0;
  virtual std::size_t Bytes() const = 0;
  /** Measured on one machine: good for comparing kernels. */
  virtual double NanosecondsPerRow() const = 0;
};

/** Many rows at once. */
class BlockKernel {
 public:
  virtual ~BlockKernel() = default;
  /** Rows that cost no more than one, so that work is cut in multiples of it. */
  virtual std::size_t BlockRows() const = 0;
  /** Adds to the margins of up to BlockRows() rows from `begin`: `margins` is row-major. */
  virtual void Add(Reader const& reader, std::uint64_t begin, std::size_t rows, TreeRange trees,
                   float* margins) const = 0;
  virtual std::string Name() const = 0;
  virtual std::size_t Bytes() const = 0;
  /** For so many rows of one block. */
  virtual double Nanoseconds(std::size_t rows) const = 0;
};

}  // namespace forest
