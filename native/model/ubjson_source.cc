#include "model/ubjson_source.h"

#include <cstring>

namespace model {
namespace {

/** Bytes of a number of this type; 0: no number. */
std::size_t SizeOf(char type) {
  switch (type) {
    case 'i':
    case 'U':
      return 1;
    case 'I':
      return 2;
    case 'l':
    case 'd':
      return 4;
    case 'L':
    case 'D':
      return 8;
    default:
      return 0;
  }
}

/** Big-endian, spelled so that compilers see one load and one swap of bytes. */
template <class T>
T Load(unsigned char const* bytes) {
  if constexpr (sizeof(T) == 1) {
    return static_cast<T>(bytes[0]);
  } else if constexpr (sizeof(T) == 2) {
    return static_cast<T>(static_cast<std::uint16_t>(bytes[0] << 8 | bytes[1]));
  } else if constexpr (sizeof(T) == 4) {
    return static_cast<T>(std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
                          std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]});
  } else {
    return static_cast<T>(std::uint64_t{Load<std::uint32_t>(bytes)} << 32 |
                          Load<std::uint32_t>(bytes + 4));
  }
}

float FloatFrom(std::uint32_t bits) {
  float value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

/** Appends `count` numbers of type T at `at` to `out`. */
template <class T, class Out, class Convert>
void Decode(unsigned char const* at, std::size_t count, std::vector<Out>* out, Convert convert) {
  out->resize(count);
  for (std::size_t i = 0; i < count; ++i) (*out)[i] = convert(Load<T>(at + i * sizeof(T)), i);
}

std::string Quote(unsigned char marker) {
  if (marker > 0x20 && marker < 0x7F) return std::string{"'"} + static_cast<char>(marker) + "'";
  return "byte " + std::to_string(marker);
}

}  // namespace

unsigned char UbjsonSource::Peek() const {
  if (at_ == end_) Broken("the bytes end before the model does");
  return *at_;
}

unsigned char UbjsonSource::Next() {
  unsigned char const marker = Peek();
  ++at_;
  return marker;
}

void UbjsonSource::Expect(char marker) {
  unsigned char const received = Peek();
  if (received != static_cast<unsigned char>(marker)) {
    Broken(std::string{"expected '"} + marker + "', received " + Quote(received));
  }
  ++at_;
}

std::uint64_t UbjsonSource::BigEndian(int bytes) {
  if (Left() < static_cast<std::size_t>(bytes)) Broken("the bytes end before the model does");
  std::uint64_t value = 0;
  for (int i = 0; i < bytes; ++i) value = value << 8 | *at_++;
  return value;
}

std::size_t UbjsonSource::Length(std::size_t bytes) {
  Expect('L');
  std::uint64_t const length = BigEndian(8);
  if (length > Left() / bytes) {
    Broken("a length of " + std::to_string(length) + ", but " + std::to_string(Left()) +
           " bytes are left");
  }
  return static_cast<std::size_t>(length);
}

void UbjsonSource::BeginObject() { Expect('{'); }

bool UbjsonSource::NextKey(std::string* key) {
  if (Peek() == '}') {
    ++at_;
    return false;
  }
  ReadText(key);
  return true;
}

UbjsonSource::List UbjsonSource::BeginValues() {
  Expect('[');
  char type = 0;
  if (Peek() == '$') {
    ++at_;
    type = static_cast<char>(Next());
    if (SizeOf(type) == 0) Broken("expected a list of numbers");
  }
  Expect('#');
  // An element that names its type takes a byte for that, and no element less than one in all.
  return {Length(type == 0 ? 1 : SizeOf(type)), type};
}

void UbjsonSource::BeginList() {
  List const list = BeginValues();
  if (list.type != 0) Broken("expected a list of objects or texts, received one of numbers");
  left_.push_back(list.length);
}

