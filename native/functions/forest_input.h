// From what JavaScript describes to what the forest engine reads, in place wherever that is safe.
#pragma once

#include <cstdint>
#include <deque>
#include <variant>
#include <vector>

#include "forest/input.h"
#include "xgb/array_interface.h"
#include "xgb/columns.h"
#include "xgb/sparse.h"

namespace functions {

/** A table of one of three forms; all borrowed. */
using ForestTable = std::variant<xgb::ArrayView, std::vector<xgb::Column>, xgb::Sparse>;

/** Some rows of a table whose columns lie in one piece each. */
struct Segment {
  std::uint64_t begin = 0;  // its first row in the table
  forest::Input input;
};

/**
 * A table as the engine reads it. Copied are only the codes of categories, which are checked in the
 * copy, and the positions of sparse rows. Batches become segments: their borders need not be the
 * same in all columns.
 */
class ForestInput {
 public:
  /** A Failure when columns differ in length, a code lies outside its dictionary, or an index
   * outside its matrix. */
  explicit ForestInput(ForestTable const& table);

  std::uint64_t Rows() const { return rows_; }
  std::vector<Segment> const& Segments() const { return segments_; }

 private:
  void Read(xgb::ArrayView const& matrix);
  void Read(std::vector<xgb::Column> const& columns);
  void Read(xgb::Sparse const& sparse);

  std::uint64_t rows_ = 0;
  std::vector<Segment> segments_;
  std::deque<std::vector<std::int32_t>> codes_;
  std::deque<std::vector<std::uint8_t>> masks_;
  xgb::SparseIndex index_;
};

}  // namespace functions
