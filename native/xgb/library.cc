#include "xgb/library.h"

#include <atomic>
#include <mutex>

#include "failure.h"
#include "xgb/c_api.h"
#include "xgb/shared_object.h"

namespace xgb {
namespace {

// Process-wide and never destroyed: a lane thread may outlive static destructors.
struct State {
  std::mutex mutex;
  std::string path;
  std::atomic<void*> library{nullptr};
  std::atomic<bool> cuda{false};
};

State& Process() {
  static State* state = new State;
  return *state;
}

void CheckVersion(void* library, std::string const& path) {
  auto version =
      reinterpret_cast<decltype(&::XGBoostVersion)>(FindSymbol(library, "XGBoostVersion"));
  if (version == nullptr) {
    throw Failure{FailureKind::kLibrary,
                  path + " is not libxgboost: it has no function XGBoostVersion"};
  }
  int major = 0;
  int minor = 0;
  int patch = 0;
  version(&major, &minor, &patch);
  if (major != 3 || minor != 4) {
    throw Failure{FailureKind::kLibrary, "expected libxgboost 3.4.x, but " + path + " is " +
                                             std::to_string(major) + "." + std::to_string(minor) +
                                             "." + std::to_string(patch)};
  }
}

bool ReadCudaFlag(void* library) {
  auto info = reinterpret_cast<decltype(&::XGBuildInfo)>(FindSymbol(library, "XGBuildInfo"));
  char const* text = nullptr;
  if (info == nullptr || info(&text) != 0 || text == nullptr) return false;
  return std::string{text}.find("\"USE_CUDA\":true") != std::string::npos;
}

}  // namespace

void OpenLibrary(std::string const& path) {
  State& state = Process();
  std::lock_guard<std::mutex> lock{state.mutex};
  if (state.library.load() != nullptr) {
    // Package managers link one file into many places; the addon is one there, too.
    if (SameFile(state.path, path)) return;
    throw Failure{FailureKind::kLibrary, "libxgboost is already loaded from " + state.path +
                                             "; one process uses one library, so choose " + path +
                                             " before first use"};
  }
  void* library = OpenSharedObject(path);
  CheckVersion(library, path);
  state.cuda.store(ReadCudaFlag(library));
  state.path = path;
  state.library.store(library);
}

std::string LibraryPath() {
  State& state = Process();
  std::lock_guard<std::mutex> lock{state.mutex};
  return state.path;
}

void* Symbol(char const* name) {
  void* library = Process().library.load();
  if (library == nullptr) throw Failure{FailureKind::kLibrary, "libxgboost is not loaded yet"};
  void* address = FindSymbol(library, name);
  if (address == nullptr) {
    throw Failure{FailureKind::kLibrary, std::string{"this libxgboost has no function "} + name};
  }
  return address;
}

void* FindInLibrary(char const* name) noexcept {
  void* library = Process().library.load();
  return library == nullptr ? nullptr : FindSymbol(library, name);
}

bool IsCudaBuild() { return Process().cuda.load(); }

}  // namespace xgb
