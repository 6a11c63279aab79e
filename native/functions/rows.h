// The rows, a function per family of the C API.
#pragma once

#include "bind/table.h"

namespace functions {

void DefineGlobal(bind::Table& table);
void DefineDMatrix(bind::Table& table);
void DefineBooster(bind::Table& table);
void DefineBoosterPrediction(bind::Table& table);
void DefineCollective(bind::Table& table);
/** These need no libxgboost. */
void DefineForest(bind::Table& table);

}  // namespace functions
