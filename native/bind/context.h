// What `bind` must know about the library whose functions it calls: nothing but these two hooks.
#pragma once

namespace bind {

class CallContext {
 public:
  virtual ~CallContext() = default;
  /** Before each C call, on the thread that makes it. */
  virtual void Enter() = 0;
  /** After each C call, same thread; throws a Failure unless the status is 0. */
  virtual void Check(int status, char const* function) = 0;
};

}  // namespace bind
