// Numbers in memory, and the JSON text by which libxgboost is told about them. The one element-type
// table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace xgb {

/** Element types libxgboost reads; the enumerators are in the order of kElements. */
enum class Element { kI1, kU1, kI2, kU2, kF2, kI4, kU4, kF4, kI8, kU8, kF8 };

struct ElementInfo {
  Element element;
  char const* typestr;  // as NumPy writes it, little-endian
  std::size_t size;     // bytes
  bool integer;
};

ElementInfo const& InfoOf(Element element);
/** The element of a NumPy type text, or a Failure. */
Element ElementOf(std::string const& typestr);

/** One block of numbers, borrowed. Strides are in elements; none means row-major without gaps. */
struct ArrayView {
  void const* data = nullptr;
  std::size_t bytes = 0;  // what may be read from `data` on
  Element element = Element::kF4;
  std::vector<std::uint64_t> shape;
  std::vector<std::uint64_t> strides;
};

/** Whether every address that shape and strides reach lies inside `bytes`; no overflow can fake it.
 * A Failure if not. */
void CheckExtent(ArrayView const& array, char const* name);

/** The array interface of `array`, with a validity bitmap if `mask` is not null. */
std::string ToJson(ArrayView const& array, void const* mask = nullptr);

/** A copy of `array` in row-major order; the type is kept, except that float16 becomes float32 when
 * `widen`. */
struct OwnedArray {
  std::vector<unsigned char> bytes;
  Element element = Element::kF4;
  std::vector<std::uint64_t> shape;

  ArrayView View() const;
};
OwnedArray Widen(ArrayView const& array);

/** The arrays named in a text of libxgboost's own, copied out; called on the thread that got the
 * text. */
OwnedArray CopyInterface(char const* json);

/** Categories of one feature: names, or integers, or none. */
struct Categories {
  bool present = false;
  bool names = false;
  OwnedArray offsets;  // names only
  OwnedArray values;   // UTF-8 bytes, or the integers
};
/** The categories in a text of libxgboost's own, one entry per feature; copied out. */
std::vector<Categories> CopyCategories(char const* json);

/** The value of IEEE 754 half-precision bits; exact. */
float HalfToFloat(std::uint16_t bits);

}  // namespace xgb
