// The boosters of a model file: forests and linear models.
#pragma once

#include "model/limits.h"
#include "model/model.h"
#include "model/source.h"

namespace model {

/** Reads `gradient_booster`; what only the rest of the model tells is left to CheckBooster. */
void ReadBooster(Source* source, Model* model);

/** Refuses a booster that does not fit the rest of the model, and old layouts become the new one.
 */
void CheckBooster(Model* model, Limits const& limits, Source* source);

}  // namespace model
