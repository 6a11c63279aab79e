#include "forest/probe.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace forest {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

/** Small and the same everywhere, which std's distributions are not. */
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_{seed * 0x9e3779b97f4a7c15u + 0x853c49e6748fea9bu} {}
  std::uint64_t Below(std::uint64_t limit) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return (state_ >> 11) % limit;
  }

 private:
  std::uint64_t state_;
};

/** The values of one feature on which its splits decide. */
struct Candidates {
  std::vector<float> values;
  bool categorical = false;
};

void AddSplit(Trees const& trees, Node const& node, Candidates& candidates) {
  if (node.set == kNumeric) {
    candidates.values.push_back(node.threshold);
    return;
  }
  candidates.categorical = true;
  auto const& words = trees.sets[static_cast<std::size_t>(node.set)].words;
  auto const limit = std::min<std::size_t>(words.size() * 32 + 33, 4096);
  for (std::size_t category = 0; category < limit; ++category) {
    candidates.values.push_back(static_cast<float>(category));
  }
}

std::map<std::uint32_t, Candidates> CollectCandidates(Trees const& trees) {
  std::map<std::uint32_t, Candidates> features;
  for (auto const& node : trees.nodes) {
    if (!node.IsLeaf()) AddSplit(trees, node, features[node.feature]);
  }
  for (auto& [feature, candidates] : features) {
    auto& values = candidates.values;
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
  }
  return features;
}

/** A value at a threshold, beside one, between two, or a special one. */
float Choose(Candidates const& candidates, Random& random, bool infinities) {
  static constexpr float kSpecial[] = {0.0f,   -0.0f, 1e-40f,      -1e-40f,     1e38f,
                                       -1e38f, -1.0f, 16777215.0f, 16777216.0f, 0.5f};
  auto const kind = random.Below(16);
  auto const& values = candidates.values;
  auto const threshold = values[random.Below(values.size())];
  float value = threshold;
  if (kind < 3) {
    value = std::nextafter(threshold, -kInfinity);
  } else if (kind < 5) {
    value = std::nextafter(threshold, kInfinity);
  } else if (kind < 9) {
    auto const other = values[random.Below(values.size())];
    value = threshold + (other - threshold) * static_cast<float>(random.Below(1000)) / 1000.0f;
    if (std::isnan(value)) value = 0.0f;
  } else if (kind == 9) {
    value = kSpecial[random.Below(sizeof kSpecial / sizeof *kSpecial)];
  } else if (kind == 10) {
    return kNaN;
  } else if (kind == 11 && infinities) {
    return random.Below(2) == 0 ? kInfinity : -kInfinity;
  }
  if (candidates.categorical && random.Below(8) != 0) value = std::trunc(value);
  if (std::isinf(value) && !infinities) value = value < 0 ? -3e38f : 3e38f;
  return value;
}

}  // namespace

std::vector<float> MakeProbeRows(Trees const& trees, std::uint64_t max_rows, std::uint64_t seed,
                                 bool infinities) {
  auto const features = CollectCandidates(trees);
  auto const width = static_cast<std::size_t>(trees.num_features);
  Random random{seed};
  std::vector<float> rows(static_cast<std::size_t>(max_rows) * width, 1.0f);
  auto next_missing = features.begin();
  for (std::uint64_t r = 0; r < max_rows; ++r) {
    auto* const row = rows.data() + r * width;
    for (auto const& [feature, candidates] : features) {
      row[feature] = Choose(candidates, random, infinities);
    }
    // Every other row has one more missing value, so that each feature is missing by itself: a
    // kernel was once wrong for one feature only.
    if (r % 2 == 0 || features.empty()) continue;
    if (next_missing == features.end()) next_missing = features.begin();
    row[next_missing->first] = kNaN;
    ++next_missing;
  }
  return rows;
}

}  // namespace forest
