// Arrow-like columns, made ready for libxgboost: one address per column, and no bit offsets.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "xgb/array_interface.h"

namespace xgb {

enum class ColumnKind { kNumber, kBool, kHalf, kCategory };

/** One batch of a column, borrowed. */
struct Chunk {
  ArrayView values;                        // kBool: the bits, as bytes
  std::uint64_t length = 0;                // rows
  std::uint64_t bit_offset = 0;            // kBool: first bit in values
  std::uint8_t const* validity = nullptr;  // null: nothing is missing
  std::uint64_t validity_bytes = 0;
  std::uint64_t validity_offset = 0;  // bits
  std::int32_t const* remap =
      nullptr;  // kCategory: this batch's code -> the column's code, -1 missing
  std::uint64_t remap_length = 0;
};

struct Column {
  std::string name;
  ColumnKind kind = ColumnKind::kNumber;
  std::vector<Chunk> chunks;
  bool names = false;    // kCategory: categories are names
  ArrayView offsets;     // names only: int32, one more than categories
  ArrayView categories;  // UTF-8 bytes, or integers
};

/** Checks each length against its buffer. JS thread, before anything is queued. Throws a Failure
 * naming the column. */
void CheckColumn(Column const& column);

/** Rows of all batches together. */
std::uint64_t CountRows(Column const& column);

/**
 * kCategory: copies the codes, mapped to the column's categories, and sets the bit in `mask` (all 0
 * before) of each that is not missing. Returns whether any is missing. A Failure for a code outside
 * its dictionary.
 */
bool CopyCodes(Column const& column, std::int32_t* codes, std::uint8_t* mask);

/**
 * Makes the columnar text of `columns`. What libxgboost can read in place is named in place; the
 * rest is copied into memory this object owns (many batches, bits with an offset, Bool, float16 on
 * the CPU build, every dictionary code: codes are used as an index, so they are copied first and
 * checked in the copy).
 */
class ColumnarText {
 public:
  void Build(std::vector<Column> const& columns);
  char const* Text() const { return text_.c_str(); }

  /** The numbers of one column as libxgboost reads them; `mask` is null when nothing is missing. */
  struct Part {
    ArrayView values;
    std::uint8_t const* mask = nullptr;
  };
  /** As many as columns, in their order. */
  std::vector<Part> const& Parts() const { return parts_; }

 private:
  void Append(Column const& column);
  ArrayView Values(Column const& column, std::uint8_t const** mask);
  std::uint8_t* NewBytes(std::size_t size);

  std::deque<std::vector<std::uint64_t>> owned_;  // 8-byte units: every type is aligned
  std::vector<Part> parts_;
  std::string text_;
};

}  // namespace xgb
