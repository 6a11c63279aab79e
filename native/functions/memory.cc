#include "functions/memory.h"

#include <cstdint>
#include <cstring>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace functions {
namespace {

struct Bytes {
  void* data;
  std::size_t size;
  napi_value buffer;
};

Bytes BytesOf(Napi::Env env, Napi::Value view) {
  napi_typedarray_type type;
  std::size_t length = 0;
  Bytes bytes{};
  napi_status const status =
      napi_get_typedarray_info(env, view, &type, &length, &bytes.data, &bytes.buffer, nullptr);
  if (status != napi_ok) throw Napi::Error::New(env);
  bytes.size = view.As<Napi::TypedArray>().ByteLength();
  return bytes;
}

/** Asks for huge pages where nothing was written yet: most of a large copy is the first touch of
 * its pages. */
void UseHugePages([[maybe_unused]] void* data, [[maybe_unused]] std::size_t size) {
#if defined(MADV_HUGEPAGE)
  constexpr std::uintptr_t kHuge = std::uintptr_t{2} << 20;
  auto const begin = (reinterpret_cast<std::uintptr_t>(data) + kHuge - 1) / kHuge * kHuge;
  auto const end = (reinterpret_cast<std::uintptr_t>(data) + size) / kHuge * kHuge;
  // A system without them says so, and small pages do as well.
  if (begin < end) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#endif
}

/** copyBytes(to, from): fills a new typed array with the bytes of another. */
Napi::Value CopyBytes(Napi::CallbackInfo const& info) {
  Napi::Env env = info.Env();
  auto const to = BytesOf(env, info[0]);
  auto const from = BytesOf(env, info[1]);
  if (to.size != from.size) throw Napi::TypeError::New(env, "copyBytes: sizes differ");
  if (to.size == 0) return env.Undefined();
  UseHugePages(to.data, to.size);
  std::memcpy(to.data, from.data, to.size);
  return env.Undefined();
}

/** freeBytes(view): gives the memory behind a typed array back now; the array is empty afterwards.
 */
Napi::Value FreeBytes(Napi::CallbackInfo const& info) {
  Napi::Env env = info.Env();
  auto const bytes = BytesOf(env, info[0]);
  if (napi_detach_arraybuffer(env, bytes.buffer) != napi_ok) throw Napi::Error::New(env);
  return env.Undefined();
}

}  // namespace

void DefineMemory(Napi::Env env, Napi::Object exports) {
  exports.Set("copyBytes", Napi::Function::New<&CopyBytes>(env, "copyBytes"));
  exports.Set("freeBytes", Napi::Function::New<&FreeBytes>(env, "freeBytes"));
}

}  // namespace functions
