#include "forest/buckets.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace forest {

std::int32_t OrderedKey(float value) {
  value += 0.0f;
  std::int32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits < 0 ? bits ^ 0x7fffffff : bits;
}

namespace {

constexpr std::int32_t kBucketCounts[] = {64, 256, 1024, 4096};
/** A map with more buckets must save a comparison, and stay in proportion to its thresholds: with
 * many features, the maps would push each other out of the caches. */
constexpr std::uint32_t kGoodSteps = 1;
constexpr std::size_t kBucketsPerThreshold = 16;

/** The kernels compute the same, operation by operation: only then is a threshold in the bucket of
 * the values that reach it. */
std::int32_t BucketOf(PlaneFeature const& feature, float value) {
  if (feature.map == BucketMap::kLinear) {
    auto place = (value - feature.low) * feature.scale;
    place = place > 0.0f ? place : 0.0f;
    auto const top = static_cast<float>(feature.buckets - 1);
    place = place < top ? place : top;
    return static_cast<std::int32_t>(place);
  }
  auto const key = OrderedKey(value);
  if (key <= feature.low_key) return 0;
  auto const distance =
      static_cast<std::uint32_t>(key) - static_cast<std::uint32_t>(feature.low_key);
  return std::min(static_cast<std::int32_t>(distance >> feature.key_shift), feature.buckets - 1);
}

/** Thresholds that are finite: the others are in the first or last bucket of any map. */
void SetRange(std::vector<float> const& thresholds, PlaneFeature& feature) {
  float low = 0, high = 0;
  bool any = false;
  for (auto const value : thresholds) {
    if (!std::isfinite(value)) continue;
    if (!any) low = value;
    high = value;
    any = true;
  }
  if (feature.map == BucketMap::kLinear) {
    feature.low = low;
    feature.scale = high > low ? static_cast<float>(feature.buckets - 1) / (high - low) : 0.0f;
    // Of ranges too large or too small for a float32 nothing can be said.
    if (!std::isfinite(high - low) || !std::isfinite(feature.scale)) feature.scale = 0.0f;
  } else {
    feature.low_key = OrderedKey(low);
    auto const range =
        static_cast<std::uint32_t>(OrderedKey(high)) - static_cast<std::uint32_t>(feature.low_key);
    feature.key_shift = 1;  // so that a shifted distance is not negative
    while ((range >> feature.key_shift) >= static_cast<std::uint32_t>(feature.buckets)) {
      ++feature.key_shift;
    }
  }
}

std::uint32_t MostPerBucket(std::vector<float> const& thresholds, PlaneFeature const& feature) {
  std::uint32_t most = 0, run = 0;
  std::int32_t last = -1;
  for (auto const value : thresholds) {
    auto const bucket = BucketOf(feature, value);
    run = bucket == last ? run + 1 : 1;
    last = bucket;
    most = std::max(most, run);
  }
  return most;
}

}  // namespace

std::vector<std::uint16_t> MakeBuckets(std::vector<float> const& thresholds,
                                       PlaneFeature& feature) {
  PlaneFeature best;
  for (auto const buckets : kBucketCounts) {
    if (best.buckets != 0 &&
        static_cast<std::size_t>(buckets) > kBucketsPerThreshold * thresholds.size()) {
      break;
    }
    for (auto const map : {BucketMap::kLinear, BucketMap::kFloatBits}) {
      auto candidate = feature;
      candidate.map = map;
      candidate.buckets = buckets;
      SetRange(thresholds, candidate);
      candidate.steps = MostPerBucket(thresholds, candidate);
      if (best.buckets == 0 || candidate.steps < best.steps) best = candidate;
    }
    if (best.steps <= kGoodSteps) break;
  }
  feature = best;
  std::vector<std::uint16_t> first(static_cast<std::size_t>(feature.buckets));
  std::size_t code = 0;
  for (std::int32_t bucket = 0; bucket < feature.buckets; ++bucket) {
    while (code < thresholds.size() && BucketOf(feature, thresholds[code]) < bucket) ++code;
    first[static_cast<std::size_t>(bucket)] = static_cast<std::uint16_t>(code);
  }
  return first;
}

}  // namespace forest
