// What surrounds every call of libxgboost: this thread's settings before it, the check of its
// status after it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace xgb {

/**
 * Settings of one Node environment that libxgboost keeps per native thread.
 *
 * Verbosity, thread count and log callback set on one thread do not reach another, so each thread
 * compares the revision before each call and applies what changed.
 */
class Settings {
 public:
  explicit Settings(std::function<void(char const*)> log) : log_{std::move(log)} {}

  /** Any thread. Takes effect at the next call on each thread. */
  void SetGlobalConfig(std::string json);
  void Log(char const* line) const { log_(line); }
  std::uint64_t Revision() const { return revision_.load(std::memory_order_acquire); }
  std::string GlobalConfig() const;

 private:
  std::function<void(char const*)> log_;
  mutable std::mutex mutex_;
  std::string config_;
  std::atomic<std::uint64_t> revision_{0};
};

/** Makes `settings` those of the calling thread. Call before each C function. */
void Enter(std::shared_ptr<Settings> const& settings);

/** Throws a Failure with this thread's last error unless `status` is 0. Call right after the C
 * function, same thread. */
void Check(int status, char const* function);

}  // namespace xgb
