// Loads each model that comes in on stdin and does with it whatever can be done with a model, each in a process of its
// own under limits; says how each ended. Linux only.
//
//   drive LIBXGBOOST bare|checked|alone < frames > lines
//
// A frame is a length (uint32, little-endian) and so many bytes. `bare` gives the bytes to libxgboost as they are,
// `checked` lets model::Read and model::Write come first, as the addon does. `alone` is `checked` without processes and
// limits, for memcheck. A line is `refused`, `late` (a clean error after loading), `used HASH`, `crash SIGNAL`, `hang`
// or `memory`.
#include <dlfcn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>
#include <new>
#include <string>
#include <vector>

#include "failure.h"
#include "model/read.h"
#include "model/write.h"
#include "xgb/c_api.h"

namespace {

void* library = nullptr;

#define CALL(name) (reinterpret_cast<decltype(&(name))>(dlsym(library, #name)))

enum class Outcome { kUsed, kRefused, kLate, kMemory };

/** Exit statuses below are not ours. */
constexpr int kFirstStatus = 100;
constexpr bst_ulong kRows = 12;
/** Wider models are not predicted with: the API refuses tables that are not as wide as the model. */
constexpr bst_ulong kMaxWidth = 256;
constexpr std::size_t kBareBytes = std::size_t{1} << 30;
constexpr std::size_t kCheckedBytes = std::size_t{64} << 20;
constexpr std::size_t kCheckedBytesPerByte = 16;

/** Ends the use of a model at the first call that fails. */
struct Stopped {
  Outcome outcome;
};

void Try(int status, Outcome otherwise = Outcome::kLate) {
  if (status == 0) return;
  std::string const error = CALL(XGBGetLastError)();
  bool const is_memory = error.find("bad_alloc") != std::string::npos ||
                         error.find("Memory allocation error") != std::string::npos;
  throw Stopped{is_memory ? Outcome::kMemory : otherwise};
}

/** Some calls may fail cleanly on sound models of some kinds: leaves of a gblinear, for one. */
bool Works(int status) {
  if (status == 0) return true;
  std::string const error = CALL(XGBGetLastError)();
  if (error.find("bad_alloc") != std::string::npos) throw Stopped{Outcome::kMemory};
  return false;
}

std::uint64_t Mix(std::uint64_t hash, float const* values, bst_ulong count) {
  for (bst_ulong i = 0; i < count; ++i) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, values + i, sizeof bits);
    hash = (hash ^ bits) * 1099511628211U;
  }
  return hash;
}

class Subject {
 public:
  explicit Subject(BoosterHandle booster) : booster_{booster} {}

  std::uint64_t Use() {
    Try(CALL(XGBoosterBoostedRounds)(booster_, &rounds_));
    Try(CALL(XGBoosterGetNumFeature)(booster_, &width_));
    Describe();
    Save(booster_);
    if (width_ > kMaxWidth) return hash_;
    MakeData();
    Predict();
    if (rounds_ > 0) Slice();
    Train();
    return hash_;
  }

 private:
  void Describe() {
    for (char const* format : {"json", "text", "dot"}) {
      bst_ulong count = 0;
      char const** trees = nullptr;
      Works(CALL(XGBoosterDumpModelEx)(booster_, "", 1, format, &count, &trees));
    }
    for (char const* type : {"weight", "gain", "cover", "total_gain", "total_cover"}) {
      std::string const config = std::string{"{\"importance_type\":\""} + type + "\"}";
      bst_ulong count = 0;
      bst_ulong dimensions = 0;
      char const** names = nullptr;
      bst_ulong const* shape = nullptr;
      float const* scores = nullptr;
      Works(CALL(XGBoosterFeatureScore)(booster_, config.c_str(), &count, &names, &dimensions,
                                        &shape, &scores));
    }
    char const* categories = nullptr;
    CategoriesHandle handle = nullptr;
    Works(CALL(XGBoosterGetCategoriesExportToArrow)(booster_, "{}", &handle, &categories));
  }

