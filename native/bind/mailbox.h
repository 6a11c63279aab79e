// Where lanes leave finished jobs and log lines for the JS thread. Knows no Node-API.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bind/job.h"

namespace bind {

/**
 * Shared by an environment and its lanes; outlives the environment when a lane was left behind.
 *
 * The owner's thread is woken once for any number of deliveries, until it takes them.
 */
class Mailbox {
 public:
  virtual ~Mailbox() = default;

  /** Any thread. The owner's thread settles the job soon; abandoned when the environment has gone.
   */
  void Deliver(std::unique_ptr<Job> job) noexcept;
  /** Any thread. */
  void Log(char const* line);

 protected:
  /** Owner's thread. What has come since the last time. */
  void TakeJobs(JobQueue* jobs) noexcept;
  void TakeLines(std::vector<std::string>* lines) noexcept;
  /** Owner's thread. Nothing is taken in from now on, Ring is not called again; what waits is
   * abandoned. */
  void Shut() noexcept;

 private:
  /** Asks the owner's thread to take what is there, from any thread; false when that failed.
   * Called with the mutex held, never after Shut or Silence. */
  virtual bool Ring() noexcept = 0;
  /** Gives up the bell. Called once, with the mutex held. */
  virtual void Silence() noexcept = 0;
  void Wake() noexcept;

  std::mutex mutex_;
  bool open_ = true;
  bool waking_ = false;
  JobQueue done_;
  std::vector<std::string> lines_;  // not a deque: an empty one takes memory already
};

}  // namespace bind
