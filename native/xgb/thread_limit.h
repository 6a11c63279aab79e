// How many threads libxgboost takes for one call on the calling thread.
#pragma once

namespace xgb {

/**
 * While it lives, parallel work that the calling thread starts takes at most `most` threads.
 *
 * libxgboost never takes more threads than OpenMP would give the calling thread, so this limits it
 * without a change of the booster's parameters. Other threads are not concerned. Where OpenMP's
 * functions cannot be found (a statically linked library), nothing is limited.
 */
class ThreadLimit {
 public:
  explicit ThreadLimit(int most);
  ~ThreadLimit();
  ThreadLimit(ThreadLimit const&) = delete;
  ThreadLimit& operator=(ThreadLimit const&) = delete;

 private:
  int before_ = 0;  // 0: nothing was changed
};

}  // namespace xgb