bool UbjsonSource::NextElement() {
  if (left_.back() == 0) {
    left_.pop_back();
    return false;
  }
  --left_.back();
  return true;
}

void UbjsonSource::ReadText(std::string* out) {
  std::size_t const length = Length(1);
  out->assign(reinterpret_cast<char const*>(at_), length);
  at_ += length;
}

std::string UbjsonSource::Text() {
  Expect('S');
  std::string text;
  ReadText(&text);
  CheckText(text);
  return text;
}

std::int64_t UbjsonSource::IntegerOf(char type) {
  switch (type) {
    case 'T':
      return 1;
    case 'F':
      return 0;
    case 'i':
      return static_cast<std::int8_t>(BigEndian(1));
    case 'U':
      return static_cast<std::uint8_t>(BigEndian(1));
    case 'I':
      return static_cast<std::int16_t>(BigEndian(2));
    case 'l':
      return static_cast<std::int32_t>(BigEndian(4));
    case 'L':
      return static_cast<std::int64_t>(BigEndian(8));
    default:
      Broken("expected an integer, received type " + Quote(static_cast<unsigned char>(type)));
  }
}

float UbjsonSource::FloatOf(char type) {
  if (type == 'd') return FloatFrom(static_cast<std::uint32_t>(BigEndian(4)));
  Broken("expected a float32, received type " + Quote(static_cast<unsigned char>(type)));
}

std::int64_t UbjsonSource::Integer() { return IntegerOf(static_cast<char>(Next())); }

template <class Out, class Convert>
void UbjsonSource::ReadIntegers(List list, std::vector<Out>* out, Convert convert) {
  unsigned char const* const from = at_;
  at_ += list.type == 0 ? 0 : list.length * SizeOf(list.type);
  switch (list.type) {
    case 0:
      out->clear();
      out->reserve(list.length);
      for (std::size_t i = 0; i < list.length; ++i) out->push_back(convert(Integer(), i));
      return;
    case 'i':
      return Decode<std::int8_t>(from, list.length, out, convert);
    case 'U':
      return Decode<std::uint8_t>(from, list.length, out, convert);
    case 'I':
      return Decode<std::int16_t>(from, list.length, out, convert);
    case 'l':
      return Decode<std::int32_t>(from, list.length, out, convert);
    case 'L':
      return Decode<std::int64_t>(from, list.length, out, convert);
    default:
      Broken("expected a list of integers, received one of floats");
  }
}

void UbjsonSource::Integers(std::vector<std::int32_t>* out) {
  ReadIntegers(BeginValues(), out,
               [this](std::int64_t value, std::size_t index) { return Narrow(value, index); });
}

void UbjsonSource::Integers(std::vector<std::int64_t>* out, Stored* stored) {
  List const list = BeginValues();
  ReadIntegers(list, out, [](std::int64_t value, std::size_t) { return value; });
  switch (list.type) {
    case 'i':
      *stored = Stored::kInt8;
      break;
    case 'U':
      *stored = Stored::kUInt8;
      break;
    case 'I':
      *stored = Stored::kInt16;
      break;
    case 'l':
      *stored = Stored::kInt32;
      break;
    case 'L':
      *stored = Stored::kInt64;
      break;
    default:
      *stored = Stored::kText;
  }
}

void UbjsonSource::Floats(std::vector<float>* out) {
  List const list = BeginValues();
  if (list.type == 'd') {
    Decode<std::uint32_t>(at_, list.length, out,
                          [](std::uint32_t bits, std::size_t) { return FloatFrom(bits); });
    at_ += list.length * 4;
    return;
  }
  if (list.type != 0) Broken("expected a list of float32, received one of another type");
  out->clear();
  out->reserve(list.length);
  for (std::size_t i = 0; i < list.length; ++i) {
    out->push_back(FloatOf(static_cast<char>(Next())));
  }
}

void UbjsonSource::End() {
  if (at_ != end_) Broken("expected the end of the model");
}

}  // namespace model
