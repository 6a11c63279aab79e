// What a lane may be waiting for.
#pragma once

namespace bind {

/** Lets a lane go that waits for JavaScript, when no JavaScript will run any more. */
class Waiter {
 public:
  virtual ~Waiter() = default;
  /** JS thread, while its environment closes. */
  virtual void EnvironmentCloses() noexcept = 0;
};

}  // namespace bind
