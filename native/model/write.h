// Writes a checked model in the one form that libxgboost 3.4 gets to see.
#pragma once

#include <string>

#include "model/model.h"

namespace model {

/**
 * UBJSON as libxgboost's own writer makes it, so that its reader can take it in one way only. A
 * model of 3.4 comes out byte for byte as libxgboost would save it, but for the base score's text.
 */
std::string Write(Model const& model);

}  // namespace model
