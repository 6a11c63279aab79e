#include "xgb/calls.h"

#include <utility>

#include "failure.h"
#include "xgb/c_api.h"
#include "xgb/library.h"
#include "xgb/threads.h"

namespace xgb {
namespace {

// Revisions are unique in the process, so a thread never takes one environment's settings for
// another's.
std::uint64_t NextRevision() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

struct ThreadState {
  std::shared_ptr<Settings> settings;
  std::uint64_t revision = 0;
  bool registered = false;
};

ThreadState& ThisThread() {
  thread_local ThreadState state;
  return state;
}

// Called by libxgboost on the thread that logs, also in the middle of training.
void OnLog(char const* line) {
  try {
    auto const& settings = ThisThread().settings;
    if (settings != nullptr && line != nullptr) settings->Log(line);
  } catch (...) {
    // A log line must never end the process by an exception through C code.
  }
}

}  // namespace

void Settings::SetGlobalConfig(std::string json) {
  std::lock_guard<std::mutex> lock{mutex_};
  config_ = std::move(json);
  revision_.store(NextRevision(), std::memory_order_release);
}

std::string Settings::GlobalConfig() const {
  std::lock_guard<std::mutex> lock{mutex_};
  return config_;
}

void Enter(std::shared_ptr<Settings> const& settings) {
  ThreadState& state = ThisThread();
  if (state.settings != settings) state.settings = settings;
  if (!state.registered) {
    Check(XGB_FUNCTION(XGBRegisterLogCallback)(&OnLog), "XGBRegisterLogCallback");
    LimitThreads(*settings);
    state.registered = true;
  }
  auto const revision = settings->Revision();
  if (state.revision == revision) return;
  auto const config = settings->GlobalConfig();
  if (!config.empty())
    Check(XGB_FUNCTION(XGBSetGlobalConfig)(config.c_str()), "XGBSetGlobalConfig");
  state.revision = revision;
}

void Check(int status, char const* function) {
  if (status == 0) return;
  char const* text = XGB_FUNCTION(XGBGetLastError)();
  std::string message = text == nullptr ? "" : text;
  if (message.empty()) message = "failed without a message, status " + std::to_string(status);
  // std::bad_alloc of C++, bad_malloc of its growing histograms, and what the CUDA side says.
  bool const memory = message.find("bad_alloc") != std::string::npos ||
                      message.find("bad_malloc") != std::string::npos ||
                      message.find("Memory allocation error") != std::string::npos;
  throw Failure{memory ? FailureKind::kMemory : FailureKind::kXGBoost, std::move(message),
                function};
}

}  // namespace xgb
