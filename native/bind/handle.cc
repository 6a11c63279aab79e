#include "bind/handle.h"

#include <algorithm>
#include <map>

#include "failure.h"

namespace bind {
namespace {

/** Frees an object on its lane; or drops what the lane keeps there, and frees it back on the JS
 * thread. */
class Release : public Job {
 public:
  Release(Kind const& kind, void* raw, bool back_home)
      : kind_{kind}, raw_{raw}, back_home_{back_home} {}

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
  }

  Kind const& kind_;
  void* raw_;
  bool back_home_;
};

/** What the JavaScript value holds; empty once disposed. */
struct Box {
  Share object;
};

void Drop(napi_env env, Box* box) {
  if (box->object == nullptr) return;
  std::int64_t const weight = box->object->weight;
  if (weight != 0) {
    std::int64_t total = 0;
    napi_adjust_external_memory(env, -weight, &total);
  }
  box->object.reset();
}

std::string Received(Napi::Value value) {
  switch (value.Type()) {
    case napi_undefined:
      return "undefined";
    case napi_null:
      return "null";
    case napi_boolean:
      return "a boolean";
    case napi_number:
      return "a number";
    case napi_string:
      return "a string";
    case napi_symbol:
      return "a symbol";
    case napi_function:
      return "a function";
    case napi_external:
      return "a native object of another kind";
    case napi_object:
      return "an object";
    case napi_bigint:
      return "a bigint";
  }
  return "something else";
}

Box* OpenBox(Napi::Value value, Kind const& kind) {
  bool ours = false;
  if (value.IsExternal()) napi_check_object_type_tag(value.Env(), value, &kind.tag, &ours);
  if (!ours)
    throw Failure{FailureKind::kType,
                  std::string{"expected a "} + kind.name + ", received " + Received(value)};
  return value.As<Napi::External<Box>>().Data();
}

}  // namespace

// libxgboost keeps results of an object per thread, and frees them only on the thread that frees
// the object or drops them by reset. Freed elsewhere they stay until that thread ends, which the JS
// thread never does: hundreds of MB.
Object::~Object() {
  if (kind.serial && lane != nullptr) --lane->bound;
  bool const both = left_here && left_on_lane;
  if (lane != nullptr && (both ? kind.reset != nullptr : !left_here)) {
    std::unique_ptr<Job> job = std::make_unique<Release>(kind, raw, both);
    if (lane->PostIfRunning(job)) return;
  }
  kind.free(raw);
}

Napi::Value NewHandle(Napi::Env env, Share object) {
  if (object->weight != 0) Napi::MemoryManagement::AdjustExternalMemory(env, object->weight);
  napi_type_tag const tag = object->kind.tag;
  auto external =
      Napi::External<Box>::New(env, new Box{std::move(object)}, [](Napi::Env gone, Box* box) {
        Drop(gone, box);
        delete box;
      });
  napi_type_tag_object(env, external, &tag);
  return external;
}

Share OpenHandle(Napi::Value value, Kind const& kind) {
  Box* box = OpenBox(value, kind);
  if (box->object == nullptr) {
    throw Failure{FailureKind::kDisposed, std::string{"this "} + kind.name + " was disposed"};
  }
  return box->object;
}

void DisposeHandle(Napi::Env env, Napi::Value value) {
  if (!value.IsExternal())
    throw Failure{FailureKind::kType, "expected a native object, received " + Received(value)};
  Drop(env, value.As<Napi::External<Box>>().Data());
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
