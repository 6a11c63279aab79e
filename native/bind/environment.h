// What one Node environment (the main thread, or one worker) owns. Nothing here is shared between
// environments.
#pragma once

#include <memory>
#include <vector>

#include "bind/context.h"
#include "bind/handle.h"
#include "bind/home.h"
#include "bind/lane.h"
#include "bind/node.h"
#include "bind/waiter.h"
#include "failure.h"

namespace bind {

/** Threads for calls whose objects bring no lane: those of matrices may take minutes, so quick ones
 * do not queue behind them. */
enum class Pool { kLong, kQuick };

class Environment {
 public:
  /** Attaches a new environment to `env`; `context` makes the hooks around C calls, given where log
   * lines go. */
  static Environment& Attach(Napi::Env env);
  static Environment& From(Napi::Env env) { return *env.GetInstanceData<Environment>(); }

  explicit Environment(Napi::Env env);

  std::shared_ptr<Home> const& GetHome() const { return home_; }
  std::shared_ptr<CallContext> const& Context() const { return context_; }
  void SetContext(std::shared_ptr<CallContext> context) { context_ = std::move(context); }

  /** `makeError(kind, text, function, site)` of the TypeScript side. */
  void SetErrorFactory(Napi::Function factory) { make_error_ = Napi::Persistent(factory); }
  /** A JavaScript error for `failure`; `site` is an Error made where the call was made, or empty.
   */
  Napi::Value MakeError(Napi::Env env, Failure const& failure, Napi::Value site) const;

  /** A new buffer of JavaScript's own. @throws std::bad_alloc */
  Napi::ArrayBuffer NewBuffer(Napi::Env env, std::size_t bytes) const;

  /** The lane that must run a call with these claims; a booster without a lane gets one. */
  std::shared_ptr<Lane> LaneFor(Claims const& claims, Pool pool);
  /** A lane that nothing else is queued on. A job that waits for JavaScript must have it, since
   * that JavaScript may wait for another job. */
  std::shared_ptr<Lane> OwnLane();

  /** Tells `waiter` when this environment closes. */
  void Watch(std::weak_ptr<Waiter> waiter);

  void Close() noexcept;

 private:
  std::shared_ptr<Lane> BoosterLane();
  std::shared_ptr<Lane> PoolLane(std::vector<std::shared_ptr<Lane>>* lanes);
  std::shared_ptr<Lane> NewLane(std::vector<std::shared_ptr<Lane>>* lanes);

  std::shared_ptr<Home> home_;
  std::shared_ptr<CallContext> context_;
  Napi::FunctionReference make_error_;
  Napi::FunctionReference array_buffer_;  // the engine's class, before a program can replace it
  // Strong references: teardown must find every lane that may run a job.
  std::vector<std::shared_ptr<Lane>> booster_lanes_;
  std::vector<std::shared_ptr<Lane>> pool_lanes_;
  std::vector<std::shared_ptr<Lane>> quick_lanes_;
  std::vector<std::shared_ptr<Lane>> own_lanes_;
  std::vector<std::weak_ptr<Waiter>> waiters_;
};

}  // namespace bind
