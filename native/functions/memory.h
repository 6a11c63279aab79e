// Copies of the caller's memory, made and freed at a known time.
#pragma once

#include "bind/node.h"

namespace functions {

/** Adds copyBytes and freeBytes to `exports`. */
void DefineMemory(Napi::Env env, Napi::Object exports);

}  // namespace functions
