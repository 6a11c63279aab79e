#include "model/categories.h"

#include <limits>
#include <vector>

#include "model/fields.h"

namespace model {
namespace {

/** One member of `enc` as it stands in the file. */
struct Column {
  std::vector<std::int32_t> offsets;
  bool has_offsets = false;
  std::int64_t type = 0;
  std::vector<std::int64_t> values;
  Stored stored = Stored::kText;
  bool has_values = false;
};

/** The names may be any bytes: XGBoost 3.2 and 3.3 cut names that are not ASCII in the middle. */
void ToNames(Column const& column, Category* out, Place* place) {
  std::string text(column.values.size(), '\0');
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (column.values[i] < -128 || column.values[i] > 255) {
      place->RefuseAt("values", i, "expected a byte, received " + std::to_string(column.values[i]));
    }
    text[i] = static_cast<char>(column.values[i]);
  }
  auto const& offsets = column.offsets;
  std::size_t at = 0;
  bool has_empty = false;
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    auto const offset = static_cast<std::size_t>(offsets[i]);
    bool const in_order = i == 0 ? offsets[i] == 0 : offsets[i] >= offsets[i - 1];
    if (!in_order || offset > text.size()) {
      place->RefuseAt("offsets", i,
                      "expected ascending offsets from 0 to " + std::to_string(text.size()) +
                          ", received " + std::to_string(offsets[i]));
    }
    if (i == 0) continue;
    std::size_t const length = offset - at;
    if (length == 0 && has_empty) place->RefuseAt("offsets", i, "a second empty name");
    has_empty = has_empty || length == 0;
    out->names.emplace_back(text, at, length);
    at = offset;
  }
  if (at != text.size()) place->Refuse("the last offset is not the end of the names");
  out->is_empty_list = offsets.size() == 1;
}

int BitsOf(Stored stored) {
  switch (stored) {
    case Stored::kText:
      return 0;
    case Stored::kInt8:
    case Stored::kUInt8:
      return 8;
    case Stored::kInt16:
      return 16;
    case Stored::kInt32:
      return 32;
    case Stored::kInt64:
      return 64;
  }
  return 0;
}

/** UBJSON has no unsigned types beyond 8 bits: such numbers are stored by their bits. */
void ToNumbers(Column* column, Category* out, Place* place) {
  NumberType const type = column->type < 0 || column->type > 255
                              ? NumberType{}
                              : TypeOf(static_cast<int>(column->type));
  if (type.bits == 0) {
    place->Refuse("expected a type from 9 to 16, received " + std::to_string(column->type));
  }
  bool const is_text = column->stored == Stored::kText;
  bool const is_byte = column->stored == Stored::kUInt8;
  bool const fits = is_text || (BitsOf(column->stored) == type.bits &&
                                (type.bits != 8 || is_byte == !type.is_signed));
  if (!fits) place->Refuse("the values are not stored as their type says");
  for (std::size_t i = 0; i < column->values.size(); ++i) {
    std::int64_t& value = column->values[i];
    std::uint64_t const mask =
        type.bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << type.bits) - 1;
    if (!is_text && !type.is_signed) {
      value = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) & mask);
    }
    std::int64_t const half = static_cast<std::int64_t>(mask >> 1);
    std::int64_t const low = type.is_signed ? -half - 1 : 0;
    std::int64_t const high =
        type.is_signed || type.bits == 64 ? half : static_cast<std::int64_t>(mask);
    if (value < low || value > high) {
      place->RefuseAt("values", i,
                      "expected " + std::to_string(low) + " to " + std::to_string(high) +
                          ", received " + std::to_string(value));
    }
  }
  out->number_type = static_cast<int>(column->type);
  out->numbers = std::move(column->values);
}

Category ReadColumn(Source* source) {
  Column column;
  bool has_type = false;
  ReadObject(source, {{"offsets", Need::kOptional,
                       [&] {
                         column.has_offsets = true;
                         source->Integers(&column.offsets);
                       }},
                      {"type", Need::kOptional,
                       [&] {
                         has_type = true;
                         column.type = source->Integer();
                       }},
                      {"values", Need::kRequired,
                       [&] { source->Integers(&column.values, &column.stored); }}});
  Place* const place = &source->place;
  if (column.has_offsets == has_type) place->Refuse("expected either offsets or a type");
  Category category;
  if (column.has_offsets) {
    ToNames(column, &category, place);
  } else {
    ToNumbers(&column, &category, place);
  }
  return category;
}

void CheckSegments(std::vector<std::int32_t> const& segments, Forest const& forest, Place* place) {
  std::size_t const features = forest.categories.size();
  if (segments.size() != (features == 0 ? 0 : features + 1)) {
    place->Refuse("feature_segments: expected " + std::to_string(features + 1) +
                  " elements, received " + std::to_string(segments.size()));
  }
  std::size_t at = 0;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (i > 0) at += Count(forest.categories[i - 1]);
    if (segments[i] < 0 || static_cast<std::size_t>(segments[i]) != at) {
      place->RefuseAt(
          "feature_segments", i,
          "expected " + std::to_string(at) + ", received " + std::to_string(segments[i]));
    }
  }
}

/** Each feature's part of the order must name each of its categories once. */
void CheckOrder(Forest const& forest, Place* place) {
  std::size_t total = 0;
  for (auto const& category : forest.categories) total += Count(category);
  if (forest.category_order.size() != total) {
    place->Refuse("sorted_idx: expected " + std::to_string(total) + " elements, received " +
                  std::to_string(forest.category_order.size()));
  }
  std::size_t at = 0;
  for (auto const& category : forest.categories) {
    std::size_t const count = Count(category);
    std::vector<bool> seen(count);
    for (std::size_t const end = at + count; at < end; ++at) {
      std::int32_t const position = forest.category_order[at];
      if (position < 0 || static_cast<std::size_t>(position) >= count ||
          seen[static_cast<std::size_t>(position)]) {
        place->RefuseAt("sorted_idx", at,
                        "expected each of 0 to " + std::to_string(count - 1) + " once, received " +
                            std::to_string(position));
      }
      seen[static_cast<std::size_t>(position)] = true;
    }
  }
}

}  // namespace

NumberType TypeOf(int number_type) {
  switch (number_type) {
    case 9:
      return {8, true};
    case 10:
      return {8, false};
    case 11:
      return {16, true};
    case 12:
      return {16, false};
    case 13:
      return {32, true};
    case 14:
      return {32, false};
    case 15:
      return {64, true};
    case 16:
      return {64, false};
    default:
      return {0, false};
  }
}

void ReadCategories(Source* source, Forest* forest) {
  std::vector<std::int32_t> segments;
  auto const read_columns = [&] {
    source->BeginList();
    for (std::size_t i = 0; source->NextElement(); ++i) {
      Within const within{&source->place, i};
      forest->categories.push_back(ReadColumn(source));
    }
  };
  ReadObject(source,
             {{"enc", Need::kRequired, read_columns},
              {"feature_segments", Need::kRequired, [&] { source->Integers(&segments); }},
              {"sorted_idx", Need::kRequired, [&] { source->Integers(&forest->category_order); }}});
  CheckSegments(segments, *forest, &source->place);
  CheckOrder(*forest, &source->place);
}

}  // namespace model
