// Compressed sparse matrices, checked before libxgboost uses their numbers as addresses.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "xgb/array_interface.h"

namespace xgb {

/** Rows compressed (count = columns) or columns compressed (count = rows); all borrowed. */
struct Sparse {
  ArrayView indptr;
  ArrayView indices;
  ArrayView values;
  std::uint64_t count = 0;
};

/**
 * The three texts of a sparse matrix. `indptr` and `indices` are copied first and checked in the
 * copy: indptr starts at 0, never decreases and ends at the number of values; every index is below
 * `count`. libxgboost checks none of this and reads wherever they point.
 */
class SparseText {
 public:
  void Build(Sparse const& sparse);
  char const* Indptr() const { return indptr_.c_str(); }
  char const* Indices() const { return indices_.c_str(); }
  char const* Values() const { return values_.c_str(); }
  std::uint64_t Count() const { return count_; }

 private:
  std::vector<std::uint64_t> indptr_copy_;
  std::vector<std::uint32_t> indices_copy_;
  OwnedArray wide_;
  std::string indptr_;
  std::string indices_;
  std::string values_;
  std::uint64_t count_ = 0;
};

}  // namespace xgb
