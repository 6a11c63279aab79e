#include "model/ubjson_writer.h"

#include <limits>

namespace model {
namespace {

/** libxgboost's writer leaves the two ends of each type to the next larger one. */
template <class T>
bool IsInside(std::int64_t value) {
  return value > std::numeric_limits<T>::min() && value < std::numeric_limits<T>::max();
}

}  // namespace

void UbjsonWriter::Integer(std::int64_t value) {
  if (IsInside<std::int8_t>(value)) {
    out_.push_back('i');
    Number(static_cast<std::int8_t>(value));
  } else if (IsInside<std::int16_t>(value)) {
    out_.push_back('I');
    Number(static_cast<std::int16_t>(value));
  } else if (IsInside<std::int32_t>(value)) {
    out_.push_back('l');
    Number(static_cast<std::int32_t>(value));
  } else {
    out_.push_back('L');
    Number(value);
  }
}

void UbjsonWriter::Float(float value) {
  out_.push_back('d');
  Number(value);
}

void UbjsonWriter::Integers(std::vector<std::int32_t> const& values) {
  BeginList(values.size());
  for (std::int32_t const value : values) Integer(value);
}

void UbjsonWriter::Floats(std::vector<float> const& values) {
  BeginList(values.size());
  for (float const value : values) Float(value);
}

}  // namespace model
