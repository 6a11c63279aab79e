#include "bind/home.h"

#include <utility>

#include "failure.h"

namespace bind {

Home::Home(Napi::Env env) {
  napi_value name = Napi::String::New(env, "xgboost-gpu");
  napi_status const status = napi_create_threadsafe_function(
      env, nullptr, nullptr, name, 0, 1, nullptr, nullptr, this, &Home::OnWake, &wake_);
  if (status != napi_ok)
    throw Failure{FailureKind::kStopped, "this JavaScript environment is shutting down"};
  napi_unref_threadsafe_function(env, wake_);
}

void Home::Wake() {
  if (waking_ || wake_ == nullptr) return;
  waking_ = napi_call_threadsafe_function(wake_, nullptr, napi_tsfn_nonblocking) == napi_ok;
}

void Home::Deliver(std::unique_ptr<Job> job) noexcept {
  {
    std::lock_guard<std::mutex> lock{mutex_};
    if (wake_ != nullptr) {
      done_.push_back(std::move(job));
      Wake();
      return;
    }
  }
  job->Abandon();
}

void Home::Log(char const* line) {
  std::lock_guard<std::mutex> lock{mutex_};
  if (wake_ == nullptr) return;
  lines_.emplace_back(line);
  Wake();
}

void Home::Expect(Napi::Env env) {
  if (pending_++ == 0) napi_ref_threadsafe_function(env, wake_);
}

void Home::Settled(Napi::Env env) {
  if (--pending_ == 0 && wake_ != nullptr) napi_unref_threadsafe_function(env, wake_);
}

// With a null env the environment is closing, and `context` may be gone: touch nothing.
void Home::OnWake(napi_env env, napi_value, void* context, void*) {
  if (env == nullptr) return;
  static_cast<Home*>(context)->Drain(Napi::Env{env});
}

void Home::Drain(Napi::Env env) {
  std::deque<std::unique_ptr<Job>> done;
  {
    std::lock_guard<std::mutex> lock{mutex_};
    waking_ = false;
    done.swap(done_);
  }
  DrainLog(env);
  for (auto& job : done) {
    try {
      Napi::HandleScope scope{env};
      job->Settle(static_cast<napi_env>(env));
    } catch (Napi::Error const&) {
      // A worker that is being ended runs no more JavaScript; nobody waits for the promise. An
      // exception that left this callback would end the process.
    }
  }
}

void Home::DrainLog(Napi::Env env) {
  std::deque<std::string> lines;
  {
    std::lock_guard<std::mutex> lock{mutex_};
    if (lines_.empty()) return;
    lines.swap(lines_);
  }
  if (log_.IsEmpty()) return;
  try {
    for (auto const& line : lines) {
      Napi::HandleScope scope{env};
      // The function is ours and catches what the user's handler throws.
      log_.Call({Napi::String::New(env, line)});
    }
  } catch (Napi::Error const&) {
    // As in Drain.
  }
}

void Home::Close() noexcept {
  std::deque<std::unique_ptr<Job>> done;
  {
    std::lock_guard<std::mutex> lock{mutex_};
    if (wake_ != nullptr) napi_release_threadsafe_function(wake_, napi_tsfn_abort);
    wake_ = nullptr;
    done.swap(done_);
    lines_.clear();
  }
  for (auto& job : done) job->Abandon();
  log_.SuppressDestruct();
}

}  // namespace bind
