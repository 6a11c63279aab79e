// The one exception that crosses the layers. It knows neither Node nor libxgboost.
#pragma once

#include <exception>
#include <string>
#include <utility>

/** What went wrong, in the words that the JavaScript side maps to an error class. */
enum class FailureKind {
  kXGBoost,
  kType,
  kRange,
  kData,
  kModel,
  kBusy,
  kDisposed,
  kMemory,
  kLibrary,
  kStopped,
  kUnsupported
};

class Failure : public std::exception {
 public:
  Failure(FailureKind kind, std::string text, std::string function = {})
      : kind_{kind}, text_{std::move(text)}, function_{std::move(function)} {}

  char const* what() const noexcept override { return text_.c_str(); }
  FailureKind Kind() const noexcept { return kind_; }
  std::string const& Text() const noexcept { return text_; }
  /** The C function that failed; empty when it was an argument. */
  std::string const& Function() const noexcept { return function_; }

 private:
  FailureKind kind_;
  std::string text_;
  std::string function_;
};

/** The name of a kind as `lib/native/failures.ts` knows it. A switch without default: a new kind
 * does not compile. */
inline char const* NameOf(FailureKind kind) {
  switch (kind) {
    case FailureKind::kXGBoost:
      return "xgboost";
    case FailureKind::kType:
      return "type";
    case FailureKind::kRange:
      return "range";
    case FailureKind::kData:
      return "data";
    case FailureKind::kModel:
      return "model";
    case FailureKind::kBusy:
      return "busy";
    case FailureKind::kDisposed:
      return "disposed";
    case FailureKind::kMemory:
      return "memory";
    case FailureKind::kLibrary:
      return "library";
    case FailureKind::kStopped:
      return "stopped";
    case FailureKind::kUnsupported:
      return "unsupported";
  }
  return "xgboost";
}
