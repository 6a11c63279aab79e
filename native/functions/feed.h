// A feed: how a lane gets batches out of JavaScript while libxgboost builds a matrix there.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>

#include "bind/home.h"
#include "bind/node.h"
#include "bind/waiter.h"
#include "functions/kinds.h"
#include "xgb/batches.h"

namespace functions {

/**
 * The lane asks, and waits on a condition variable; the JS thread answers with a batch, the end, or
 * a stop, and never waits. The closing of the environment counts as a stop.
 */
class Feed : public bind::Waiter, public xgb::BatchSource {
 public:
  /** `ask(first)` is called on the JS thread for each batch wanted; `first`: a pass begins. */
  static std::shared_ptr<Feed> Make(Napi::Env env, Napi::Function ask);
  Feed(std::shared_ptr<bind::Home> home, Napi::FunctionReference ask);

  // Lane thread.
  void Rewind() override { first_ = true; }
  xgb::Batch* Next() override;
  bool Renewed() const override { return true; }

  // JS thread.
  /** The answer to one question: a batch, or null for the end. */
  void Answer(Napi::Env env, std::unique_ptr<xgb::Batch> batch);
  /** Ends the building with a failure, now or at the next question. */
  void Stop(Napi::Env env);
  /** Nothing is asked any more. */
  void Close();
  void Ask(Napi::Env env, bool first);
  void EnvironmentCloses() noexcept override;

 private:
  enum class State { kBusy, kAsked, kAnswered, kStopped };
  class Question;

  std::shared_ptr<bind::Home> home_;
  Napi::FunctionReference ask_;  // JS thread only
  std::weak_ptr<Feed> self_;
  bool first_ = true;  // lane only

  std::mutex mutex_;
  std::condition_variable answered_;
  State state_ = State::kBusy;
  bool waiting_ = false;  // the question has reached JavaScript
  std::unique_ptr<xgb::Batch> batch_;
};

/** makeFeed(ask), feedBatch(feed, batch), endFeed(feed), stopFeed(feed), closeFeed(feed). */
void DefineFeeds(Napi::Env env, Napi::Object exports);

}  // namespace functions
