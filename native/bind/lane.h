// A native thread with a queue. Every asynchronous call on a booster runs on the booster's lane.
// Knows no Node-API.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>

#include "bind/job.h"
#include "bind/mailbox.h"

namespace bind {

/**
 * libxgboost keeps results, prediction caches and errors per thread, so work on one handle stays on
 * one thread. The thread starts with the first job and ends after a while without one (its end
 * frees what libxgboost kept for it); it starts again on demand.
 */
class Lane : public std::enable_shared_from_this<Lane> {
 public:
  static constexpr std::chrono::seconds kIdle{10};
  using Deadline = std::chrono::steady_clock::time_point;

  /** `idle`: after so long without a job the thread ends. */
  explicit Lane(std::shared_ptr<Mailbox> home, std::chrono::milliseconds idle = kIdle)
      : home_{std::move(home)}, idle_{idle} {}

  /** Queues a job. A Failure when the environment is closing or no thread can be started; the job
   * is then untouched. */
  void Post(std::unique_ptr<Job>& job);
  /** Queues a job only if the thread lives, since the end of the thread has done that work
   * otherwise. */
  bool PostIfRunning(std::unique_ptr<Job>& job);
  /** Jobs waiting or running. */
  std::size_t Load() const;

  /** Gives up what waits, and lets the thread end after the job that runs. */
  void Close();
  /** Waits until no job runs: up to `deadline`, but without limit for one that reads memory
   * JavaScript owns. */
  void WaitUntilQuiet(Deadline deadline);

  /** On the thread of a lane: becomes true once its environment ends, for work that can stop
   * half-way. Null on a thread that is no lane. */
  static std::atomic<bool> const* Closing();

  /** How many boosters have this lane. */
  std::atomic<int> bound{0};

 private:
  void Work();
  void Start();

  std::shared_ptr<Mailbox> home_;
  std::chrono::milliseconds const idle_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::condition_variable quiet_;
  JobQueue queue_;
  bool busy_ = false;             // a job runs
  bool reads_js_memory_ = false;  // ... and reads memory that JavaScript owns
  bool running_ = false;
  std::atomic<bool> closed_{false};  // written with the mutex held; work reads it without
};

}  // namespace bind
