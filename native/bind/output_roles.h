// Roles that give: new objects, numbers, texts and bytes. What C lends is copied in Own.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "bind/role.h"

namespace bind {

/** A new object, owned from the moment the C function gave it. */
template <class T>
struct Make : Output {
  static constexpr bool kLeavesResults = false;
  T* raw = nullptr;  // C leaves it untouched where there is nothing to make
  Share object;

  static void Describe(Signature* s) {
    s->results.push_back(std::string{KindOf<T>::Get().name} + "Handle");
  }
  std::tuple<T**> Pass() { return {&raw}; }
  void Own() {
    if (raw == nullptr) return;
    Kind const& kind = KindOf<T>::Get();
    try {
      object = std::make_shared<Object>(kind, raw);
    } catch (...) {
      kind.free(raw);
      throw;
    }
    if (kind.weigh != nullptr) object->weight = kind.weigh(raw);
  }
  Napi::Value Write(Napi::Env env) {
    return object == nullptr ? env.Null() : NewHandle(env, std::move(object));
  }
};

template <class T>
struct Out : Output {
  static constexpr bool kLeavesResults = false;
  T value{};

  static void Describe(Signature* s) { s->results.emplace_back("number"); }
  std::tuple<T*> Pass() { return {&value}; }
  void Own() {}
  Napi::Value Write(Napi::Env env) { return Napi::Number::New(env, static_cast<double>(value)); }
};

template <>
struct Out<Text> : Output {
  char const* borrowed = nullptr;
  std::string value;

  static void Describe(Signature* s) { s->results.emplace_back("string"); }
  std::tuple<char const**> Pass() { return {&borrowed}; }
  void Own() { value = borrowed == nullptr ? "" : borrowed; }
  Napi::Value Write(Napi::Env env) { return Napi::String::New(env, value); }
};

/** (char const**, int* found) */
struct OutMaybeText : Output {
  char const* borrowed = nullptr;
  int found = 0;
  std::string value;

  static void Describe(Signature* s) { s->results.emplace_back("string | null"); }
  std::tuple<char const**, int*> Pass() { return {&borrowed, &found}; }
  void Own() {
    if (found != 0 && borrowed != nullptr) value = borrowed;
  }
  Napi::Value Write(Napi::Env env) {
    if (found == 0) return env.Null();
    return Napi::String::New(env, value);
  }
};

/** Text with its length: (length*, char const**) */
struct OutSizedText : Output {
  std::uint64_t length = 0;
  char const* borrowed = nullptr;
  std::string value;

  static void Describe(Signature* s) { s->results.emplace_back("string"); }
  std::tuple<std::uint64_t*, char const**> Pass() { return {&length, &borrowed}; }
  void Own() { value.assign(borrowed, length); }
  Napi::Value Write(Napi::Env env) { return Napi::String::New(env, value); }
};

/** (length*, char const**) */
struct OutBytes : Output {
  std::uint64_t length = 0;
  char const* borrowed = nullptr;
  std::vector<std::uint8_t> value;

  static void Describe(Signature* s) { s->results.emplace_back("Uint8Array"); }
  std::tuple<std::uint64_t*, char const**> Pass() { return {&length, &borrowed}; }
  void Own() { value.assign(borrowed, borrowed + length); }
  Napi::Value Write(Napi::Env env);
};

/** (length*, char const***) */
struct OutTexts : Output {
  std::uint64_t length = 0;
  char const** borrowed = nullptr;
  std::vector<std::string> value;

  static void Describe(Signature* s) { s->results.emplace_back("string[]"); }
  std::tuple<std::uint64_t*, char const***> Pass() { return {&length, &borrowed}; }
  void Own() { value.assign(borrowed, borrowed + length); }
  Napi::Value Write(Napi::Env env) {
    auto array = Napi::Array::New(env, value.size());
    for (std::size_t i = 0; i < value.size(); ++i)
      array.Set(static_cast<std::uint32_t>(i), Napi::String::New(env, value[i]));
    return array;
  }
};

/** The function's return value is its answer, not a status. Has no C parameter. */
struct Returned : Output {
  static constexpr bool kLeavesResults = false;
  int value = 0;

  static void Describe(Signature* s) { s->results.emplace_back("number"); }
  std::tuple<> Pass() { return {}; }
  void Own() {}
  Napi::Value Write(Napi::Env env) { return Napi::Number::New(env, value); }
};

/**
 * Native memory as an ordinary ArrayBuffer. One around native memory would save the copy, but since
 * Node 22 such a buffer cannot be given to a worker, and some runtimes refuse to make it.
 */
Napi::ArrayBuffer CopyToArrayBuffer(Napi::Env env, void const* data, std::size_t bytes);

/** The elements of `values` as an ArrayBuffer; their native memory is freed at once. */
template <class T>
Napi::ArrayBuffer MoveToArrayBuffer(Napi::Env env, std::vector<T>&& values) {
  std::vector<T> const taken = std::move(values);
  return CopyToArrayBuffer(env, taken.data(), taken.size() * sizeof(T));
}

}  // namespace bind
