// Hands a call's JavaScript arguments to its roles, in order, with errors that name the function
// and the position.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>

#include "bind/handle.h"
#include "bind/node.h"
#include "failure.h"

namespace bind {

class Reader {
 public:
  Reader(Napi::CallbackInfo const& info, char const* function, Claims* claims)
      : info_{info}, function_{function}, claims_{claims} {}

  Napi::Value Next() { return info_[next_++]; }
  Claims& GetClaims() { return *claims_; }

  [[noreturn]] void Fail(std::string const& expected) const {
    throw Failure{FailureKind::kType, std::string{function_} + ": expected argument " +
                                          std::to_string(next_) + " to be " + expected};
  }

  std::string Text(Napi::Value value) const {
    if (!value.IsString()) Fail("a string");
    std::string text = value.As<Napi::String>().Utf8Value();
    // C would cut the text there without a word.
    if (text.find('\0') != std::string::npos) Fail("a string without NUL characters");
    return text;
  }

  double Number(Napi::Value value) const {
    if (!value.IsNumber()) Fail("a number");
    return value.As<Napi::Number>().DoubleValue();
  }

  /** A whole number in [low, high]. */
  double Whole(Napi::Value value, double low, double high) const {
    double const number = Number(value);
    if (!(number >= low && number <= high) || std::floor(number) != number) {
      Fail("a whole number from " + std::to_string(static_cast<std::int64_t>(low)) + " to " +
           std::to_string(static_cast<std::int64_t>(high)));
    }
    return number;
  }

 private:
  Napi::CallbackInfo const& info_;
  char const* function_;
  Claims* claims_;
  std::size_t next_ = 0;
};

}  // namespace bind
