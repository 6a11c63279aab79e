#include "xgb/array_interface.h"

#include <cstring>
#include <limits>

#include "failure.h"
#include "xgb/json_text.h"

namespace xgb {
namespace {

constexpr ElementInfo kElements[] = {
    {Element::kI1, "<i1", 1, true}, {Element::kU1, "<u1", 1, true},  {Element::kI2, "<i2", 2, true},
    {Element::kU2, "<u2", 2, true}, {Element::kF2, "<f2", 2, false}, {Element::kI4, "<i4", 4, true},
    {Element::kU4, "<u4", 4, true}, {Element::kF4, "<f4", 4, false}, {Element::kI8, "<i8", 8, true},
    {Element::kU8, "<u8", 8, true}, {Element::kF8, "<f8", 8, false},
};

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

std::uint64_t Multiply(std::uint64_t a, std::uint64_t b, char const* name) {
  if (b != 0 && a > kMax / b)
    throw Failure{FailureKind::kRange, std::string{name} + ": the shape is too large"};
  return a * b;
}

std::vector<std::uint64_t> DenseStrides(std::vector<std::uint64_t> const& shape, char const* name) {
  std::vector<std::uint64_t> strides(shape.size(), 1);
  for (std::size_t i = shape.size(); i > 1; --i)
    strides[i - 2] = Multiply(strides[i - 1], shape[i - 1], name);
  return strides;
}

void AppendNumbers(std::string* out, std::vector<std::uint64_t> const& numbers, std::size_t scale) {
  *out += '[';
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i != 0) *out += ',';
    *out += std::to_string(numbers[i] * scale);
  }
  *out += ']';
}

void AppendData(std::string* out, void const* data) {
  *out += "{\"data\":[";
  *out += std::to_string(reinterpret_cast<std::uintptr_t>(data));
  *out += ",true],\"version\":3,\"typestr\":\"";
}

ArrayView ViewOf(JsonText::Value const& value) {
  ArrayView view;
  auto const& data = value["data"].Items();
  view.data = reinterpret_cast<void const*>(static_cast<std::uintptr_t>(data.at(0).Unsigned()));
  auto const typestr = value["typestr"].String();
  view.element = ElementOf(typestr);
  for (auto const& extent : value["shape"].Items()) view.shape.push_back(extent.Unsigned());
  auto const& strides = value["strides"];
  if (strides.IsArray()) {
    for (auto const& stride : strides.Items())
      view.strides.push_back(stride.Unsigned() / InfoOf(view.element).size);
  }
  return view;
}

OwnedArray Copy(ArrayView const& view) {
  OwnedArray out;
  out.element = view.element;
  out.shape = view.shape;
  std::size_t const size = InfoOf(view.element).size;
  std::uint64_t count = 1;
  for (auto extent : view.shape) count *= extent;
  out.bytes.resize(count * size);
  if (count == 0) return out;
  auto const* source = static_cast<unsigned char const*>(view.data);
  if (view.strides.empty()) {
    std::memcpy(out.bytes.data(), source, out.bytes.size());
    return out;
  }
  std::uint64_t const columns = view.shape.size() > 1 ? view.shape[1] : 1;
  std::uint64_t const column_stride = view.shape.size() > 1 ? view.strides[1] : 1;
  for (std::uint64_t i = 0; i < count; ++i) {
    auto const at = (i / columns) * view.strides[0] + (i % columns) * column_stride;
    std::memcpy(out.bytes.data() + i * size, source + at * size, size);
  }
  return out;
}

}  // namespace

ElementInfo const& InfoOf(Element element) { return kElements[static_cast<std::size_t>(element)]; }

Element ElementOf(std::string const& typestr) {
  for (auto const& info : kElements) {
    // The first character is the byte order, which says nothing for one-byte types.
    if (typestr.size() == 3 && typestr.compare(1, 2, info.typestr + 1) == 0 && typestr[0] != '>')
      return info.element;
  }
  throw Failure{FailureKind::kData, "unknown element type " + typestr};
}

