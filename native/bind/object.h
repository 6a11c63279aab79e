// Native objects that JavaScript holds: who owns them, who uses them now, and on which thread they
// are freed. Knows no Node-API.
#pragma once

#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

#include "bind/lane.h"

namespace bind {

/** Tells the handles of one kind and one layout from all others. */
struct Tag {
  std::uint64_t kind;
  std::uint64_t layout;
};

/** What is common to all handles of one kind. */
struct Kind {
  char const* name;  // the class users know
  Tag tag;           // holds the layout version, so that another build's handle is refused
  void (*free)(void*);
  void (*reset)(
      void*);  // drops what the calling thread keeps for the object; null if there is no such thing
  std::int64_t (*weigh)(void*);  // bytes for the garbage collector; null for light objects
  bool serial;                   // one call at a time, on a lane of its own
};

/**
 * One native object, shared by its JavaScript handle and the calls in flight. `dispose()` drops
 * JavaScript's share only.
 *
 * It does not point at its environment: finalizers run after the environment's data may have gone.
 * All members but `raw` and `gate` belong to the JS thread.
 */
class Object {
 public:
  Object(Kind const& kind_of, void* pointer) : kind{kind_of}, raw{pointer} {}
  Object(Object const&) = delete;
  Object& operator=(Object const&) = delete;
  /** Frees the object where libxgboost's own leftovers of it go with it; see Release in object.cc.
   */
  ~Object();

  Kind const& kind;
  void* const raw;
  std::int64_t weight = 0;  // bytes, fixed before JavaScript sees the object
  /** Calls on different lanes that share this object. Lanes wait here, the JS thread never does. */
  std::shared_mutex gate;

  /** What must outlive `raw`, and goes right after it. */
  std::shared_ptr<void> attachment;

  std::shared_ptr<Lane> lane;
  bool left_here = false;     // libxgboost keeps results of this object for the JS thread
  bool left_on_lane = false;  // ... for its lane
  int readers = 0;            // asynchronous calls on their way
  int writers = 0;
};

using Share = std::shared_ptr<Object>;

/** How a call uses an object: only keeps it alive, shares it with other readers, or has it alone.
 */
enum class Access { kKeep, kRead, kWrite };

/** The handles of one call, and how it uses them. */
class Claims {
 public:
  void Add(Share object, Access access);

  /** Sync form: a Failure if work in flight conflicts. JS thread. */
  void CheckFree() const;
  /** Async form: counts the call in and out. JS thread. */
  void Enter() { Count(1); }
  void Leave() { Count(-1); }
  /** Notes that libxgboost keeps results for the thread that runs the call. JS thread. */
  void LeavesResults(bool on_lane);

  /** The object whose lane the call must take, or null. */
  Share const* Serial() const;
  /** The lane where the first plain object was made, or null. */
  std::shared_ptr<Lane> HomeLane() const;

  /** Holds the gates of all objects, in one order, so that two calls never wait for each other.
   * Lane thread. */
  class Gates {
   public:
    explicit Gates(Claims const& claims);
    ~Gates();
    Gates(Gates const&) = delete;
    Gates& operator=(Gates const&) = delete;

   private:
    std::vector<std::pair<std::shared_mutex*, bool>> held_;
  };

  /** Drops all shares. */
  void Clear() { claims_.clear(); }

 private:
  struct Claim {
    Share object;
    Access access;
  };
  void Count(int change);

  std::vector<Claim> claims_;
};

}  // namespace bind
