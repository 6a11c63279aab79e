#include "forest/splits.h"

#include <algorithm>
#include <map>

namespace forest {
namespace {

/** Distinct sets by their words; the sets of one feature. */
using SetPlaces = std::map<std::vector<std::uint32_t>, std::uint32_t>;

std::uint32_t PlaceOfSet(Trees const& trees, Node const& node, FeatureSplits& splits,
                         SetPlaces& places) {
  auto const& words = trees.sets[static_cast<std::size_t>(node.set)].words;
  auto const [found, added] = places.emplace(words, static_cast<std::uint32_t>(splits.sets.size()));
  if (added) splits.sets.push_back(node.set);
  return found->second;
}

}  // namespace

Splits CollectSplits(Trees const& trees) {
  Splits splits;
  std::vector<std::vector<float>> thresholds(trees.num_features);
  std::vector<std::uint8_t> kinds(trees.num_features);  // bit 0: numeric, bit 1: categorical
  for (auto const& node : trees.nodes) {
    if (node.IsLeaf()) continue;
    kinds[node.feature] |= node.set == kNumeric ? 1 : 2;
    if (node.set == kNumeric) thresholds[node.feature].push_back(node.threshold);
  }
  std::vector<std::uint32_t> place(trees.num_features);
  for (std::uint32_t f = 0; f < trees.num_features; ++f) {
    if (kinds[f] == 0) continue;
    if (kinds[f] == 3) splits.mixed = true;
    place[f] = static_cast<std::uint32_t>(splits.features.size());
    auto& values = thresholds[f];
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    splits.features.push_back({f, kinds[f] == 2, std::move(values), {}, {}});
  }
  if (splits.mixed) return splits;
  splits.feature_of_node.resize(trees.nodes.size());
  splits.place_of_node.resize(trees.nodes.size());
  std::vector<SetPlaces> sets(splits.features.size());
  for (std::size_t n = 0; n < trees.nodes.size(); ++n) {
    auto const& node = trees.nodes[n];
    if (node.IsLeaf()) continue;
    auto const owner = place[node.feature];
    auto& feature = splits.features[owner];
    splits.feature_of_node[n] = owner;
    if (feature.categorical) {
      splits.place_of_node[n] = PlaceOfSet(trees, node, feature, sets[owner]);
    } else {
      auto const found =
          std::lower_bound(feature.thresholds.begin(), feature.thresholds.end(), node.threshold);
      splits.place_of_node[n] = static_cast<std::uint32_t>(found - feature.thresholds.begin());
    }
    feature.missing_right.resize(std::max(feature.thresholds.size(), feature.sets.size()));
    if (!node.default_left) feature.missing_right[splits.place_of_node[n]] = 1;
  }
  return splits;
}

}  // namespace forest
