#include "functions/feed.h"

#include <string>
#include <utility>

#include "bind/environment.h"
#include "bind/table.h"
#include "functions/batches.h"
#include "functions/feed_box.h"

namespace functions {

/** Carries a question to the JS thread. */
class Feed::Question : public bind::Job {
 public:
  Question(std::shared_ptr<Feed> feed, bool first) : feed_{std::move(feed)}, first_{first} {}

  void Run() noexcept override {}
  void Settle(void* env) override { feed_->Ask(Napi::Env{static_cast<napi_env>(env)}, first_); }
  void Abandon() noexcept override { feed_->EnvironmentCloses(); }
  bool ReadsJsMemory() const noexcept override { return false; }

 private:
  std::shared_ptr<Feed> feed_;
  bool first_;
};

Feed::Feed(std::shared_ptr<bind::Home> home, Napi::FunctionReference ask)
    : home_{std::move(home)}, ask_{std::move(ask)} {}

std::shared_ptr<Feed> Feed::Make(Napi::Env env, Napi::Function ask) {
  auto& environment = bind::Environment::From(env);
  auto feed = std::make_shared<Feed>(environment.GetHome(), Napi::Persistent(ask));
  feed->self_ = feed;
  environment.Watch(feed);
  return feed;
}

xgb::Batch* Feed::Next() {
  std::unique_ptr<xgb::Batch> done;
  {
    std::lock_guard<std::mutex> lock{mutex_};
    done = std::move(batch_);
    if (state_ != State::kStopped) state_ = State::kAsked;
  }
  // Without the mutex: the delivery may fail at once, and then stops this feed.
  home_->Deliver(std::make_unique<Question>(self_.lock(), std::exchange(first_, false)));
  std::unique_lock<std::mutex> lock{mutex_};
  answered_.wait(lock, [this] { return state_ == State::kAnswered || state_ == State::kStopped; });
  if (state_ == State::kStopped) {
    throw Failure{FailureKind::kStopped, "batches: the building of the matrix was stopped"};
  }
  state_ = State::kBusy;
  return batch_.get();
}

// While JavaScript looks for the batch, only what it waits for keeps the process alive: a promise
// that never settles shall not.
void Feed::Ask(Napi::Env env, bool first) {
  {
    std::lock_guard<std::mutex> lock{mutex_};
    if (state_ != State::kAsked) return;
    waiting_ = true;
  }
  home_->Settled(env);
  if (!ask_.IsEmpty()) ask_.Call({Napi::Boolean::New(env, first)});
}

void Feed::Answer(Napi::Env env, std::unique_ptr<xgb::Batch> batch) {
  std::lock_guard<std::mutex> lock{mutex_};
  if (state_ == State::kStopped) return;
  if (state_ != State::kAsked || !waiting_) {
    throw Failure{FailureKind::kType, "a feed was given a batch that it did not ask for"};
  }
  batch_ = std::move(batch);
  state_ = State::kAnswered;
  waiting_ = false;
  home_->Expect(env);
  answered_.notify_all();
}

void Feed::Stop(Napi::Env env) {
  std::lock_guard<std::mutex> lock{mutex_};
  state_ = State::kStopped;
  if (std::exchange(waiting_, false)) home_->Expect(env);
  answered_.notify_all();
}

void Feed::Close() { ask_.Reset(); }

void Feed::EnvironmentCloses() noexcept {
  ask_.SuppressDestruct();
  std::lock_guard<std::mutex> lock{mutex_};
  state_ = State::kStopped;
  answered_.notify_all();
}

std::shared_ptr<Feed> OpenFeed(Napi::Value value) {
  auto const object = bind::OpenHandle(value, bind::KindOf<FeedBox>::Get());
  return static_cast<FeedBox*>(object->raw)->feed;
}

namespace {

/** A function of the addon whose failures become JavaScript errors. */
template <class Work>
Napi::Value Guarded(Napi::CallbackInfo const& info, char const* name, Work&& work) {
  try {
    work();
    return info.Env().Undefined();
  } catch (...) {
    return bind::ThrowFailure(info.Env(), bind::CurrentFailure(name));
  }
}

Napi::Value MakeFeed(Napi::CallbackInfo const& info) {
  Napi::Env env = info.Env();
  auto* box = new FeedBox{Feed::Make(env, info[0].As<Napi::Function>())};
  return bind::NewHandle(env, std::make_shared<bind::Object>(bind::KindOf<FeedBox>::Get(), box));
}

Napi::Value FeedBatch(Napi::CallbackInfo const& info) {
  return Guarded(info, "feedBatch", [&] {
    auto const feed = OpenFeed(info[0]);
    bind::Claims none;
    Reader reader{info, "feedBatch", &none};
    reader.Next();
    auto batch = std::make_unique<BatchArgument>();
    batch->Parse(reader, reader.Next());
    batch->Pin();
    feed->Answer(info.Env(), std::move(batch));
  });
}

Napi::Value EndFeed(Napi::CallbackInfo const& info) {
  return Guarded(info, "endFeed", [&] { OpenFeed(info[0])->Answer(info.Env(), nullptr); });
}

Napi::Value StopFeed(Napi::CallbackInfo const& info) {
  return Guarded(info, "stopFeed", [&] { OpenFeed(info[0])->Stop(info.Env()); });
}

Napi::Value CloseFeed(Napi::CallbackInfo const& info) {
  return Guarded(info, "closeFeed", [&] { OpenFeed(info[0])->Close(); });
}

}  // namespace

void DefineFeeds(Napi::Env env, Napi::Object exports) {
  exports.Set("makeFeed", Napi::Function::New<&MakeFeed>(env, "makeFeed"));
  exports.Set("feedBatch", Napi::Function::New<&FeedBatch>(env, "feedBatch"));
  exports.Set("endFeed", Napi::Function::New<&EndFeed>(env, "endFeed"));
  exports.Set("stopFeed", Napi::Function::New<&StopFeed>(env, "stopFeed"));
  exports.Set("closeFeed", Napi::Function::New<&CloseFeed>(env, "closeFeed"));
}

}  // namespace functions
