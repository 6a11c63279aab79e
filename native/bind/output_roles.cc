#include "bind/output_roles.h"

#include <cstring>

#include "bind/environment.h"

namespace bind {

Napi::ArrayBuffer CopyToArrayBuffer(Napi::Env env, void const* data, std::size_t bytes) {
  auto buffer = Environment::From(env).NewBuffer(env, bytes);
  if (bytes != 0) std::memcpy(buffer.Data(), data, bytes);
  return buffer;
}

Napi::Value OutBytes::Write(Napi::Env env) {
  std::size_t const size = value.size();
  return Napi::Uint8Array::New(env, size, MoveToArrayBuffer(env, std::move(value)), 0);
}

}  // namespace bind
