#include "xgb/columns.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "failure.h"
#include "xgb/library.h"

namespace xgb {
namespace {

bool Bit(std::uint8_t const* bits, std::uint64_t index) {
  return ((bits[index >> 3] >> (index & 7)) & 1u) != 0;
}

void CheckBits(std::uint64_t bytes, std::uint64_t offset, std::uint64_t length,
               std::string const& name) {
  std::uint64_t const available =
      bytes > std::numeric_limits<std::uint64_t>::max() / 8 ? bytes : bytes * 8;
  if (offset <= available && length <= available - offset) return;
  throw Failure{FailureKind::kRange, "column '" + name + "': a bitmap of " + std::to_string(bytes) +
                                         " bytes is too short for " + std::to_string(length) +
                                         " rows from bit " + std::to_string(offset)};
}

/** Copies `length` bits from bit `offset` on to bit `at` of `target`, whose bits there are still 0.
 */
void CopyBits(std::uint8_t const* source, std::uint64_t offset, std::uint64_t length,
              std::uint8_t* target, std::uint64_t at) {
  std::uint64_t i = 0;
  if (at % 8 == 0) {
    auto const shift = static_cast<unsigned>(offset & 7);
    std::uint8_t const* from = source + (offset >> 3);
    std::uint8_t* to = target + (at >> 3);
    for (; i + 8 <= length; i += 8, ++from, ++to) {
      // The second byte exists whenever the shift is not 0: bits up to offset + i + 7 are inside
      // the bitmap.
      unsigned const wide = shift == 0 ? *from : static_cast<unsigned>(*from | (from[1] << 8));
      *to = static_cast<std::uint8_t>(wide >> shift);
    }
  }
  for (; i < length; ++i) {
    auto const set = static_cast<unsigned>(Bit(source, offset + i));
    target[(at + i) >> 3] =
        static_cast<std::uint8_t>(target[(at + i) >> 3] | (set << ((at + i) & 7)));
  }
}

void SetBits(std::uint8_t* target, std::uint64_t at, std::uint64_t length) {
  std::uint64_t i = 0;
  for (; i < length && ((at + i) & 7) != 0; ++i) {
    target[(at + i) >> 3] =
        static_cast<std::uint8_t>(target[(at + i) >> 3] | (1u << ((at + i) & 7)));
  }
  std::uint64_t const whole = (length - i) / 8;
  std::memset(target + ((at + i) >> 3), 0xff, whole);
  for (i += whole * 8; i < length; ++i) {
    target[(at + i) >> 3] =
        static_cast<std::uint8_t>(target[(at + i) >> 3] | (1u << ((at + i) & 7)));
  }
}

template <class T>
std::int64_t CodeAt(void const* data, std::uint64_t index) {
  T code{};
  std::memcpy(&code, static_cast<unsigned char const*>(data) + index * sizeof(T), sizeof(T));
  if constexpr (sizeof(T) == 8) {
    return code > static_cast<T>(std::numeric_limits<std::int64_t>::max())
               ? std::int64_t{-2}
               : static_cast<std::int64_t>(code);
  } else {
    return static_cast<std::int64_t>(code);
  }
}

std::int64_t CodeAt(ArrayView const& codes, std::uint64_t index) {
  switch (codes.element) {
    case Element::kI1:
      return CodeAt<std::int8_t>(codes.data, index);
    case Element::kU1:
      return CodeAt<std::uint8_t>(codes.data, index);
    case Element::kI2:
      return CodeAt<std::int16_t>(codes.data, index);
    case Element::kU2:
      return CodeAt<std::uint16_t>(codes.data, index);
    case Element::kI4:
      return CodeAt<std::int32_t>(codes.data, index);
    case Element::kU4:
      return CodeAt<std::uint32_t>(codes.data, index);
    case Element::kI8:
      return CodeAt<std::int64_t>(codes.data, index);
    case Element::kU8:
      return CodeAt<std::uint64_t>(codes.data, index);
    case Element::kF2:
    case Element::kF4:
    case Element::kF8:
      break;
  }
  throw Failure{FailureKind::kData, "dictionary codes must be integers"};
}

std::uint64_t CountCategories(Column const& column) {
  auto const& shape = column.names ? column.offsets.shape : column.categories.shape;
  std::uint64_t const entries = shape.empty() ? 0 : shape[0];
  return column.names ? (entries == 0 ? 0 : entries - 1) : entries;
}

void CheckOffsets(Column const& column, std::int32_t const* offsets) {
  std::uint64_t const entries = column.offsets.shape[0];
  bool sound = entries >= 1 && offsets[0] == 0;
  for (std::uint64_t i = 1; sound && i < entries; ++i) sound = offsets[i] >= offsets[i - 1];
  if (sound && static_cast<std::uint64_t>(offsets[entries - 1]) <= column.categories.shape[0])
    return;
  throw Failure{FailureKind::kData, "column '" + column.name +
                                        "': the offsets of its categories do not fit their bytes"};
}

}  // namespace

std::uint64_t CountRows(Column const& column) {
  std::uint64_t rows = 0;
  for (auto const& chunk : column.chunks) rows += chunk.length;
  return rows;
}

bool CopyCodes(Column const& column, std::int32_t* codes, std::uint8_t* mask) {
  auto const count = static_cast<std::int64_t>(CountCategories(column));
  bool missing = false;
  std::uint64_t row = 0;
  for (auto const& chunk : column.chunks) {
    for (std::uint64_t i = 0; i < chunk.length; ++i, ++row) {
      std::int64_t code = -1;
      bool const valid =
          chunk.validity == nullptr || Bit(chunk.validity, chunk.validity_offset + i);
      if (valid) {
        code = CodeAt(chunk.values, i);
        if (chunk.remap != nullptr && code >= 0 &&
            code < static_cast<std::int64_t>(chunk.remap_length)) {
          code = chunk.remap[code];
        } else if (chunk.remap != nullptr || code < 0) {
          code = count;  // outside the batch's own dictionary
        }
        if (code >= count || code < -1) {
          throw Failure{FailureKind::kData,
                        "column '" + column.name + "': row " + std::to_string(row) +
                            " holds a dictionary code outside its dictionary of " +
                            std::to_string(count) + " categories"};
        }
      }
      codes[row] = code < 0 ? 0 : static_cast<std::int32_t>(code);
      if (code < 0) {
        missing = true;
      } else {
        mask[row >> 3] = static_cast<std::uint8_t>(mask[row >> 3] | (1u << (row & 7)));
      }
    }
  }
  return missing;
}

void CheckColumn(Column const& column) {
  for (auto const& chunk : column.chunks) {
    if (column.kind == ColumnKind::kBool) {
      CheckBits(chunk.values.bytes, chunk.bit_offset, chunk.length, column.name);
    } else {
      CheckExtent(chunk.values, column.name.c_str());
    }
    if (chunk.validity != nullptr) {
      CheckBits(chunk.validity_bytes, chunk.validity_offset, chunk.length, column.name);
    }
    if (chunk.values.element != column.chunks.front().values.element &&
        column.kind != ColumnKind::kCategory) {
      throw Failure{FailureKind::kData,
                    "column '" + column.name + "': its batches have different types"};
    }
  }
}

std::uint8_t* ColumnarText::NewBytes(std::size_t size) {
  return reinterpret_cast<std::uint8_t*>(owned_.emplace_back(size / 8 + 1, 0).data());
}

ArrayView ColumnarText::Values(Column const& column, std::uint8_t const** mask) {
  std::uint64_t const rows = CountRows(column);
  bool const category = column.kind == ColumnKind::kCategory;
  bool const widen = column.kind == ColumnKind::kHalf && !IsCudaBuild();
  bool const nullable = std::any_of(column.chunks.begin(), column.chunks.end(),
                                    [](Chunk const& chunk) { return chunk.validity != nullptr; });
  if (category) {
    auto* codes = reinterpret_cast<std::int32_t*>(NewBytes(rows * sizeof(std::int32_t)));
    std::uint8_t* bits = NewBytes(rows / 8 + 1);
    if (CopyCodes(column, codes, bits)) *mask = bits;
    return ArrayView{codes, rows * sizeof(std::int32_t), Element::kI4, {rows}, {}};
  }
  if (nullable) {
    auto const& first = column.chunks.front();
    if (column.chunks.size() == 1 && first.validity_offset % 8 == 0) {
      *mask = first.validity + first.validity_offset / 8;
    } else {
      std::uint8_t* bits = NewBytes(rows / 8 + 1);
      std::uint64_t row = 0;
      for (auto const& chunk : column.chunks) {
        if (chunk.validity == nullptr) {
          SetBits(bits, row, chunk.length);
        } else {
          CopyBits(chunk.validity, chunk.validity_offset, chunk.length, bits, row);
        }
        row += chunk.length;
      }
      *mask = bits;
    }
  }
  if (column.kind == ColumnKind::kBool) {
    std::uint8_t* bytes = NewBytes(rows);
    std::uint64_t row = 0;
    for (auto const& chunk : column.chunks) {
      auto const* bits = static_cast<std::uint8_t const*>(chunk.values.data);
      for (std::uint64_t i = 0; i < chunk.length; ++i)
        bytes[row++] = Bit(bits, chunk.bit_offset + i) ? 1 : 0;
    }
    return ArrayView{bytes, rows, Element::kI1, {rows}, {}};
  }
  if (column.chunks.size() == 1 && !widen) return column.chunks.front().values;
  Element const element =
      column.chunks.empty() ? Element::kF4 : column.chunks.front().values.element;
  std::size_t const size = widen ? sizeof(float) : InfoOf(element).size;
  std::uint8_t* bytes = NewBytes(rows * size);
  std::uint8_t* at = bytes;
  for (auto const& chunk : column.chunks) {
    if (widen) {
      auto const wide = Widen(chunk.values);
      if (!wide.bytes.empty()) std::memcpy(at, wide.bytes.data(), wide.bytes.size());
    } else if (chunk.length != 0) {
      std::memcpy(at, chunk.values.data, chunk.length * size);
    }
    at += chunk.length * size;
  }
  return ArrayView{bytes, rows * size, widen ? Element::kF4 : element, {rows}, {}};
}

void ColumnarText::Append(Column const& column) {
  std::uint8_t const* mask = nullptr;
  auto const values = Values(column, &mask);
  auto const interface = ToJson(values, mask);
  parts_.push_back({values, mask});
  if (column.kind != ColumnKind::kCategory) {
    text_ += interface;
    return;
  }
  auto categories = column.categories;
  text_ += '[';
  if (column.names) {
    // Copied before the check, so that shared memory cannot change in between.
    auto offsets = column.offsets;
    std::uint8_t* copy = NewBytes(offsets.shape[0] * sizeof(std::int32_t));
    std::memcpy(copy, offsets.data, offsets.shape[0] * sizeof(std::int32_t));
    offsets.data = copy;
    CheckOffsets(column, reinterpret_cast<std::int32_t const*>(copy));
    categories.element = Element::kI1;  // libxgboost refuses u1 for text
    text_ += "{\"offsets\":" + ToJson(offsets) + ",\"values\":" + ToJson(categories) + '}';
  } else {
    text_ += ToJson(categories);
  }
  text_ += ',' + interface + ']';
}

void ColumnarText::Build(std::vector<Column> const& columns) {
  text_ = "[";
  parts_.clear();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i != 0) text_ += ',';
    Append(columns[i]);
  }
  text_ += ']';
}

}  // namespace xgb
