// The threads that predict. One set for the whole process, however many forests there are.
#pragma once

#include <functional>

namespace forest {

/** Threads that a prediction may use: the cores this process may run on. */
int MaxThreads();

/**
 * Calls `work` on this thread and on up to `helpers` others at the same time, and returns when all
 * calls have returned. `work` takes its share from a counter of its own, so it is called fewer
 * times when threads are busy or none can be started. The first exception is thrown on.
 */
void RunTogether(int helpers, std::function<void()> const& work);

}  // namespace forest
