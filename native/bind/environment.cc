#include "bind/environment.h"

#include <algorithm>
#include <chrono>
#include <new>
#include <utility>

namespace bind {
namespace {

constexpr std::size_t kMaxBoosterLanes = 64;
constexpr std::size_t kMaxPoolLanes = 4;
/** How long the end of a worker waits for native calls, all lanes together. What runs longer is
 * left behind. */
constexpr std::chrono::milliseconds kPatience{50};
constexpr std::size_t kSmallBuffer = std::size_t{64} << 10;

std::shared_ptr<Lane> LeastLoaded(std::vector<std::shared_ptr<Lane>> const& lanes) {
  return *std::min_element(lanes.begin(), lanes.end(),
                           [](auto const& a, auto const& b) { return a->Load() < b->Load(); });
}

void OnCleanup(void* environment) { static_cast<Environment*>(environment)->Close(); }

}  // namespace

Environment& Environment::Attach(Napi::Env env) {
  auto* environment = new Environment{env};
  env.SetInstanceData(environment);  // deletes it after the cleanup hooks
  // After the thread-safe function: hooks run in reverse order, and ours must find it alive.
  napi_add_env_cleanup_hook(env, &OnCleanup, environment);
  return *environment;
}

Environment::Environment(Napi::Env env)
    : home_{std::make_shared<Home>(env)},
      array_buffer_{Napi::Persistent(env.Global().Get("ArrayBuffer").As<Napi::Function>())} {}

Napi::ArrayBuffer Environment::NewBuffer(Napi::Env env, std::size_t bytes) const {
  // Quicker, but it ends the process where there is no memory, as the engine itself does when so
  // little is missing.
  if (bytes < kSmallBuffer) return Napi::ArrayBuffer::New(env, bytes);
  try {
    auto const length = Napi::Number::New(env, static_cast<double>(bytes));
    return array_buffer_.New({length}).As<Napi::ArrayBuffer>();
  } catch (Napi::Error const&) {
    throw std::bad_alloc{};
  }
}

Napi::Value Environment::MakeError(Napi::Env env, Failure const& failure, Napi::Value site) const {
  auto const text = Napi::String::New(env, failure.Text());
  if (make_error_.IsEmpty()) return Napi::Error::New(env, text).Value();
  return make_error_.Call({Napi::String::New(env, NameOf(failure.Kind())), text,
                           Napi::String::New(env, failure.Function()),
                           site.IsEmpty() ? Napi::Value{env.Undefined()} : site});
}

std::shared_ptr<Lane> Environment::LaneFor(Claims const& claims, Pool pool) {
  if (Share const* serial = claims.Serial()) {
    auto& object = **serial;
    if (object.lane == nullptr) {
      object.lane = BoosterLane();
      ++object.lane->bound;
    }
    return object.lane;
  }
  auto lane = claims.HomeLane();
  if (lane != nullptr) return lane;
  return PoolLane(pool == Pool::kQuick ? &quick_lanes_ : &pool_lanes_);
}

std::shared_ptr<Lane> Environment::NewLane(std::vector<std::shared_ptr<Lane>>* lanes) {
  return lanes->emplace_back(std::make_shared<Lane>(home_));
}

std::shared_ptr<Lane> Environment::BoosterLane() {
  for (auto const& lane : booster_lanes_) {
    if (lane->bound == 0 && lane->Load() == 0) return lane;
  }
  return booster_lanes_.size() < kMaxBoosterLanes ? NewLane(&booster_lanes_)
                                                  : LeastLoaded(booster_lanes_);
}

std::shared_ptr<Lane> Environment::PoolLane(std::vector<std::shared_ptr<Lane>>* lanes) {
  for (auto const& lane : *lanes) {
    if (lane->Load() == 0) return lane;
  }
  return lanes->size() < kMaxPoolLanes ? NewLane(lanes) : LeastLoaded(*lanes);
}

std::shared_ptr<Lane> Environment::OwnLane() {
  for (auto const& lane : own_lanes_) {
    if (lane->Load() == 0) return lane;
  }
  return NewLane(&own_lanes_);
}

void Environment::Watch(std::weak_ptr<Waiter> waiter) {
  waiters_.erase(std::remove_if(waiters_.begin(), waiters_.end(),
                                [](auto const& known) { return known.expired(); }),
                 waiters_.end());
  waiters_.push_back(std::move(waiter));
}

void Environment::Close() noexcept {
  auto const deadline = std::chrono::steady_clock::now() + kPatience;
  for (auto const* lanes : {&booster_lanes_, &pool_lanes_, &quick_lanes_, &own_lanes_}) {
    for (auto const& lane : *lanes) lane->Close();
  }
  // A lane that waits for JavaScript would wait for ever.
  for (auto const& known : waiters_) {
    if (auto const waiter = known.lock()) waiter->EnvironmentCloses();
  }
  for (auto const* lanes : {&booster_lanes_, &pool_lanes_, &quick_lanes_, &own_lanes_}) {
    for (auto const& lane : *lanes) lane->WaitUntilQuiet(deadline);
  }
  home_->Close();
  make_error_.SuppressDestruct();
}

}  // namespace bind
