#include "xgb/thread_limit.h"

#include "xgb/library.h"

namespace xgb {
namespace {

// OpenMP's own functions, from the copy of OpenMP that libxgboost is linked with. Its header may
// not be there.
struct OpenMp {
  int (*max_threads)() = reinterpret_cast<int (*)()>(FindInLibrary("omp_get_max_threads"));
  void (*set_threads)(int) = reinterpret_cast<void (*)(int)>(FindInLibrary("omp_set_num_threads"));
};

/** The library is never closed or exchanged, so what was found once stays right. */
OpenMp const& Functions() {
  static OpenMp const functions;
  return functions;
}

}  // namespace

ThreadLimit::ThreadLimit(int most) {
  auto const& functions = Functions();
  if (functions.max_threads == nullptr || functions.set_threads == nullptr) return;
  int const now = functions.max_threads();
  if (most < 1 || now <= most) return;
  functions.set_threads(most);
  before_ = now;
}

ThreadLimit::~ThreadLimit() {
  if (before_ != 0) Functions().set_threads(before_);
}

}  // namespace xgb
