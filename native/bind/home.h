// The mailbox of one Node environment: lanes deliver finished jobs and log lines, the JS thread
// settles them.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <string>

#include "bind/job.h"
#include "bind/node.h"

namespace bind {

/**
 * Shared by the environment and its lanes; outlives the environment when a lane was left behind.
 *
 * The thread-safe function inside must never be used after its environment (Node 20 aborts the
 * process), so senders take the mutex that Close takes, and find it null afterwards.
 */
class Home {
 public:
  explicit Home(Napi::Env env);

  /** Any thread. Settled soon on the JS thread; abandoned when the environment has gone. */
  void Deliver(std::unique_ptr<Job> job) noexcept;
  /** Any thread. */
  void Log(char const* line);

  // The rest: JS thread only.
  /** A promise is pending: keep the event loop alive until it settles. */
  void Expect(Napi::Env env);
  void Settled(Napi::Env env);
  /** Who gets the log lines; an empty reference drops them. */
  void SetLog(Napi::FunctionReference log) { log_ = std::move(log); }
  void DrainLog(Napi::Env env);
  void Close() noexcept;

 private:
  static void OnWake(napi_env env, napi_value function, void* context, void* data);
  void Wake();
  void Drain(Napi::Env env);

  std::mutex mutex_;
  napi_threadsafe_function wake_ = nullptr;
  bool waking_ = false;
  std::deque<std::unique_ptr<Job>> done_;
  std::deque<std::string> lines_;

  int pending_ = 0;
  Napi::FunctionReference log_;
};

}  // namespace bind
