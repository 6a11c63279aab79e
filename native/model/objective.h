// The objective of a model file, and its parameters.
#pragma once

#include "model/model.h"
#include "model/source.h"

namespace model {

/** Reads the objective; its parameters are checked as text, since libxgboost parses them. */
Objective ReadObjective(Source* source);

/** Refuses parameters that contradict the number of outputs. */
void CheckObjective(Model const& model, Place* place);

}  // namespace model
