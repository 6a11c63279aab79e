// Keeps OpenMP from asking for more threads than the system gives.
#pragma once

#include <memory>

#include "xgb/calls.h"

namespace xgb {

/**
 * Lets OpenMP use no more threads on the calling thread than can be started, and logs a warning
 * when that is fewer than there are processors.
 *
 * libgomp ends the whole process when it cannot start a thread (a container's limit of processes,
 * no address space for a stack). Call once on each native thread, before libxgboost computes on it.
 */
void LimitThreads(Settings const& settings);

}  // namespace xgb
