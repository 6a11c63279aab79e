// What a tree answers on average: the bias that contributions start from.
#pragma once

#include <vector>

#include "forest/trees.h"

namespace forest {

/** The mean of the leaves, without dart's weight, weighted by cover: a value for each of the tree's
 * outputs. Summed in XGBoost's order, which differs between trees with one output and those with
 * several. */
std::vector<double> TreeMeans(Trees const& trees, Tree const& tree);

}  // namespace forest
