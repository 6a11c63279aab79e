#include "bind/output_roles.h"

#include <cstring>

namespace bind {
namespace {
/** Below this a copy is cheaper than an external buffer with its finalizer. */
constexpr std::size_t kMoveBytes = 4096;
}  // namespace

Napi::ArrayBuffer ToArrayBuffer(Napi::Env env, void const* data, std::size_t bytes, void* owner,
                                void (*release)(void*)) {
#ifndef NODE_API_NO_EXTERNAL_BUFFERS_ALLOWED
  if (bytes >= kMoveBytes) {
    napi_value value = nullptr;
    struct Hint {
      void* owner;
      void (*release)(void*);
    };
    auto* hint = new Hint{owner, release};
    napi_status const status = napi_create_external_arraybuffer(
        env, const_cast<void*>(data), bytes,
        [](napi_env, void*, void* given) {
          auto* done = static_cast<Hint*>(given);
          done->release(done->owner);
          delete done;
        },
        hint, &value);
    if (status == napi_ok) return Napi::ArrayBuffer{env, value};
    delete hint;  // this runtime forbids external buffers: copy
  }
#endif
  auto buffer = Napi::ArrayBuffer::New(env, bytes);
  if (bytes != 0) std::memcpy(buffer.Data(), data, bytes);
  release(owner);
  return buffer;
}

Napi::Value OutBytes::Write(Napi::Env env) {
  std::size_t const size = value.size();
  return Napi::Uint8Array::New(env, size, MoveToArrayBuffer(env, std::move(value)), 0);
}

}  // namespace bind
