#include "forest/reader.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

#include "forest/transpose.h"

namespace forest {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

/** The bits of an IEEE half. */
struct Half {
  std::uint16_t bits;
};

template <typename T>
T Load(char const* from) {
  T value;
  std::memcpy(&value, from, sizeof(T));
  return value;
}

float ToFloat(Half half) {
  auto const sign = static_cast<std::uint32_t>(half.bits & 0x8000u) << 16;
  auto const exponent = (half.bits >> 10) & 0x1fu;
  auto const fraction = half.bits & 0x3ffu;
  float magnitude;
  if (exponent == 0x1f) {
    magnitude = fraction == 0 ? std::numeric_limits<float>::infinity() : kNaN;
  } else if (exponent == 0) {
    magnitude = static_cast<float>(fraction) * 0x1p-24f;
  } else {
    magnitude = std::ldexp(static_cast<float>(fraction + 0x400u), static_cast<int>(exponent) - 25);
  }
  return sign != 0 ? -magnitude : magnitude;
}

template <typename T>
float ToFloat(T value) {
  return static_cast<float>(value);
}

template <typename T>
void Convert(char const* from, std::int64_t stride, std::size_t rows, float* out) {
  for (std::size_t r = 0; r < rows; ++r) {
    out[r] = ToFloat(Load<T>(from + static_cast<std::int64_t>(r) * stride));
  }
}

/** Calls `call` with a value of the C++ type that `type` stands for. */
template <typename Call>
void WithType(ElementType type, Call const& call) {
  switch (type) {
    case ElementType::kF2:
      return call(Half{});
    case ElementType::kF4:
      return call(float{});
    case ElementType::kF8:
      return call(double{});
    case ElementType::kI1:
      return call(std::int8_t{});
    case ElementType::kI2:
      return call(std::int16_t{});
    case ElementType::kI4:
      return call(std::int32_t{});
    case ElementType::kI8:
      return call(std::int64_t{});
    case ElementType::kU1:
      return call(std::uint8_t{});
    case ElementType::kU2:
      return call(std::uint16_t{});
    case ElementType::kU4:
      return call(std::uint32_t{});
    case ElementType::kU8:
      return call(std::uint64_t{});
    case ElementType::kBit:
      return;  // read by ReadBits
  }
}

void ConvertStrided(ElementType type, char const* from, std::int64_t stride, std::size_t rows,
                    float* out) {
  WithType(type, [&](auto sample) { Convert<decltype(sample)>(from, stride, rows, out); });
}

bool BitAt(void const* bits, std::uint64_t place) {
  return (static_cast<std::uint8_t const*>(bits)[place / 8] >> (place % 8) & 1) != 0;
}

template <typename T>
float Recoded(ColumnView const& column, T code) {
  if constexpr (std::is_integral_v<T>) {
    if (code < T{0} || static_cast<std::uint64_t>(code) >= column.remap_length) return kNaN;
    auto const known = column.remap[static_cast<std::size_t>(code)];
    return known < 0 ? kNaN : static_cast<float>(known);
  } else {
    return kNaN;
  }
}

void ReadColumn(ColumnView const& column, std::uint64_t begin, std::size_t rows, float* out) {
  if (column.type == ElementType::kBit) {
    for (std::size_t r = 0; r < rows; ++r) {
      out[r] = BitAt(column.values, column.bit_offset + begin + r) ? 1.0f : 0.0f;
    }
  } else {
    auto const size = static_cast<std::int64_t>(SizeOf(column.type));
    auto const stride = column.stride == 0 ? size : column.stride;
    auto const* from =
        static_cast<char const*>(column.values) + static_cast<std::int64_t>(begin) * stride;
    if (column.remap == nullptr) {
      ConvertStrided(column.type, from, stride, rows, out);
    } else {
      WithType(column.type, [&](auto sample) {
        for (std::size_t r = 0; r < rows; ++r) {
          auto const place = from + static_cast<std::int64_t>(r) * stride;
          out[r] = Recoded(column, Load<decltype(sample)>(place));
        }
      });
    }
  }
  if (column.validity == nullptr) return;
  for (std::size_t r = 0; r < rows; ++r) {
    if (!BitAt(column.validity, column.validity_offset + begin + r)) out[r] = kNaN;
  }
}

std::uint64_t IndexAt(void const* values, ElementType type, std::uint64_t place) {
  auto const* from = static_cast<char const*>(values) + place * SizeOf(type);
  std::uint64_t index = 0;
  WithType(type, [&](auto sample) {
    if constexpr (std::is_integral_v<decltype(sample)>) {
      index = static_cast<std::uint64_t>(Load<decltype(sample)>(from));
    }
  });
  return index;
}

float ValueAt(SparseRows const& sparse, std::uint64_t place) {
  float value = kNaN;
  auto const* from = static_cast<char const*>(sparse.values) + place * SizeOf(sparse.values_type);
  ConvertStrided(sparse.values_type, from, 0, 1, &value);
  return value;
}

}  // namespace

std::size_t SizeOf(ElementType type) {
  std::size_t size = 0;
  WithType(type, [&](auto sample) { size = sizeof(sample); });
  return size;
}

