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

bool Home::Ring() noexcept {
  return napi_call_threadsafe_function(wake_, nullptr, napi_tsfn_nonblocking) == napi_ok;
}

void Home::Silence() noexcept {
  napi_release_threadsafe_function(wake_, napi_tsfn_abort);
  wake_ = nullptr;
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
  JobQueue done;
  TakeJobs(&done);
  DrainLog(env);
  while (auto job = done.Pop()) {
    try {
      Napi::HandleScope scope{env};
      job->Settle(static_cast<napi_env>(env));
    } catch (...) {
      // A worker that is being ended runs no more JavaScript; nobody waits for the promise. An
      // exception that left this callback would end the process.
    }
  }
}

void Home::DrainLog(Napi::Env env) {
  std::vector<std::string> lines;
  TakeLines(&lines);
  if (lines.empty() || log_.IsEmpty()) return;
  try {
    for (auto const& line : lines) {
      Napi::HandleScope scope{env};
      // The function is ours and catches what the user's handler throws.
      log_.Call({Napi::String::New(env, line)});
    }
  } catch (...) {
    // As in Drain.
  }
}

void Home::Close() noexcept {
  Shut();
  log_.SuppressDestruct();
}

}  // namespace bind
