// The mailbox of one Node environment: rung through a thread-safe function, emptied on the JS
// thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bind/mailbox.h"
#include "bind/node.h"

namespace bind {

/**
 * The thread-safe function inside must never be used after its environment (Node 20 aborts the
 * process), so it is only called with the mailbox's mutex held, and not once that is shut.
 */
class Home : public Mailbox {
 public:
  explicit Home(Napi::Env env);

  // JS thread only.
  /** A promise is pending: keep the event loop alive until it settles. */
  void Expect(Napi::Env env);
  void Settled(Napi::Env env);
  /** Who gets the log lines; an empty reference drops them. */
  void SetLog(Napi::FunctionReference log) { log_ = std::move(log); }
  void DrainLog(Napi::Env env);
  void Close() noexcept;

 private:
  bool Ring() noexcept override;
  void Silence() noexcept override;
  static void OnWake(napi_env env, napi_value function, void* context, void* data);
  void Drain(Napi::Env env);

  napi_threadsafe_function wake_ = nullptr;
  int pending_ = 0;
  Napi::FunctionReference log_;
};

}  // namespace bind
