// What the two formats have in common: a model as a sequence of objects, lists, texts and numbers,
// read in the order of the bytes. Whoever reads says what it expects, so nesting is as deep as a
// model is and nothing is kept that nobody asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "model/place.h"

namespace model {

/** How a list of integers was stored, where that decides what its bits mean. */
enum class Stored { kText, kInt8, kUInt8, kInt16, kInt32, kInt64 };

class Source {
 public:
  Source(unsigned char const* bytes, std::size_t length)
      : begin_{bytes}, at_{bytes}, end_{bytes + length} {}
  Source(Source const&) = delete;
  Source& operator=(Source const&) = delete;
  virtual ~Source() = default;

  /** Where we are; every refusal names it. */
  Place place;

  virtual void BeginObject() = 0;
  /** The next key, or false after the last. The value must be read before the next call. */
  virtual bool NextKey(std::string* key) = 0;
  virtual void BeginList() = 0;
  /** False after the last element, which must be read otherwise. */
  virtual bool NextElement() = 0;
  /** Valid UTF-8 without NUL. */
  virtual std::string Text() = 0;
  virtual std::int64_t Integer() = 0;
  /** Booleans count as 0 and 1. */
  virtual void Integers(std::vector<std::int32_t>* out) = 0;
  virtual void Integers(std::vector<std::int64_t>* out, Stored* stored) = 0;
  virtual void Floats(std::vector<float>* out) = 0;
  /** Refuses whatever follows the model. */
  virtual void End() = 0;

  std::size_t Length() const { return static_cast<std::size_t>(end_ - begin_); }
  /** Refuses a text that is no UTF-8 or has a NUL in it. */
  void CheckText(std::string const& text) const;

 protected:
  std::size_t Left() const { return static_cast<std::size_t>(end_ - at_); }

  /** Refuses the syntax at the byte we are at. */
  [[noreturn]] void Broken(std::string const& what) const {
    place.Refuse("at byte " + std::to_string(at_ - begin_) + ": " + what);
  }
  std::int32_t Narrow(std::int64_t value, std::size_t index) const {
    if (value < std::numeric_limits<std::int32_t>::min() ||
        value > std::numeric_limits<std::int32_t>::max()) {
      place.RefuseAt(index, "expected a 32-bit integer, received " + std::to_string(value));
    }
    return static_cast<std::int32_t>(value);
  }

  unsigned char const* begin_;
  unsigned char const* at_;
  unsigned char const* end_;
};

}  // namespace model
