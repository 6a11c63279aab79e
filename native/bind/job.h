// A piece of work on its way from the JS thread to a lane and back.
#pragma once

namespace bind {

class Job {
 public:
  virtual ~Job() = default;
  /** Lane thread; no Node type in sight. */
  virtual void Run() noexcept = 0;
  /** JS thread, after Run. `env` is a napi_env, kept untyped so that lanes need no Node-API. */
  virtual void Settle(void* env) = 0;
  /**
   * The environment has gone. Any thread. Gives up native shares; JavaScript references are left
   * behind, since only the JS thread may destroy them and it is no more.
   */
  virtual void Abandon() noexcept = 0;
  /** Whether Run reads memory that JavaScript owns. Such a job must end before its environment may.
   */
  virtual bool ReadsJsMemory() const noexcept = 0;
};

}  // namespace bind