  static void Save(BoosterHandle booster) {
    for (char const* config : {R"({"format":"ubj"})", R"({"format":"json"})"}) {
      bst_ulong length = 0;
      char const* bytes = nullptr;
      Try(CALL(XGBoosterSaveModelToBuffer)(booster, config, &length, &bytes));
    }
    bst_ulong length = 0;
    char const* bytes = nullptr;
    Try(CALL(XGBoosterSerializeToBuffer)(booster, &length, &bytes));
  }

  void MakeData() {
    for (bst_ulong i = 0; i < kRows * width_; ++i) {
      // Small whole numbers among others, so that splits of both kinds are met; some missing.
      float const value = static_cast<float>((i * 7919 + 13) % 23) / (i % 3 == 0 ? 1.0F : 4.0F);
      data_.push_back(i % 11 == 5 ? std::numeric_limits<float>::quiet_NaN()
                                  : i % 2 == 0 ? std::floor(value / 4) : value - 3);
    }
    dense_ = R"({"data":[)" + std::to_string(reinterpret_cast<std::uintptr_t>(data_.data())) +
             R"(,true],"typestr":"<f4","version":3,"shape":[)" + std::to_string(kRows) + "," +
             std::to_string(width_) + "]}";
    Try(CALL(XGDMatrixCreateFromDense)(dense_.c_str(), R"({"missing":NaN,"nthread":1})", &matrix_));
    for (char const* field : {"feature_name", "feature_type"}) {
      bst_ulong count = 0;
      char const** texts = nullptr;
      Try(CALL(XGBoosterGetStrFeatureInfo)(booster_, field, &count, &texts));
      if (count > 0) Works(CALL(XGDMatrixSetStrFeatureInfo)(matrix_, field, texts, count));
    }
  }

  void Predict() {
    for (int type = 0; type <= 6; ++type) {
      bool const is_interaction = type == 4 || type == 5;
      if (is_interaction && width_ > 32) continue;
      // Leaves in strict shape of no round: the API refuses, since libxgboost divides by the rounds.
      if (type == 6 && rounds_ == 0) continue;
      std::string const config =
          R"({"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":true,"type":)" +
          std::to_string(type) + "}";
      Keep(CALL(XGBoosterPredictFromDMatrix)(booster_, matrix_, config.c_str(), &shape_,
                                             &dimensions_, &values_));
    }
    char const* const config =
        R"({"iteration_begin":0,"iteration_end":0,"strict_shape":true,"type":0,"missing":NaN})";
    Keep(CALL(XGBoosterPredictFromDense)(booster_, dense_.c_str(), config, nullptr, &shape_,
                                         &dimensions_, &values_));
  }

  void Keep(int status) {
    if (!Works(status)) return;
    bst_ulong count = 1;
    for (bst_ulong i = 0; i < dimensions_; ++i) count *= shape_[i];
    hash_ = Mix(hash_, values_, count);
  }

  void Slice() {
    BoosterHandle part = nullptr;
    if (CALL(XGBoosterSlice)(booster_, 0, (rounds_ + 1) / 2, 1, &part) != 0) return;
    Save(part);
    CALL(XGBoosterFree)(part);
  }

  void Train() {
    std::vector<float> labels(kRows);
    for (bst_ulong i = 0; i < kRows; ++i) labels[i] = static_cast<float>(i % 2);
    Works(CALL(XGDMatrixSetFloatInfo)(matrix_, "label", labels.data(), kRows));
    for (auto const& [name, value] : {std::pair{"nthread", "1"}, {"max_depth", "2"}}) {
      Try(CALL(XGBoosterSetParam)(booster_, name, value));
    }
    if (!Works(CALL(XGBoosterUpdateOneIter)(booster_, 0, matrix_))) return;
    ++rounds_;
    Save(booster_);
    Predict();
  }

  BoosterHandle booster_;
  DMatrixHandle matrix_ = nullptr;
  int rounds_ = 0;
  bst_ulong width_ = 0;
  std::vector<float> data_;
  std::string dense_;
  std::uint64_t hash_ = 14695981039346656037U;
  bst_ulong const* shape_ = nullptr;
  bst_ulong dimensions_ = 0;
  float const* values_ = nullptr;
};

