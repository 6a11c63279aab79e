// One tree of a model file: read, and checked node by node.
#pragma once

#include "model/limits.h"
#include "model/model.h"
#include "model/source.h"

namespace model {

/** Reads tree number `index`; what only the rest of the model tells is left to CheckTree. */
Tree ReadTree(Source* source, std::size_t index);

/** Bytes that libxgboost will take for the tree's category sets. */
std::size_t CategoryBytes(Tree const& tree);

/** Refuses a tree that cannot be walked safely in a model of so many features. */
void CheckTree(Tree const& tree, std::uint32_t num_feature, Limits const& limits, Place* place);

}  // namespace model
