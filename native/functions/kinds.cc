#include "functions/kinds.h"

#include "functions/feed_box.h"
#include "xgb/library.h"
#include "xgb/matrices.h"

namespace bind {

Kind const& KindOf<XGBDMatrix>::Get() {
  static Kind const kind{
      "DMatrix",
      TagOf(1),
      [](void* raw) { XGB_FUNCTION(XGDMatrixFree)(static_cast<DMatrixHandle>(raw)); },
      nullptr,
      [](void* raw) { return xgb::Weigh(static_cast<DMatrixHandle>(raw)); },
      false,
  };
  return kind;
}

Kind const& KindOf<XGBBooster>::Get() {
  static Kind const kind{
      "Booster",
      TagOf(2),
      [](void* raw) { XGB_FUNCTION(XGBoosterFree)(static_cast<BoosterHandle>(raw)); },
      // Fails on a booster that was never configured, which has nothing to drop.
      [](void* raw) { XGB_FUNCTION(XGBoosterReset)(static_cast<BoosterHandle>(raw)); },
      nullptr,
      true,
  };
  return kind;
}

Kind const& KindOf<XGBTracker>::Get() {
  static Kind const kind{
      "Tracker",
      TagOf(4),
      // Reports an error after a failed run, which is no news to whoever frees it.
      [](void* raw) { XGB_FUNCTION(XGTrackerFree)(static_cast<TrackerHandle>(raw)); },
      nullptr,
      nullptr,
      false,
  };
  return kind;
}

Kind const& KindOf<functions::FeedBox>::Get() {
  static Kind const kind{
      "Feed",  TagOf(6), [](void* raw) { delete static_cast<functions::FeedBox*>(raw); },
      nullptr, nullptr,  false,
  };
  return kind;
}

std::vector<Kind const*> const& AllKinds() {
  static std::vector<Kind const*> const kinds{
      &KindOf<XGBDMatrix>::Get(), &KindOf<XGBBooster>::Get(), &KindOf<XGBTracker>::Get(),
      &KindOf<functions::FeedBox>::Get()};
  return kinds;
}

}  // namespace bind
