#include "functions/forest_handle.h"

#include <cstdint>
#include <cstring>
#include <map>
#include <mutex>
#include <random>
#include <utility>
#include <vector>

#include "bind/call.h"
#include "functions/kinds.h"

namespace functions {
namespace {

constexpr napi_type_tag kTag = {bind::TagOf(bind::kForestKind).kind,
                                bind::TagOf(bind::kForestKind).layout};

/** What a handle points at. Used by the thread of its environment only. */
struct Box {
  ForestShare forest;  // null once disposed
  std::size_t features = 0;
  std::vector<float> outputs;  // where a row goes that brings no memory of its own
  std::int64_t weight = 0;
};

void Drop(napi_env env, Box* box) {
  if (box->forest == nullptr) return;
  box->forest.reset();
  std::int64_t total = 0;
  napi_adjust_external_memory(env, -box->weight, &total);
}

Failure Disposed() { return {FailureKind::kDisposed, "this CompiledForest was disposed"}; }

struct Floats {
  float* data = nullptr;
  std::size_t length = 0;
};

/** False when `value` is no Float32Array. A detached one has no length. */
bool ReadFloats(napi_env env, napi_value value, Floats* floats) {
  napi_typedarray_type type = napi_int8_array;
  void* data = nullptr;
  if (napi_get_typedarray_info(env, value, &type, &floats->length, &data, nullptr, nullptr) !=
      napi_ok) {
    return false;
  }
  floats->data = static_cast<float*>(data);
  return type == napi_float32_array;
}

std::string Count(std::size_t count, char const* what) {
  return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

/** Why a row cannot be predicted; off the quick path. */
Failure RowFailure(napi_env env, Box const& box, napi_value features, napi_value out) {
  if (box.forest == nullptr) return Disposed();
  Floats floats;
  if (!ReadFloats(env, features, &floats))
    return {FailureKind::kType, "predictRow(): features: expected a Float32Array"};
  if (floats.length != box.features) {
    return {FailureKind::kData, "predictRow(): features: the model has " +
                                    Count(box.features, "feature") + ", received " +
                                    Count(floats.length, "value")};
  }
  if (!ReadFloats(env, out, &floats))
    return {FailureKind::kType, "predictRow(): out: expected a Float32Array"};
  return {FailureKind::kRange, "predictRow(): out: the model has " +
                                   Count(box.outputs.size(), "output") + ", received room for " +
                                   std::to_string(floats.length)};
}

napi_value RefuseRow(napi_env env, Box const& box, napi_value features, napi_value out) {
  try {
    return bind::ThrowFailure(env, RowFailure(env, box, features, out));
  } catch (Napi::Error const& error) {
    error.ThrowAsJavaScriptException();  // a thread that is being ended runs no JavaScript
    return nullptr;
  }
}

bool Overlap(Floats const& a, Floats const& b) {
  return a.data < b.data + b.length && b.data < a.data + a.length;
}

/** (features, out?) => number. Three Node-API calls, or four with `out`; no allocation. */
napi_value PredictRow(napi_env env, napi_callback_info info) {
  static forest::PredictOptions const options;
  std::size_t count = 2;
  napi_value arguments[2] = {nullptr, nullptr};
  void* data = nullptr;
  napi_get_cb_info(env, info, &count, arguments, nullptr, &data);
  auto& box = *static_cast<Box*>(data);
  Floats features;
  Floats out;
  bool const own = count < 2;
  if (box.forest == nullptr || !ReadFloats(env, arguments[0], &features) ||
      features.length != box.features ||
      (!own && (!ReadFloats(env, arguments[1], &out) || out.length != box.outputs.size()))) {
    return RefuseRow(env, box, arguments[0], arguments[1]);
  }
  float* const to = own || Overlap(features, out) ? box.outputs.data() : out.data;
  box.forest->PredictRow(features.data, to, options);
  if (!own && to != out.data) std::memcpy(out.data, to, out.length * sizeof(float));
  napi_value result = nullptr;
  napi_create_double(env, static_cast<double>(to[0]), &result);
  return result;
}

Box* OpenBox(Napi::Value value) {
  bool ours = false;
  void* data = nullptr;
  if (value.IsFunction()) napi_check_object_type_tag(value.Env(), value, &kTag, &ours);
  if (!ours || napi_unwrap(value.Env(), value, &data) != napi_ok)
    throw Failure{FailureKind::kType, "expected a CompiledForest"};
  return static_cast<Box*>(data);
}

/** Forests by name. Weak, so that a name keeps nothing alive. */
class Registry {
 public:
  std::string Name(ForestShare const& forest) {
    std::lock_guard<std::mutex> lock{mutex_};
    for (auto entry = forests_.begin(); entry != forests_.end();) {
      auto const known = entry->second.lock();
      if (known == forest) return entry->first;
      entry = known == nullptr ? forests_.erase(entry) : std::next(entry);
    }
    auto name = NewName();
    forests_.emplace(name, forest);
    return name;
  }

  ForestShare Find(std::string const& name) {
    std::lock_guard<std::mutex> lock{mutex_};
    auto const entry = forests_.find(name);
    return entry == forests_.end() ? nullptr : entry->second.lock();
  }

 private:
  /** Random, so that a name from another process is unknown here and not somebody else's forest. */
  static std::string NewName() {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::random_device random;
    std::string name;
    while (name.size() < 32) name += kDigits[random() % 16];
    return name;
  }

  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<forest::Forest const>> forests_;
};

/** One for the process, and never destroyed: threads may be left behind at its end. */
Registry& Forests() {
  static auto* const registry = new Registry;
  return *registry;
}

}  // namespace

Napi::Value NewForestHandle(Napi::Env env, ForestShare forest) {
  auto box = std::make_unique<Box>();
  box->features = forest->NumFeatures();
  box->outputs.resize(forest->OutputsPerRow(false));
  box->weight = static_cast<std::int64_t>(forest->Bytes());
  box->forest = std::move(forest);
  napi_value handle = nullptr;
  auto const finalize = [](napi_env gone, void* data, void*) {
    auto* old = static_cast<Box*>(data);
    Drop(gone, old);
    delete old;
  };
  if (napi_create_function(env, "predictRow", NAPI_AUTO_LENGTH, &PredictRow, box.get(), &handle) !=
          napi_ok ||
      napi_type_tag_object(env, handle, &kTag) != napi_ok ||
      napi_wrap(env, handle, box.get(), finalize, nullptr, nullptr) != napi_ok) {
    throw Napi::Error::New(env);
  }
  Napi::MemoryManagement::AdjustExternalMemory(env, box.release()->weight);
  return {env, handle};
}

ForestShare OpenForestHandle(Napi::Value value) {
  Box const* box = OpenBox(value);
  if (box->forest == nullptr) throw Disposed();
  return box->forest;
}

void DisposeForestHandle(Napi::Value value) { Drop(value.Env(), OpenBox(value)); }

std::string ShareForest(ForestShare const& forest) { return Forests().Name(forest); }

ForestShare FindForest(std::string const& name) {
  auto forest = Forests().Find(name);
  if (forest != nullptr) return forest;
  throw Failure{FailureKind::kDisposed,
                "CompiledForest.attach(): nobody in this process holds the shared forest '" + name +
                    "': every CompiledForest of it was disposed, or it comes from another process"};
}

}  // namespace functions
