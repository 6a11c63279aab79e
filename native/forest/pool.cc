#include "forest/pool.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

#include "thread.h"

namespace forest {
namespace {

constexpr std::chrono::seconds kIdle{10};

/** One call of RunTogether; lives on its caller's stack. All members under the pool's mutex. */
struct Gathering {
  std::function<void()> const& work;
  int wanted;       // helpers that may still join
  int working = 0;  // helpers inside `work`
  std::exception_ptr failure;
  std::condition_variable done;
};

/**
 * A thread ends after a while without work, and is never joined: it holds nothing of its own and is
 * inside a caller's work only while that caller waits, so the end of the process may cut it off.
 */
class Pool {
 public:
  void Run(int helpers, std::function<void()> const& work) {
    Gathering gathering{work, helpers, 0, nullptr, {}};
    {
      std::lock_guard<std::mutex> lock{mutex_};
      gatherings_.push_back(&gathering);
      StartThreads(helpers);
    }
    ready_.notify_all();
    std::exception_ptr failure;
    try {
      work();
    } catch (...) {
      failure = std::current_exception();
    }
    std::unique_lock<std::mutex> lock{mutex_};
    Remove(&gathering);
    gathering.done.wait(lock, [&gathering] { return gathering.working == 0; });
    if (failure == nullptr) failure = gathering.failure;
    if (failure != nullptr) std::rethrow_exception(failure);
  }

 private:
  // Called with the mutex held. Too few threads are no error: the caller does the rest.
  void StartThreads(int helpers) {
    auto const missing = std::min(helpers - idle_, MaxThreads() - 1 - threads_);
    for (int i = 0; i < missing; ++i) {
      try {
        StartDetachedThread([this] { Work(); });
      } catch (std::system_error const&) {
        return;
      }
      ++threads_;
    }
  }

  void Remove(Gathering* gathering) {
    gatherings_.erase(std::remove(gatherings_.begin(), gatherings_.end(), gathering),
                      gatherings_.end());
  }

  void Work() {
    std::unique_lock<std::mutex> lock{mutex_};
    while (true) {
      ++idle_;
      bool const more = ready_.wait_for(lock, kIdle, [this] { return !gatherings_.empty(); });
      --idle_;
      if (!more) break;
      auto* const gathering = gatherings_.front();
      if (--gathering->wanted == 0) gatherings_.pop_front();
      ++gathering->working;
      lock.unlock();
      std::exception_ptr failure;
      try {
        gathering->work();
      } catch (...) {
        failure = std::current_exception();
      }
      lock.lock();
      // Nobody else can be of use to a work that has run out.
      Remove(gathering);
      if (gathering->failure == nullptr) gathering->failure = failure;
      if (--gathering->working == 0) gathering->done.notify_all();
    }
    --threads_;
  }

  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Gathering*> gatherings_;
  int threads_ = 0;
  int idle_ = 0;
};

/** Never destroyed: its threads may outlive whatever would destroy it. */
Pool& SharedPool() {
  static auto* const pool = new Pool;
  return *pool;
}

}  // namespace

int MaxThreads() {
  static int const cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  return cores;
}

void RunTogether(int helpers, std::function<void()> const& work) {
  helpers = std::min(helpers, MaxThreads() - 1);
  if (helpers <= 0) return work();
  SharedPool().Run(helpers, work);
}

}  // namespace forest
