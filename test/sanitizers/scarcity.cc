// A preloaded library that makes memory or threads scarce for libxgboost and the addon, and for nobody else in the
// process (V8 ends the process when it gets no memory, which is its right). Linux with glibc only.
//
// JavaScript steers it through the environment, which ends up in setenv and getenv:
//   process.env.SCARCITY_FAIL_AT = '7'    the 7th allocation from now fails, once; '0' only counts
//   process.env.SCARCITY_LEAST = '4096'   in libxgboost only allocations of so many bytes or more count: many small
//                                         ones are made in its noexcept functions, where any exception is the end
//   process.env.SCARCITY_COUNT            how many allocations there were since
//   process.env.SCARCITY_THREADS = '1'    one more thread can be alive than now; '-1' ends that
#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <pthread.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
}

namespace {

struct Range {
  std::uintptr_t begin;
  std::uintptr_t end;
  bool addon;
};
Range g_ours[4];
std::atomic<int> g_ranges{0};
std::atomic<long> g_count{0};
std::atomic<long> g_fail_at{-1};
std::atomic<std::size_t> g_least{0};
std::atomic<long> g_threads{-1};

int Note(dl_phdr_info* info, std::size_t, void*) {
  // Built here, or the one that is shipped.
  bool const addon = std::strstr(info->dlpi_name, "xgboost_gpu.node") != nullptr ||
                     std::strstr(info->dlpi_name, "xgboost-gpu.glibc.node") != nullptr;
  bool const ours = addon || std::strstr(info->dlpi_name, "libxgboost.so") != nullptr;
  int const at = g_ranges.load();
  if (!ours || at == 4) return 0;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    auto const& part = info->dlpi_phdr[i];
    if (part.p_type != PT_LOAD || (part.p_flags & PF_X) == 0) continue;
    std::uintptr_t const begin = info->dlpi_addr + part.p_vaddr;
    g_ours[at] = {begin, begin + part.p_memsz, addon};
    g_ranges.store(at + 1);
    return 0;
  }
  return 0;
}

/** Whether this allocation, asked for from `caller`, must fail. */
bool Fails(void* caller, std::size_t size) {
  if (g_fail_at.load(std::memory_order_relaxed) < 0) return false;
  auto const address = reinterpret_cast<std::uintptr_t>(caller);
  for (int i = g_ranges.load(); i > 0; --i) {
    if (address < g_ours[i - 1].begin || address >= g_ours[i - 1].end) continue;
    if (!g_ours[i - 1].addon && size < g_least.load(std::memory_order_relaxed)) return false;
    return ++g_count == g_fail_at.load(std::memory_order_relaxed);
  }
  return false;
}

struct Start {
  void* (*run)(void*);
  void* argument;
};

/** Runs a thread, and gives its place back when it ends. */
void* Counted(void* raw) {
  Start const start = *static_cast<Start*>(raw);
  free(raw);
  void* const result = start.run(start.argument);
  if (g_threads.load() >= 0) ++g_threads;
  return result;
}

void* Memory(std::size_t size, std::size_t alignment, void* caller) {
  if (Fails(caller, size)) return nullptr;
  return alignment == 0 ? __libc_malloc(size == 0 ? 1 : size) : __libc_memalign(alignment, size);
}
void* MemoryOrThrow(std::size_t size, std::size_t alignment, void* caller) {
  void* const memory = Memory(size, alignment, caller);
  if (memory == nullptr) throw std::bad_alloc{};
  return memory;
}

}  // namespace

#define CALLER __builtin_return_address(0)
#define SHOWN __attribute__((visibility("default")))

extern "C" {
SHOWN void* malloc(std::size_t size) {
  if (Fails(CALLER, size)) {
    errno = ENOMEM;
    return nullptr;
  }
  return __libc_malloc(size);
}
SHOWN void* calloc(std::size_t count, std::size_t size) {
  return Fails(CALLER, count * size) ? nullptr : __libc_calloc(count, size);
}
SHOWN void* realloc(void* old, std::size_t size) {
  return size != 0 && Fails(CALLER, size) ? nullptr : __libc_realloc(old, size);
}
SHOWN void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return Fails(CALLER, size) ? nullptr : __libc_memalign(alignment, size);
}
SHOWN int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
  if (Fails(CALLER, size)) return ENOMEM;
  *out = __libc_memalign(alignment, size);
  return *out == nullptr ? ENOMEM : 0;
}

SHOWN int pthread_create(pthread_t* thread, pthread_attr_t const* attributes, void* (*run)(void*),
                         void* argument) {
  static auto const real =
      reinterpret_cast<decltype(&pthread_create)>(dlsym(RTLD_NEXT, "pthread_create"));
  if (g_threads.load() < 0) return real(thread, attributes, run, argument);
  if (g_threads.load() == 0) return EAGAIN;
  --g_threads;
  auto* const start = static_cast<Start*>(__libc_malloc(sizeof(Start)));
  *start = {run, argument};
  return real(thread, attributes, &Counted, start);
}

SHOWN int setenv(char const* name, char const* value, int overwrite) {
  static auto const real = reinterpret_cast<decltype(&setenv)>(dlsym(RTLD_NEXT, "setenv"));
  if (std::strcmp(name, "SCARCITY_THREADS") == 0) g_threads.store(std::atol(value));
  if (std::strcmp(name, "SCARCITY_LEAST") == 0)
    g_least.store(static_cast<std::size_t>(std::atol(value)));
  if (std::strcmp(name, "SCARCITY_FAIL_AT") == 0) {
    g_ranges.store(0);
    dl_iterate_phdr(&Note, nullptr);
    g_count.store(0);
    g_fail_at.store(std::atol(value));
  }
  return real(name, value, overwrite);
}
SHOWN char* getenv(char const* name) {
  static auto const real = reinterpret_cast<decltype(&getenv)>(dlsym(RTLD_NEXT, "getenv"));
  static char text[32];
  if (std::strcmp(name, "SCARCITY_COUNT") != 0) return real(name);
  std::snprintf(text, sizeof text, "%ld", g_count.load());
  return text;
}
}

SHOWN void* operator new(std::size_t size) { return MemoryOrThrow(size, 0, CALLER); }
SHOWN void* operator new[](std::size_t size) { return MemoryOrThrow(size, 0, CALLER); }
SHOWN void* operator new(std::size_t size, std::align_val_t alignment) {
  return MemoryOrThrow(size, static_cast<std::size_t>(alignment), CALLER);
}
SHOWN void* operator new[](std::size_t size, std::align_val_t alignment) {
  return MemoryOrThrow(size, static_cast<std::size_t>(alignment), CALLER);
}
SHOWN void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
  return Memory(size, 0, CALLER);
}
SHOWN void* operator new[](std::size_t size, std::nothrow_t const&) noexcept {
  return Memory(size, 0, CALLER);
}
