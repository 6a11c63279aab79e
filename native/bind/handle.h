// The JavaScript values that stand for native objects.
#pragma once

#include <vector>

#include "bind/node.h"
#include "bind/object.h"

namespace bind {

/** Makes the JavaScript value of an object: opaque, tagged with its kind, freed with it as a safety
 * net. */
Napi::Value NewHandle(Napi::Env env, Share object);

/** The object behind a JavaScript value; a Failure names `kind` when it is another thing or was
 * disposed. */
Share OpenHandle(Napi::Value value, Kind const& kind);

/** Drops JavaScript's share; a Failure when the value is of none of the `kinds`. Idempotent. */
void DisposeHandle(Napi::Env env, Napi::Value value, std::vector<Kind const*> const& kinds);

}  // namespace bind
