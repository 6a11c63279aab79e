#include "bind/call.h"

namespace bind {
namespace {

Failure Translate(char const* function) {
  try {
    throw;
  } catch (Failure const& failure) {
    return failure;
  } catch (std::bad_alloc const&) {
    return Failure{FailureKind::kMemory, "out of memory", function};
  } catch (Napi::Error const&) {
    throw;  // a JavaScript error already
  } catch (std::exception const& error) {
    return Failure{FailureKind::kXGBoost, error.what(), function};
  } catch (...) {
    return Failure{FailureKind::kXGBoost, "an unknown native exception", function};
  }
}

}  // namespace

Failure CurrentFailure(char const* function) {
  try {
    return Translate(function);
  } catch (std::bad_alloc const&) {
    // Not even the words found memory: these are short enough to need none.
    return Failure{FailureKind::kMemory, "out of memory"};
  }
}

Napi::Value ThrowFailure(Napi::Env env, Failure const& failure) {
  napi_throw(env, Environment::From(env).MakeError(env, failure, {}));
  return env.Undefined();
}

}  // namespace bind