Outcome Use(std::vector<char> const& bytes, bool is_checked, std::uint64_t* hash) {
  try {
    std::string checked;
    if (is_checked) checked = model::Write(model::Read(bytes.data(), bytes.size()));
    BoosterHandle booster = nullptr;
    Try(CALL(XGBoosterCreate)(nullptr, 0, &booster));
    Try(CALL(XGBoosterSetParam)(booster, "verbosity", "0"));
    Try(CALL(XGBoosterSetParam)(booster, "nthread", "1"));
    void const* const data = is_checked ? checked.data() : bytes.data();
    bst_ulong const length = is_checked ? checked.size() : bytes.size();
    Try(CALL(XGBoosterLoadModelFromBuffer)(booster, data, length), Outcome::kRefused);
    *hash = Subject{booster}.Use();
    CALL(XGBoosterFree)(booster);
    return Outcome::kUsed;
  } catch (Stopped const& stopped) {
    return stopped.outcome;
  } catch (Failure const&) {
    return Outcome::kRefused;
  } catch (std::bad_alloc const&) {
    return Outcome::kMemory;
  }
}

/** The address space taken so far. */
std::size_t Mapped() {
  unsigned long pages = 0;
  std::FILE* const file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr || std::fscanf(file, "%lu", &pages) != 1) std::abort();
  std::fclose(file);
  return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

/** One second of processor time, and so much memory. */
void Limit(std::size_t length, bool is_checked) {
  std::size_t const allowed =
      is_checked ? kCheckedBytes + kCheckedBytesPerByte * length : kBareBytes;
  rlimit const memory{Mapped() + allowed, Mapped() + allowed};
  rlimit const core{0, 0};
  itimerval const time{{0, 0}, {1, 0}};
  if (setrlimit(RLIMIT_AS, &memory) != 0 || setrlimit(RLIMIT_CORE, &core) != 0) std::abort();
  if (setitimer(ITIMER_PROF, &time, nullptr) != 0) std::abort();
}

void Report(Outcome outcome, std::uint64_t hash) {
  switch (outcome) {
    case Outcome::kUsed:
      std::printf("used %016llx\n", static_cast<unsigned long long>(hash));
      return;
    case Outcome::kRefused:
      std::puts("refused");
      return;
    case Outcome::kLate:
      std::puts("late");
      return;
    case Outcome::kMemory:
      std::puts("memory");
      return;
  }
}

void InAChild(std::vector<char> const& bytes, bool is_checked, std::uint64_t* hash) {
  std::fflush(stdout);
  pid_t const child = fork();
  if (child == 0) {
    Limit(bytes.size(), is_checked);
    _exit(kFirstStatus + static_cast<int>(Use(bytes, is_checked, hash)));
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) std::abort();
  if (WIFEXITED(status) && WEXITSTATUS(status) >= kFirstStatus) {
    Report(static_cast<Outcome>(WEXITSTATUS(status) - kFirstStatus), *hash);
  } else if (WIFEXITED(status)) {
    std::printf("crash exit %d\n", WEXITSTATUS(status));
  } else if (WTERMSIG(status) == SIGPROF) {
    std::puts("hang");
  } else {
    std::printf("crash %d\n", WTERMSIG(status));
  }
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 2;
  }
  CALL(XGBSetGlobalConfig)(R"({"verbosity":0})");
  std::string const mode = argv[2];
  auto* const hash = static_cast<std::uint64_t*>(mmap(nullptr, 4096, PROT_READ | PROT_WRITE,
                                                      MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  std::uint32_t length = 0;
  std::vector<char> bytes;
  while (std::fread(&length, sizeof length, 1, stdin) == 1) {
    bytes.resize(length);
    if (std::fread(bytes.data(), 1, length, stdin) != length) return 2;
    if (mode == "alone") {
      Outcome const outcome = Use(bytes, true, hash);
      Report(outcome, *hash);
    } else {
      InAChild(bytes, mode == "checked", hash);
    }
  }
  return 0;
}
