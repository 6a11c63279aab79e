// The kinds of native objects, one list. The tag's lower half is the layout: change it with
// bind/object.h.
#pragma once

#include <vector>

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

/** All of them, for what is done alike. */
std::vector<Kind const*> const& AllKinds();

}  // namespace bind
