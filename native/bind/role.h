// A role says how one group of C parameters crosses the boundary. Rows are made of roles.
//
// Life of a role in one call:
//   Read     JS thread    parse the JavaScript arguments; claim handles
//   Pin      JS thread    take addresses; no JavaScript runs until the call is made or queued
//   Prepare  run thread   copy and check what C uses as an index; make texts
//   Pass     run thread   the C arguments as a tuple, whose type is the C parameters it stands for
//   Own      run thread   copy the answer out, before this thread makes another call
//   Write    JS thread    the JavaScript value
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "bind/handle.h"
#include "bind/node.h"
#include "bind/reader.h"

namespace bind {

/** What a role tells the generator of TypeScript types. */
struct Signature {
  std::vector<std::pair<std::string, std::string>> params;
  std::vector<std::string> results;
};

/** Defaults of a role that only takes. */
struct Input {
  static constexpr bool kResult = false;
  static constexpr bool kReadsMemory = false;
  static constexpr bool kLeavesResults = false;
  /** Whether the call waits for the JS thread, so that it may never run there. */
  static constexpr bool kWaits = false;
  void Pin() {}
  void Prepare() {}
  void Own() {}
};

/**
 * Defaults of a role that only gives. `kLeavesResults`: C answers with memory it keeps for the
 * calling thread.
 */
struct Output {
  static constexpr bool kResult = true;
  static constexpr bool kReadsMemory = false;
  static constexpr bool kLeavesResults = true;
  static constexpr bool kWaits = false;
  void Read(Reader&) {}
  void Pin() {}
  void Prepare() {}
};

struct Text {};

/** `KindOf<T>` (functions/kinds.h) says which kind of handle T* is. */
template <class T>
struct KindOf;

}  // namespace bind
