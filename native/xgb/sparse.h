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
 * Copies of `indptr` and `indices`, checked in the copy: indptr starts at 0, never decreases and
 * ends at the number of values; every index is below `count`.
 */
struct SparseIndex {
  std::vector<std::uint64_t> indptr;
  std::vector<std::uint32_t> indices;

  void Build(Sparse const& sparse);
};

/** The three texts of a sparse matrix. libxgboost checks no index and reads wherever they point, so
 * it gets the checked copies. */
class SparseText {
 public:
  void Build(Sparse const& sparse);
  char const* Indptr() const { return indptr_.c_str(); }
  char const* Indices() const { return indices_.c_str(); }
  char const* Values() const { return values_.c_str(); }
  std::uint64_t Count() const { return count_; }

 private:
  SparseIndex index_;
  OwnedArray wide_;
  std::string indptr_;
  std::string indices_;
  std::string values_;
  std::uint64_t count_ = 0;
};

}  // namespace xgb
