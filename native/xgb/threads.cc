#include "xgb/threads.h"

#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "xgb/library.h"

namespace xgb {
namespace {

/** How many of `wanted` threads can be alive at once beside this one; starts and ends them. */
unsigned CountStartable(unsigned wanted) {
  std::mutex hold;
  std::vector<std::thread> threads;
  threads.reserve(wanted);
  {
    std::lock_guard<std::mutex> const held{hold};
    try {
      while (threads.size() < wanted)
        threads.emplace_back([&hold] { std::lock_guard<std::mutex> const wait{hold}; });
    } catch (std::exception const&) {
      // The limit is found: of threads (std::system_error) or of memory.
    }
  }
  for (auto& thread : threads) thread.join();
  return static_cast<unsigned>(threads.size());
}

}  // namespace

void LimitThreads(Settings const& settings) {
  // Never more than the processors this process may use: libxgboost does not ask for more.
  unsigned const processors = std::thread::hardware_concurrency();
  if (processors < 2) return;
  unsigned const usable = CountStartable(processors - 1) + 1;
  if (usable == processors) return;
  auto* const set_threads = FindInLibrary("omp_set_num_threads");
  if (set_threads == nullptr) return;
  reinterpret_cast<void (*)(int)>(set_threads)(static_cast<int>(usable));
  auto const line = "[00:00:00] WARNING: only " + std::to_string(usable) + " of " +
                    std::to_string(processors) +
                    " native threads can be started here, so no more are used; raise the limit of "
                    "processes or memory, or set nthread";
  settings.Log(line.c_str());
}

}  // namespace xgb
