// Roles that take: numbers, texts and handles.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "bind/role.h"

namespace bind {

template <class T>
struct In : Input {
  static_assert(std::is_arithmetic_v<T>);
  T value{};

  static void Describe(Signature* s) { s->params.emplace_back("value", "number"); }
  void Read(Reader& reader) {
    auto const next = reader.Next();
    if constexpr (std::is_floating_point_v<T>) {
      value = static_cast<T>(reader.Number(next));
    } else {
      // Beyond 2^53 a JavaScript number is no longer one integer.
      constexpr double kSafe = 9007199254740991.0;
      constexpr double kLow = std::is_signed_v<T> ? -kSafe : 0.0;
      constexpr double kTypeHigh = static_cast<double>(std::numeric_limits<T>::max());
      constexpr double kTypeLow = static_cast<double>(std::numeric_limits<T>::min());
      value = static_cast<T>(reader.Whole(next, kTypeLow < kLow ? kLow : kTypeLow,
                                          kTypeHigh < kSafe ? kTypeHigh : kSafe));
    }
  }
  std::tuple<T> Pass() { return {value}; }
};

template <>
struct In<Text> : Input {
  std::string value;

  static void Describe(Signature* s) { s->params.emplace_back("text", "string"); }
  void Read(Reader& reader) { value = reader.Text(reader.Next()); }
  std::tuple<char const*> Pass() { return {value.c_str()}; }
};

/** Text, or null for NULL. */
struct InMaybeText : Input {
  std::string value;
  bool present = false;

  static void Describe(Signature* s) { s->params.emplace_back("text", "string | null"); }
  void Read(Reader& reader) {
    auto const next = reader.Next();
    present = !next.IsNull();
    if (present) value = reader.Text(next);
  }
  std::tuple<char const*> Pass() { return {present ? value.c_str() : nullptr}; }
};

/** An array of texts: the strings, and the pointers C wants. */
struct Texts {
  std::vector<std::string> values;
  std::vector<char const*> pointers;

  void Read(Reader& reader) { Parse(reader, reader.Next()); }
  void Parse(Reader const& reader, Napi::Value from) {
    if (!from.IsArray()) reader.Fail("an array of strings");
    auto const array = from.As<Napi::Array>();
    values.reserve(array.Length());
    for (std::uint32_t i = 0; i < array.Length(); ++i) values.push_back(reader.Text(array.Get(i)));
    for (auto const& value : values) pointers.push_back(value.c_str());
  }
};

/** (char const**, length) */
struct InTexts : Input {
  Texts texts;

  static void Describe(Signature* s) { s->params.emplace_back("texts", "readonly string[]"); }
  void Read(Reader& reader) { texts.Read(reader); }
  std::tuple<char const**, std::uint64_t> Pass() {
    return {texts.pointers.data(), texts.pointers.size()};
  }
};

template <class T, Access kAccess>
struct Claim : Input {
  T* raw = nullptr;

  static void Describe(Signature* s) {
    s->params.emplace_back("handle", std::string{KindOf<T>::Get().name} + "Handle");
  }
  void Read(Reader& reader) {
    auto object = OpenHandle(reader.Next(), KindOf<T>::Get());
    raw = static_cast<T*>(object->raw);
    reader.GetClaims().Add(std::move(object), kAccess);
  }
  std::tuple<T*> Pass() { return {raw}; }
};
/** A handle whose unchanging facts are asked for: never in conflict with other calls. */
template <class T>
using Keep = Claim<T, Access::kKeep>;
/** A handle that other calls may read at the same time. */
template <class T>
using Use = Claim<T, Access::kRead>;
/** A handle that this call has to itself. */
template <class T>
using Change = Claim<T, Access::kWrite>;

/** As Change, or null for NULL. */
template <class T>
struct ChangeMaybe : Input {
  T* raw = nullptr;

  static void Describe(Signature* s) {
    s->params.emplace_back("handle", std::string{KindOf<T>::Get().name} + "Handle | null");
  }
  void Read(Reader& reader) {
    auto const next = reader.Next();
    if (next.IsNull()) return;
    auto object = OpenHandle(next, KindOf<T>::Get());
    raw = static_cast<T*>(object->raw);
    reader.GetClaims().Add(std::move(object), Access::kWrite);
  }
  std::tuple<T*> Pass() { return {raw}; }
};

template <class T>
std::vector<T*> ReadHandles(Reader& reader, Access access) {
  auto const next = reader.Next();
  if (!next.IsArray())
    reader.Fail(std::string{"an array of "} + KindOf<T>::Get().name + " handles");
  auto const array = next.As<Napi::Array>();
  std::vector<T*> raws;
  for (std::uint32_t i = 0; i < array.Length(); ++i) {
    auto object = OpenHandle(array.Get(i), KindOf<T>::Get());
    raws.push_back(static_cast<T*>(object->raw));
    reader.GetClaims().Add(std::move(object), access);
  }
  return raws;
}

/** Handles that the new object refers to: (T* const*, length) */
template <class T>
struct KeepAll : Input {
  std::vector<T*> raws;

  static void Describe(Signature* s) {
    s->params.emplace_back("handles",
                           "readonly " + std::string{KindOf<T>::Get().name} + "Handle[]");
  }
  void Read(Reader& reader) { raws = ReadHandles<T>(reader, Access::kKeep); }
  std::tuple<T* const*, std::uint64_t> Pass() { return {raws.data(), raws.size()}; }
};

/** Handles and their names, with one length: (T**, char const**, length) */
template <class T>
struct ChangeAllNamed : Input {
  std::vector<T*> raws;
  Texts names;

  static void Describe(Signature* s) {
    KeepAll<T>::Describe(s);
    s->params.emplace_back("names", "readonly string[]");
  }
  void Read(Reader& reader) {
    raws = ReadHandles<T>(reader, Access::kWrite);
    names.Read(reader);
    if (names.values.size() != raws.size()) reader.Fail("as long as the argument before it");
  }
  std::tuple<T**, char const**, std::uint64_t> Pass() {
    return {raws.data(), names.pointers.data(), raws.size()};
  }
};

}  // namespace bind
