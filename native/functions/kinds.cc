#include "functions/kinds.h"

#include "xgb/library.h"
#include "xgb/matrices.h"

namespace bind {
namespace {
/** Another build of this addon in the same process may lay out its handles differently. */
constexpr std::uint64_t kLayout = 2;
constexpr std::uint64_t kProject = 0x78676270752d6e00;  // "xgbpu-n"
}  // namespace

Kind const& KindOf<XGBDMatrix>::Get() {
  static Kind const kind{
      "DMatrix",
      {kProject | 1, kLayout},
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
      {kProject | 2, kLayout},
      [](void* raw) { XGB_FUNCTION(XGBoosterFree)(static_cast<BoosterHandle>(raw)); },
      // Fails on a booster that was never configured, which has nothing to drop.
      [](void* raw) { XGB_FUNCTION(XGBoosterReset)(static_cast<BoosterHandle>(raw)); },
      nullptr,
      true,
  };
  return kind;
}

Kind const& KindOf<XGBCategories>::Get() {
  static Kind const kind{
      "Categories",
      {kProject | 3, kLayout},
      [](void* raw) { XGB_FUNCTION(XGBCategoriesFree)(static_cast<CategoriesHandle>(raw)); },
      nullptr,
      nullptr,
      false,
  };
  return kind;
}

Kind const& KindOf<XGBTracker>::Get() {
  static Kind const kind{
      "Tracker",
      {kProject | 4, kLayout},
      // Reports an error after a failed run, which is no news to whoever frees it.
      [](void* raw) { XGB_FUNCTION(XGTrackerFree)(static_cast<TrackerHandle>(raw)); },
      nullptr,
      nullptr,
      false,
  };
  return kind;
}

std::vector<Kind const*> const& AllKinds() {
  static std::vector<Kind const*> const kinds{
      &KindOf<XGBDMatrix>::Get(), &KindOf<XGBBooster>::Get(), &KindOf<XGBCategories>::Get(),
      &KindOf<XGBTracker>::Get()};
  return kinds;
}

}  // namespace bind
