// Threads of our own. std::thread leaves the stack to the system, and musl gives 128 KB, macOS 512
// KB: too little for trees as deep as a model may have.
#pragma once

#include <functional>

/** Runs `work`, which must not throw, on a thread of its own that nobody waits for;
 * std::system_error when none can start. */
void StartDetachedThread(std::function<void()> work);
