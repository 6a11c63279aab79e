// The forms of data a forest reads in place: dense rows, columns, sparse rows.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

namespace forest {

/** Little-endian, aligned or not. Values are cast to float32 before anything else, as XGBoost does.
 * kBit: packed booleans, the lowest bit first. */
enum class ElementType : std::uint8_t {
  kF2,
  kF4,
  kF8,
  kI1,
  kI2,
  kI4,
  kI8,
  kU1,
  kU2,
  kU4,
  kU8,
  kBit
};

/** Bytes per element; 0 for kBit. */
std::size_t SizeOf(ElementType type);

/** A matrix with strides in bytes (any sign), so column-major data and slices fit too. Not kBit. */
struct DenseRows {
  void const* data = nullptr;
  ElementType type = ElementType::kF4;
  std::int64_t row_stride = 0;
  std::int64_t column_stride = 0;
};

/** One Arrow-like column of one batch. */
struct ColumnView {
  void const* values = nullptr;
  ElementType type = ElementType::kF4;
  /** In bytes; 0: the values are packed. Not for kBit. */
  std::int64_t stride = 0;
  /** kBit: the first bit. */
  std::uint64_t bit_offset = 0;
  /** A bit per row, 0: missing. Null: nothing is missing. */
  std::uint8_t const* validity = nullptr;
  std::uint64_t validity_offset = 0;
  /**
   * Dictionary codes: the model's code for each code of this batch, below 0: missing. The values
   * are integers then; one outside the table is missing too, so that codes which another thread
   * changes cannot read beyond it. Null: the values are numbers.
   */
  std::int32_t const* remap = nullptr;
  std::uint64_t remap_length = 0;
};

/** One column per feature. Their memory is the caller's. */
struct Columns {
  std::vector<ColumnView> columns;
};

/**
 * Compressed sparse rows; an absent entry is missing. Row r has the entries [indptr[r], indptr[r +
 * 1]). The caller has checked that indptr ascends within the entries and that each index is below
 * the number of columns; a later entry of the same cell wins.
 */
struct SparseRows {
  void const* indptr = nullptr;
  ElementType indptr_type = ElementType::kI8;  // kI4, kU4, kI8 or kU8
  void const* indices = nullptr;
  ElementType indices_type = ElementType::kI4;  // the same four
  void const* values = nullptr;
  ElementType values_type = ElementType::kF4;
};

struct Input {
  std::uint64_t rows = 0;
  std::uint64_t columns = 0;
  std::variant<DenseRows, Columns, SparseRows> data;
};

}  // namespace forest
