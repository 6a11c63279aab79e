// UBJSON in libxgboost's dialect.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace model {

class UbjsonWriter {
 public:
  void Reserve(std::size_t bytes) { out_.reserve(bytes); }
  std::string Take() { return std::move(out_); }

  void BeginObject() { out_.push_back('{'); }
  void EndObject() { out_.push_back('}'); }
  void Key(std::string const& name) { Bytes(name); }
  void Text(std::string const& text) {
    out_.push_back('S');
    Bytes(text);
  }
  /** A member that is a text. */
  void Member(char const* name, std::string const& text) {
    Key(name);
    Text(text);
  }
  void Integer(std::int64_t value);
  void Float(float value);

  /** A list whose `length` elements follow. */
  void BeginList(std::size_t length) {
    out_.append("[#L");
    Number(static_cast<std::int64_t>(length));
  }
  void Integers(std::vector<std::int32_t> const& values);
  void Floats(std::vector<float> const& values);

  /** A list of numbers of one type, which is T's. */
  template <class T, class Values>
  void Typed(Values const& values) {
    out_.append({'[', '$', MarkerOf<T>(), '#', 'L'});
    Number(static_cast<std::int64_t>(values.size()));
    std::size_t at = out_.size();
    out_.resize(at + values.size() * sizeof(T));
    for (auto const value : values) {
      Store(static_cast<T>(value), &out_[at]);
      at += sizeof(T);
    }
  }

 private:
  template <class T>
  static constexpr char MarkerOf() {
    if constexpr (std::is_same_v<T, float>) return 'd';
    if constexpr (std::is_same_v<T, std::uint8_t>) return 'U';
    if constexpr (std::is_same_v<T, std::int8_t>) return 'i';
    if constexpr (std::is_same_v<T, std::int16_t>) return 'I';
    if constexpr (std::is_same_v<T, std::int32_t>) return 'l';
    if constexpr (std::is_same_v<T, std::int64_t>) return 'L';
  }

  /** Big-endian, whatever the machine is. */
  template <class T>
  static void Store(T value, char* to) {
    if constexpr (sizeof(T) == 1) {
      *to = static_cast<char>(value);
    } else if constexpr (std::is_same_v<T, float>) {
      std::uint32_t bits = 0;
      std::memcpy(&bits, &value, sizeof bits);
      Store(bits, to);
    } else if constexpr (sizeof(T) == 4) {
      auto const bits = static_cast<std::uint32_t>(value);
      to[0] = static_cast<char>(bits >> 24);
      to[1] = static_cast<char>(bits >> 16);
      to[2] = static_cast<char>(bits >> 8);
      to[3] = static_cast<char>(bits);
    } else {
      for (std::size_t i = 0; i < sizeof(T); ++i) {
        to[i] = static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * (sizeof(T) - 1 - i)));
      }
    }
  }

  template <class T>
  void Number(T value) {
    std::size_t const at = out_.size();
    out_.resize(at + sizeof(T));
    Store(value, &out_[at]);
  }

  void Bytes(std::string const& text) {
    out_.push_back('L');
    Number(static_cast<std::int64_t>(text.size()));
    out_.append(text);
  }

  std::string out_;
};

}  // namespace model
