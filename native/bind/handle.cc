#include "bind/handle.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "failure.h"

namespace bind {
namespace {

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

napi_type_tag TagOf(Kind const& kind) { return {kind.tag.kind, kind.tag.layout}; }

bool IsOf(Napi::Value value, Kind const& kind) {
  bool ours = false;
  napi_type_tag const tag = TagOf(kind);
  if (value.IsExternal()) napi_check_object_type_tag(value.Env(), value, &tag, &ours);
  return ours;
}

Box* OpenBox(Napi::Value value, Kind const& kind) {
  if (!IsOf(value, kind))
    throw Failure{FailureKind::kType,
                  std::string{"expected a "} + kind.name + ", received " + Received(value)};
  return value.As<Napi::External<Box>>().Data();
}

}  // namespace

Napi::Value NewHandle(Napi::Env env, Share object) {
  napi_type_tag const tag = TagOf(object->kind);
  auto box = std::make_unique<Box>(Box{std::move(object)});
  std::int64_t const weight = box->object->weight;
  auto external = Napi::External<Box>::New(env, box.get(), [](Napi::Env gone, Box* held) {
    Drop(gone, held);
    delete held;
  });
  box.release();
  if (weight != 0) Napi::MemoryManagement::AdjustExternalMemory(env, weight);
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

void DisposeHandle(Napi::Env env, Napi::Value value, std::vector<Kind const*> const& kinds) {
  // Another addon's External looks like ours until its tag is read.
  auto const ours = [&](Kind const* kind) { return IsOf(value, *kind); };
  if (std::none_of(kinds.begin(), kinds.end(), ours))
    throw Failure{FailureKind::kType, "expected a native object, received " + Received(value)};
  Drop(env, value.As<Napi::External<Box>>().Data());
}

}  // namespace bind
