#include "bind/object.h"

#include <map>
#include <new>

#include "failure.h"

namespace bind {
namespace {

/** Frees an object on its lane; or drops what the lane keeps there, and frees it back on the JS
 * thread. */
class Release : public Job {
 public:
  Release(Kind const& kind, void* raw, std::shared_ptr<void> attachment, bool back_home)
      : kind_{kind}, raw_{raw}, attachment_{std::move(attachment)}, back_home_{back_home} {}

  void Run() noexcept override {
    if (back_home_) {
      kind_.reset(raw_);
    } else {
      Free();
    }
  }
  void Settle(void*) override { Free(); }
  void Abandon() noexcept override { Free(); }
  bool ReadsJsMemory() const noexcept override { return false; }

 private:
  void Free() noexcept {
    if (raw_ != nullptr) kind_.free(raw_);
    raw_ = nullptr;
    attachment_.reset();
  }

  Kind const& kind_;
  void* raw_;
  std::shared_ptr<void> attachment_;
  bool back_home_;
};

}  // namespace

// libxgboost keeps results of an object per thread, and frees them only on the thread that frees
// the object or drops them by reset. Freed elsewhere they stay until that thread ends, which the JS
// thread never does: hundreds of MB.
Object::~Object() {
  if (kind.serial && lane != nullptr) --lane->bound;
  bool const both = left_here && left_on_lane;
  if (lane != nullptr && (both ? kind.reset != nullptr : !left_here)) {
    try {
      std::unique_ptr<Job> job = std::make_unique<Release>(kind, raw, attachment, both);
      // With the job goes the last share of the attachment, but not before the object.
      attachment.reset();
      if (lane->PostIfRunning(job)) return;
      job->Abandon();
      return;
    } catch (std::bad_alloc const&) {
      // Freed here, then: what the lane keeps goes with the end of its thread.
    }
  }
  kind.free(raw);
}

void Claims::Add(Share object, Access access) { claims_.push_back({std::move(object), access}); }

void Claims::CheckFree() const {
  for (auto const& [object, access] : claims_) {
    bool const write = access == Access::kWrite || object->kind.serial;
    if (access == Access::kKeep || (object->writers == 0 && !(write && object->readers > 0)))
      continue;
    throw Failure{FailureKind::kBusy, std::string{"this "} + object->kind.name +
                                          " is in use by an asynchronous call; await it first or "
                                          "use the asynchronous form"};
  }
}

void Claims::Count(int change) {
  for (auto const& [object, access] : claims_) {
    if (access == Access::kRead) object->readers += change;
    if (access == Access::kWrite) object->writers += change;
  }
}

// The object a C function belongs to is its first argument; results are kept under it.
void Claims::LeavesResults(bool on_lane) {
  if (claims_.empty()) return;
  auto& object = *claims_.front().object;
  (on_lane ? object.left_on_lane : object.left_here) = true;
}

Share const* Claims::Serial() const {
  for (auto const& claim : claims_) {
    if (claim.object->kind.serial) return &claim.object;
  }
  return nullptr;
}

std::shared_ptr<Lane> Claims::HomeLane() const {
  for (auto const& claim : claims_) {
    if (claim.object->lane != nullptr) return claim.object->lane;
  }
  return nullptr;
}

Claims::Gates::Gates(Claims const& claims) {
  std::map<std::shared_mutex*, bool>
      gates;  // by address; a matrix named twice is taken once, for writing if either writes
  for (auto const& [object, access] : claims.claims_) {
    if (object->kind.serial || access == Access::kKeep) continue;
    gates[&object->gate] |= access == Access::kWrite;
  }
  // Nothing may fail once a gate is taken: a constructor that throws never gives it back.
  held_.reserve(gates.size());
  for (auto const& [gate, write] : gates) {
    if (write) {
      gate->lock();
    } else {
      gate->lock_shared();
    }
    held_.emplace_back(gate, write);
  }
}

Claims::Gates::~Gates() {
  for (auto const& [gate, write] : held_) {
    if (write) {
      gate->unlock();
    } else {
      gate->unlock_shared();
    }
  }
}

}  // namespace bind
