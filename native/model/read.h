// Reads a model file. What comes back has passed every check, so that whoever walks it needs none.
#pragma once

#include <cstddef>

#include "model/limits.h"
#include "model/model.h"

namespace model {

/**
 * A model as XGBoost 1.0 to 3.4 saves it, as UBJSON or JSON, told apart as libxgboost does: by the
 * first byte after the brace. Old layouts come back as today's. Throws a Failure of kind kModel
 * that names the place. Takes time and memory in proportion to the bytes.
 */
Model Read(void const* bytes, std::size_t length, Limits const& limits = {});

}  // namespace model
