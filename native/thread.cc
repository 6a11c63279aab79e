#include "thread.h"

#include <cstddef>
#include <memory>
#include <system_error>
#include <utility>

#ifdef _WIN32
#include <process.h>
#include <cerrno>
#define WIN32_LEAN_AND_MEAN
#define NOMINMAX
#include <windows.h>
#else
#include <pthread.h>
#endif

namespace {

// What Linux gives a thread by default. Reserved, not used: only touched pages become memory.
constexpr std::size_t kStack = std::size_t{8} << 20;

using Work = std::function<void()>;

#ifdef _WIN32

unsigned __stdcall Run(void* work) {
  std::unique_ptr<Work> const owned{static_cast<Work*>(work)};
  (*owned)();
  return 0;
}

/** 0, or the number of an error. */
int Start(Work* work) {
  auto const thread = _beginthreadex(nullptr, static_cast<unsigned>(kStack), Run, work,
                                     STACK_SIZE_PARAM_IS_A_RESERVATION, nullptr);
  if (thread == 0) return errno;
  CloseHandle(reinterpret_cast<HANDLE>(thread));
  return 0;
}

#else

extern "C" void* RunThread(void* work) {
  std::unique_ptr<Work> const owned{static_cast<Work*>(work)};
  (*owned)();
  return nullptr;
}

/** 0, or the number of an error. */
int Start(Work* work) {
  pthread_attr_t how;
  int failed = pthread_attr_init(&how);
  if (failed != 0) return failed;
  failed = pthread_attr_setstacksize(&how, kStack);
  if (failed == 0) failed = pthread_attr_setdetachstate(&how, PTHREAD_CREATE_DETACHED);
  pthread_t thread;
  if (failed == 0) failed = pthread_create(&thread, &how, RunThread, work);
  pthread_attr_destroy(&how);
  return failed;
}

#endif

}  // namespace

void StartDetachedThread(std::function<void()> work) {
  auto owned = std::make_unique<Work>(std::move(work));
  int const failed = Start(owned.get());
  if (failed != 0) throw std::system_error{failed, std::generic_category()};
  owned.release();
}
