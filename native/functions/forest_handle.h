// The JavaScript handle of a compiled forest, and how threads find each other's forests.
#pragma once

#include <memory>
#include <string>

#include "bind/node.h"
#include "forest/forest.h"

namespace functions {

using ForestShare = std::shared_ptr<forest::Forest const>;

/**
 * The handle of a forest is a JavaScript function: `(features, out?) => number` predicts one row. A
 * row costs well below a microsecond, so nothing may stand between the function and its forest.
 */
Napi::Value NewForestHandle(Napi::Env env, ForestShare forest);

/** The forest of a handle. A Failure when `value` is none, or was disposed. */
ForestShare OpenForestHandle(Napi::Value value);

/** Drops the handle's share; calls in flight keep theirs. Idempotent. */
void DisposeForestHandle(Napi::Value value);

/** A name under which the other threads of this process find `forest` as long as anybody holds it.
 */
std::string ShareForest(ForestShare const& forest);

/** The forest with that name. A Failure when nobody holds it any more, or nobody ever did here. */
ForestShare FindForest(std::string const& name);

}  // namespace functions
