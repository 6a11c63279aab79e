// Reads a caller's data as float32, feature by feature or row by row, NaN for missing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <variant>

#include "forest/input.h"

namespace forest {

/** Borrows the input. */
class Reader {
 public:
  Reader(Input const& input, float missing) : input_{input}, missing_{missing} {}

  /**
   * Values of `count` features, ascending, for rows [begin, begin + rows): feature i's values go to
   * `out + i * stride`.
   */
  void ReadFeatures(std::uint32_t const* features, std::uint32_t count, std::uint64_t begin,
                    std::size_t rows, float* out, std::size_t stride) const;

  /** The values of one feature where they stand, or null when they must be read. */
  float const* InPlace(std::uint32_t feature, std::uint64_t begin) const;

  /** Sparse rows: each reading looks at every entry, so all features should be read at once. */
  bool ReadsAllAtOnce() const { return std::holds_alternative<SparseRows>(input_.data); }

  /** All values of one row. */
  void ReadRow(std::uint64_t row, float* out) const;

 private:
  void ReadDense(DenseRows const& dense, std::uint32_t const* features, std::uint32_t count,
                 std::uint64_t begin, std::size_t rows, float* out, std::size_t stride) const;
  void ReadSparse(SparseRows const& sparse, std::uint32_t const* features, std::uint32_t count,
                  std::uint64_t begin, std::size_t rows, float* out, std::size_t stride) const;
  void DropMissing(float* values, std::size_t count) const;

  Input const& input_;
  float missing_;
};

}  // namespace forest
