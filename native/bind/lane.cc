#include "bind/lane.h"

#include <system_error>
#include <utility>

#include "failure.h"
#include "thread.h"

namespace bind {
namespace {
thread_local std::atomic<bool> const* closing = nullptr;
}  // namespace

std::atomic<bool> const* Lane::Closing() { return closing; }

// Called with the mutex held.
void Lane::Start() {
  if (running_) return;
  try {
    StartDetachedThread([lane = shared_from_this()] { lane->Work(); });
  } catch (std::system_error const& error) {
    throw Failure{FailureKind::kXGBoost,
                  std::string{"cannot start a native thread: "} + error.what()};
  }
  running_ = true;
}

void Lane::Post(std::unique_ptr<Job>& job) {
  std::lock_guard<std::mutex> lock{mutex_};
  if (closed_) throw Failure{FailureKind::kStopped, "this JavaScript environment is shutting down"};
  Start();
  queue_.Push(std::move(job));
  ready_.notify_one();
}

bool Lane::PostIfRunning(std::unique_ptr<Job>& job) {
  std::lock_guard<std::mutex> lock{mutex_};
  if (closed_ || !running_) return false;
  queue_.Push(std::move(job));
  ready_.notify_one();
  return true;
}

std::size_t Lane::Load() const {
  std::lock_guard<std::mutex> lock{mutex_};
  return queue_.Size() + (busy_ ? 1 : 0);
}

void Lane::Work() {
  // `this` outlives the thread, which shares it.
  closing = &closed_;
  std::unique_lock<std::mutex> lock{mutex_};
  while (ready_.wait_for(lock, idle_, [this] { return closed_ || queue_.Size() != 0; }) &&
         !closed_) {
    auto job = queue_.Pop();
    busy_ = true;
    reads_js_memory_ = job->ReadsJsMemory();
    lock.unlock();
    job->Run();
    lock.lock();
    // Before the delivery: once delivered, the JS thread may have deleted the job.
    busy_ = false;
    reads_js_memory_ = false;
    quiet_.notify_all();
    lock.unlock();
    home_->Deliver(std::move(job));
    lock.lock();
  }
  running_ = false;
}

void Lane::Close() {
  JobQueue waiting;
  {
    std::lock_guard<std::mutex> lock{mutex_};
    closed_ = true;
    waiting.Swap(queue_);
    ready_.notify_all();
  }
  while (auto job = waiting.Pop()) job->Abandon();
}

void Lane::WaitUntilQuiet(Deadline deadline) {
  std::unique_lock<std::mutex> lock{mutex_};
  auto const quiet = [this] { return !busy_; };
  // A worker's buffers are freed with it: reading them afterwards would be a crash, so such a call
  // is waited for.
  if (reads_js_memory_) {
    quiet_.wait(lock, quiet);
  } else {
    quiet_.wait_until(lock, deadline, quiet);
  }
}

}  // namespace bind
