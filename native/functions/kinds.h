// The kinds of native objects, one list. The tag's lower half is the layout: change it with
// bind/object.h.
#pragma once

#include <vector>

#include "bind/role.h"
#include "xgb/c_api.h"

namespace functions {
/** What a FeedHandle holds. */
struct FeedBox;
}  // namespace functions

namespace bind {

/** The tag of kind `number`. Its lower half is the layout: another build of this addon in the same
 * process may lay out its handles differently. */
constexpr Tag TagOf(std::uint64_t number) { return {0x78676270752d6e00 | number, 3}; }
/** The number of CompiledForest, whose handle holds no Object of bind/object.h. */
constexpr std::uint64_t kForestKind = 5;

template <>
struct KindOf<XGBDMatrix> {
  static Kind const& Get();
};
template <>
struct KindOf<XGBBooster> {
  static Kind const& Get();
};
template <>
struct KindOf<XGBTracker> {
  static Kind const& Get();
};
template <>
struct KindOf<functions::FeedBox> {
  static Kind const& Get();
};

/** All of them, for what is done alike. */
std::vector<Kind const*> const& AllKinds();

}  // namespace bind
