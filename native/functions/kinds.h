// The kinds of native objects, one list. The tag's lower half is the layout: change it with
// bind/handle.h.
#pragma once

#include "bind/role.h"
#include "xgb/c_api.h"

namespace bind {

template <>
struct KindOf<XGBDMatrix> {
  static Kind const& Get();
};
template <>
struct KindOf<XGBBooster> {
  static Kind const& Get();
};
template <>
struct KindOf<XGBCategories> {
  static Kind const& Get();
};
template <>
struct KindOf<XGBTracker> {
  static Kind const& Get();
};

}  // namespace bind
