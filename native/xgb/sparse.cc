#include "xgb/sparse.h"

#include <cstring>
#include <limits>

#include "failure.h"
#include "xgb/library.h"

namespace xgb {
namespace {

template <class T, class Out>
void CopyAs(ArrayView const& array, char const* name, std::uint64_t limit, std::vector<Out>* out) {
  std::uint64_t const count = array.shape[0];
  out->resize(count);
  auto const* bytes = static_cast<unsigned char const*>(array.data);
  for (std::uint64_t i = 0; i < count; ++i) {
    T value{};
    std::memcpy(&value, bytes + i * sizeof(T), sizeof(T));
    // A negative number becomes larger than any limit.
    auto const index = static_cast<std::uint64_t>(value);
    if (index >= limit) {
      throw Failure{FailureKind::kData, std::string{name} + "[" + std::to_string(i) + "] is " +
                                            std::to_string(value) + ", expected 0 to " +
                                            std::to_string(limit - 1)};
    }
    (*out)[i] = static_cast<Out>(index);
  }
}

template <class Out>
void CopyIndex(ArrayView const& array, char const* name, std::uint64_t limit,
               std::vector<Out>* out) {
  switch (array.element) {
    case Element::kI1:
      return CopyAs<std::int8_t>(array, name, limit, out);
    case Element::kU1:
      return CopyAs<std::uint8_t>(array, name, limit, out);
    case Element::kI2:
      return CopyAs<std::int16_t>(array, name, limit, out);
    case Element::kU2:
      return CopyAs<std::uint16_t>(array, name, limit, out);
    case Element::kI4:
      return CopyAs<std::int32_t>(array, name, limit, out);
    case Element::kU4:
      return CopyAs<std::uint32_t>(array, name, limit, out);
    case Element::kI8:
      return CopyAs<std::int64_t>(array, name, limit, out);
    case Element::kU8:
      return CopyAs<std::uint64_t>(array, name, limit, out);
    case Element::kF2:
    case Element::kF4:
    case Element::kF8:
      break;
  }
  throw Failure{FailureKind::kData, std::string{name} + " must be a typed array of integers"};
}

}  // namespace

void SparseIndex::Build(Sparse const& sparse) {
  std::uint64_t const stored = sparse.values.shape[0];
  if (sparse.indices.shape[0] != stored) {
    throw Failure{FailureKind::kData, "indices has " + std::to_string(sparse.indices.shape[0]) +
                                          " entries, but values has " + std::to_string(stored)};
  }
  CopyIndex(sparse.indptr, "indptr", stored + 1, &indptr);
  if (indptr.empty() || indptr.front() != 0 || indptr.back() != stored) {
    throw Failure{FailureKind::kData, "indptr must start at 0 and end at the number of values, " +
                                          std::to_string(stored)};
  }
  for (std::size_t i = 1; i < indptr.size(); ++i) {
    if (indptr[i] < indptr[i - 1]) {
      throw Failure{FailureKind::kData, "indptr decreases at position " + std::to_string(i)};
    }
  }
  if (sparse.count > std::numeric_limits<std::uint32_t>::max()) {
    throw Failure{FailureKind::kData, "a sparse matrix has at most 2^32 - 1 columns or rows"};
  }
  CopyIndex(sparse.indices, "indices", sparse.count, &indices);
}

void SparseText::Build(Sparse const& sparse) {
  index_.Build(sparse);
  auto const& [indptr, indices] = index_;
  count_ = sparse.count;
  indptr_ = ToJson({indptr.data(), indptr.size() * 8, Element::kU8, {indptr.size()}, {}});
  indices_ = ToJson({indices.data(), indices.size() * 4, Element::kU4, {indices.size()}, {}});
  if (sparse.values.element == Element::kF2 && !IsCudaBuild()) {
    wide_ = Widen(sparse.values);
    values_ = ToJson(wide_.View());
  } else {
    values_ = ToJson(sparse.values);
  }
}

}  // namespace xgb