void Reader::DropMissing(float* values, std::size_t count) const {
  if (std::isnan(missing_)) return;
  for (std::size_t i = 0; i < count; ++i) {
    if (values[i] == missing_) values[i] = kNaN;
  }
}

float const* Reader::InPlace(std::uint32_t feature, std::uint64_t begin) const {
  if (!std::isnan(missing_)) return nullptr;
  auto const aligned = [](char const* from) -> float const* {
    if (reinterpret_cast<std::uintptr_t>(from) % alignof(float) != 0) return nullptr;
    return reinterpret_cast<float const*>(from);
  };
  if (auto const* columns = std::get_if<Columns>(&input_.data)) {
    auto const& column = columns->columns[feature];
    if (column.type != ElementType::kF4 || column.validity != nullptr || column.remap != nullptr ||
        (column.stride != 0 && column.stride != 4)) {
      return nullptr;
    }
    return aligned(static_cast<char const*>(column.values) + begin * 4);
  }
  auto const* dense = std::get_if<DenseRows>(&input_.data);
  if (dense == nullptr || dense->type != ElementType::kF4 || dense->row_stride != 4) return nullptr;
  return aligned(static_cast<char const*>(dense->data) +
                 static_cast<std::int64_t>(feature) * dense->column_stride +
                 static_cast<std::int64_t>(begin) * 4);
}

void Reader::ReadDense(DenseRows const& dense, std::uint32_t const* features, std::uint32_t count,
                       std::uint64_t begin, std::size_t rows, float* out,
                       std::size_t stride) const {
  auto const* first =
      static_cast<char const*>(dense.data) + static_cast<std::int64_t>(begin) * dense.row_stride;
  bool const packed = dense.type == ElementType::kF4 && dense.column_stride == 4;
  for (std::uint32_t i = 0; i < count;) {
    auto const* from = first + static_cast<std::int64_t>(features[i]) * dense.column_stride;
    if (packed && i + 4 <= count && features[i + 3] == features[i] + 3) {
      TransposeFour(from, dense.row_stride, rows, out + i * stride, stride);
      i += 4;
    } else {
      ConvertStrided(dense.type, from, dense.row_stride, rows, out + i * stride);
      i += 1;
    }
  }
}

void Reader::ReadSparse(SparseRows const& sparse, std::uint32_t const* features,
                        std::uint32_t count, std::uint64_t begin, std::size_t rows, float* out,
                        std::size_t stride) const {
  for (std::uint32_t i = 0; i < count; ++i) {
    std::fill_n(out + i * stride, rows, kNaN);
  }
  for (std::size_t r = 0; r < rows; ++r) {
    auto const from = IndexAt(sparse.indptr, sparse.indptr_type, begin + r);
    auto const to = IndexAt(sparse.indptr, sparse.indptr_type, begin + r + 1);
    for (auto place = from; place < to; ++place) {
      auto const feature = IndexAt(sparse.indices, sparse.indices_type, place);
      auto const* found = std::lower_bound(features, features + count, feature);
      if (found == features + count || *found != feature) continue;
      out[static_cast<std::size_t>(found - features) * stride + r] = ValueAt(sparse, place);
    }
  }
}

void Reader::ReadFeatures(std::uint32_t const* features, std::uint32_t count, std::uint64_t begin,
                          std::size_t rows, float* out, std::size_t stride) const {
  if (auto const* dense = std::get_if<DenseRows>(&input_.data)) {
    ReadDense(*dense, features, count, begin, rows, out, stride);
  } else if (auto const* sparse = std::get_if<SparseRows>(&input_.data)) {
    ReadSparse(*sparse, features, count, begin, rows, out, stride);
  } else {
    auto const& columns = std::get<Columns>(input_.data).columns;
    for (std::uint32_t i = 0; i < count; ++i) {
      ReadColumn(columns[features[i]], begin, rows, out + i * stride);
    }
  }
  for (std::uint32_t i = 0; i < count; ++i) DropMissing(out + i * stride, rows);
}

void Reader::ReadRow(std::uint64_t row, float* out) const {
  auto const columns = static_cast<std::size_t>(input_.columns);
  if (auto const* dense = std::get_if<DenseRows>(&input_.data)) {
    auto const* from =
        static_cast<char const*>(dense->data) + static_cast<std::int64_t>(row) * dense->row_stride;
    ConvertStrided(dense->type, from, dense->column_stride, columns, out);
  } else if (auto const* sparse = std::get_if<SparseRows>(&input_.data)) {
    std::fill_n(out, columns, kNaN);
    auto const to = IndexAt(sparse->indptr, sparse->indptr_type, row + 1);
    for (auto place = IndexAt(sparse->indptr, sparse->indptr_type, row); place < to; ++place) {
      auto const feature = IndexAt(sparse->indices, sparse->indices_type, place);
      if (feature < columns) out[feature] = ValueAt(*sparse, place);
    }
  } else {
    auto const& views = std::get<Columns>(input_.data).columns;
    for (std::size_t c = 0; c < columns; ++c) ReadColumn(views[c], row, 1, out + c);
  }
  DropMissing(out, columns);
}

}  // namespace forest
