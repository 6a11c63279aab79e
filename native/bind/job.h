// A piece of work on its way from the JS thread to a lane and back, and the queue it waits in.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

namespace bind {

class Job {
 public:
  virtual ~Job() = default;
  /** Lane thread; no Node type in sight. */
  virtual void Run() noexcept = 0;
  /** JS thread, after Run. `env` is a napi_env, kept untyped so that lanes need no Node-API. */
  virtual void Settle(void* env) = 0;
  /**
   * The environment has gone. Any thread. Gives up native shares; JavaScript references are left
   * behind, since only the JS thread may destroy them and it is no more.
   */
  virtual void Abandon() noexcept = 0;
  /** Whether Run reads memory that JavaScript owns. Such a job must end before its environment may.
   */
  virtual bool ReadsJsMemory() const noexcept = 0;

 private:
  friend class JobQueue;
  std::unique_ptr<Job> next_;
};

/**
 * First in, first out. The links are in the jobs, so that handing one over needs no memory and
 * cannot fail: a lane that has run a job has nobody to report a failure to.
 */
class JobQueue {
 public:
  JobQueue() = default;
  JobQueue(JobQueue const&) = delete;
  JobQueue& operator=(JobQueue const&) = delete;
  // One after the other: the destructor of a long chain would overflow the stack.
  ~JobQueue() {
    while (Pop() != nullptr) {
    }
  }

  void Push(std::unique_ptr<Job> job) noexcept {
    Job* const added = job.get();
    (last_ == nullptr ? first_ : last_->next_) = std::move(job);
    last_ = added;
    ++size_;
  }
  /** The oldest job, or null. */
  std::unique_ptr<Job> Pop() noexcept {
    auto job = std::move(first_);
    if (job == nullptr) return job;
    first_ = std::move(job->next_);
    if (first_ == nullptr) last_ = nullptr;
    --size_;
    return job;
  }
  void Swap(JobQueue& other) noexcept {
    std::swap(first_, other.first_);
    std::swap(last_, other.last_);
    std::swap(size_, other.size_);
  }
  std::size_t Size() const noexcept { return size_; }

 private:
  std::unique_ptr<Job> first_;
  Job* last_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace bind