void CheckExtent(ArrayView const& array, char const* name) {
  for (auto extent : array.shape) {
    if (extent == 0) return;
  }
  auto const strides = array.strides.empty() ? DenseStrides(array.shape, name) : array.strides;
  std::uint64_t last = 0;
  for (std::size_t i = 0; i < array.shape.size(); ++i) {
    auto const reach = Multiply(array.shape[i] - 1, strides[i], name);
    if (reach > kMax - last)
      throw Failure{FailureKind::kRange, std::string{name} + ": the shape is too large"};
    last += reach;
  }
  auto const size = InfoOf(array.element).size;
  auto const elements = array.bytes / size;
  if (last < elements) return;
  throw Failure{FailureKind::kRange, std::string{name} + ": shape and strides reach element " +
                                         std::to_string(last) + ", but the buffer holds " +
                                         std::to_string(elements)};
}

std::string ToJson(ArrayView const& array, void const* mask) {
  auto const& info = InfoOf(array.element);
  std::string out;
  out.reserve(160);
  AppendData(&out, array.data);
  out += info.typestr;
  out += "\",\"shape\":";
  AppendNumbers(&out, array.shape, 1);
  if (!array.strides.empty()) {
    out += ",\"strides\":";
    AppendNumbers(&out, array.strides, info.size);
  }
  if (mask != nullptr) {
    out += ",\"mask\":";
    AppendData(&out, mask);
    out += "<t1\",\"shape\":";
    AppendNumbers(&out, array.shape, 1);
    out += '}';
  }
  out += '}';
  return out;
}

ArrayView OwnedArray::View() const {
  return ArrayView{bytes.data(), bytes.size(), element, shape, {}};
}

OwnedArray Widen(ArrayView const& array) {
  OwnedArray half = Copy(array);
  if (half.element != Element::kF2) return half;
  OwnedArray out;
  out.element = Element::kF4;
  out.shape = half.shape;
  std::size_t const count = half.bytes.size() / sizeof(std::uint16_t);
  out.bytes.resize(count * sizeof(float));
  for (std::size_t i = 0; i < count; ++i) {
    std::uint16_t bits = 0;
    std::memcpy(&bits, half.bytes.data() + i * sizeof bits, sizeof bits);
    float const value = HalfToFloat(bits);
    std::memcpy(out.bytes.data() + i * sizeof value, &value, sizeof value);
  }
  return out;
}

OwnedArray CopyInterface(char const* json) { return Copy(ViewOf(JsonText{json}.Root())); }

std::vector<Categories> CopyCategories(char const* json) {
  std::vector<Categories> out;
  if (json == nullptr) return out;
  JsonText const text{json};
  for (auto const& item : text.Root().Items()) {
    Categories categories;
    if (item.IsObject()) {
      categories.present = true;
      categories.names = item["offsets"].IsObject();
      if (categories.names) categories.offsets = Copy(ViewOf(item["offsets"]));
      categories.values = Copy(ViewOf(categories.names ? item["values"] : item));
    }
    out.push_back(std::move(categories));
  }
  return out;
}

float HalfToFloat(std::uint16_t bits) {
  std::uint32_t const sign = static_cast<std::uint32_t>(bits & 0x8000u) << 16;
  std::uint32_t exponent = (bits >> 10) & 0x1fu;
  std::uint32_t fraction = bits & 0x3ffu;
  std::uint32_t out = 0;
  if (exponent == 0x1f) {
    out = sign | 0x7f800000u | (fraction << 13);
  } else if (exponent != 0) {
    out = sign | ((exponent + 112) << 23) | (fraction << 13);
  } else if (fraction == 0) {
    out = sign;
  } else {
    // Subnormal halves are normal floats: shift the leading bit up.
    exponent = 113;
    while ((fraction & 0x400u) == 0) {
      fraction <<= 1;
      --exponent;
    }
    out = sign | (exponent << 23) | ((fraction & 0x3ffu) << 13);
  }
  float value = 0;
  std::memcpy(&value, &out, sizeof value);
  return value;
}

}  // namespace xgb
