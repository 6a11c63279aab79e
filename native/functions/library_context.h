// Joins an environment to libxgboost's per-thread settings.
#pragma once

#include <string>

#include "bind/environment.h"

namespace functions {

/** Gives `environment` its settings and its log; once, later calls do nothing. */
void AttachContext(bind::Environment& environment);

/** Checks `json` on this thread by applying it, then makes it the setting of all threads of the
 * environment. */
void SetGlobalConfig(bind::Environment& environment, std::string json);

}  // namespace functions
