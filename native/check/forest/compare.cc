// The forest engine beside libxgboost, on model files.
//
//   forest_compare exact LIBXGBOOST ROWS MODEL…   the same bits on ROWS probe rows, on each
//   instruction set forest_compare time  LIBXGBOOST ROWS MODEL…   nanoseconds per row, one thread,
//   with and without missing values
//
// Times are of the thread's own CPU, the least of several passes; both sides take turns.
#include <ctime>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>

#include "check/forest/libxgboost.h"
#include "failure.h"
#include "forest/cpu.h"
#include "forest/forest.h"
#include "model/read.h"

namespace {

using forest::InstructionSet;

constexpr InstructionSet kSets[] = {InstructionSet::kPortable, InstructionSet::kAvx2,
                                    InstructionSet::kAvx512};

struct Subject {
  std::string name;
  std::vector<char> bytes;
  model::Model model;
};

Subject ReadSubject(std::string const& path) {
  std::ifstream file{path, std::ios::binary};
  Subject subject;
  subject.name = path.substr(path.find_last_of('/') + 1);
  subject.bytes.assign(std::istreambuf_iterator<char>{file}, {});
  if (subject.bytes.empty()) throw std::runtime_error{path + " cannot be read"};
  subject.model = model::Read(subject.bytes.data(), subject.bytes.size());
  return subject;
}

std::shared_ptr<forest::Forest const> CompileFor(Subject const& subject, InstructionSet set) {
  forest::CompileOptions options;
  options.instruction_set = set;
  return forest::Compile(subject.model, options);
}

forest::Input Rows(float const* rows, std::size_t count, std::size_t width) {
  return {count, width,
          forest::DenseRows{rows, forest::ElementType::kF4,
                            static_cast<std::int64_t>(width * sizeof(float)), sizeof(float)}};
}

/** NaN has many bit patterns, and which one comes out of inf - inf is not XGBoost's to promise. */
std::size_t CountDifferences(float const* got, float const* expected, std::size_t size) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < size; ++i) {
    if (std::isnan(got[i]) && std::isnan(expected[i])) continue;
    if (std::memcmp(&got[i], &expected[i], sizeof(float)) != 0) ++count;
  }
  return count;
}

bool CompareBits(check::Libxgboost const& library, Subject const& subject, std::size_t count) {
  auto const booster = library.Load(subject.bytes);
  std::size_t differences = 0, compared = 0;
  std::string kernels;
  for (auto const set : kSets) {
    if (set > forest::BestInstructionSet()) continue;
    auto const compiled = CompileFor(subject, set);
    auto const width = std::size_t{compiled->NumFeatures()};
    auto const rows = compiled->ProbeRows(count, 11, true);
    kernels += (kernels.empty() ? "" : "; ") + compiled->Kernel();
    for (bool const margin : {true, false}) {
      std::size_t size = 0;
      auto const* expected = library.Predict(booster, rows.data(), count, width, margin, size);
      auto const outputs = compiled->OutputsPerRow(margin);
      if (size != count * outputs) throw std::runtime_error{subject.name + ": another shape"};
      std::vector<float> got(size);
      forest::PredictOptions options;
      options.margin = margin;
      compiled->PredictRows(Rows(rows.data(), count, width), 0, count, got.data(), options);
      differences += CountDifferences(got.data(), expected, size);
      for (std::size_t r = 0; r < count; ++r) {
        compiled->PredictRow(rows.data() + r * width, got.data() + r * outputs, options);
      }
      differences += CountDifferences(got.data(), expected, size);
      compared += 2 * size;
    }
  }
  library.Free(booster);
  std::printf("%-28s %9zu values, %zu differ   %s\n", subject.name.c_str(), compared, differences,
              kernels.c_str());
  return differences == 0;
}

double ThreadNanoseconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

/** Values as in bench/forest.mjs, which trained the models: normal, and four features that are
 * whole numbers, log-normal, like years, like times. */
std::vector<float> MakeRows(std::size_t count, std::size_t width, bool missing) {
  std::mt19937_64 random{5};
  std::normal_distribution<float> normal;
  std::uniform_real_distribution<float> uniform;
  std::vector<float> rows(count * width);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto value = normal(random);
    switch (i % width) {
      case 0:
        value = std::round(value * 5);
        break;
      case 1:
        value = std::exp(3 * value);
        break;
      case 2:
        value = 2000 + std::round(10 * value);
        break;
      case 3:
        value = 1.6e9f + 1e7f * value;
        break;
      default:
        break;
    }
    bool const drop = missing && uniform(random) < 0.05f;
    rows[i] = drop ? std::numeric_limits<float>::quiet_NaN() : value;
  }
  return rows;
}

template <typename Call>
void Keep(double& best, std::size_t rows, Call const& call) {
  auto const begin = ThreadNanoseconds();
  call();
  best = std::min(best, (ThreadNanoseconds() - begin) / static_cast<double>(rows));
}

struct Times {
  double batch = std::numeric_limits<double>::infinity();
  double single = std::numeric_limits<double>::infinity();
};

void Time(check::Libxgboost const& library, Subject const& subject, std::size_t count,
          bool missing) {
  constexpr int kPasses = 7;
  constexpr std::size_t kSingles = 2000;
  auto const booster = library.Load(subject.bytes);
  std::vector<std::shared_ptr<forest::Forest const>> forests;
  for (auto const set : kSets) {
    if (set <= forest::BestInstructionSet()) forests.push_back(CompileFor(subject, set));
  }
  auto const width = std::size_t{forests.front()->NumFeatures()};
  auto const rows = MakeRows(count, width, missing);
  std::vector<float> out(count * forests.front()->NumOutputs());
  forest::PredictOptions options;
  options.margin = true;
  Times theirs;
  std::vector<Times> ours(forests.size());
  std::size_t size = 0;
  // Their call is timed in stretches: as long as ours, so that other work on the machine hits both.
  auto const stretch = std::min<std::size_t>(count, 2048);
  for (int pass = 0; pass < kPasses; ++pass) {
    for (std::size_t r = 0; r + stretch <= std::min<std::size_t>(count, 4 * stretch);
         r += stretch) {
      Keep(theirs.batch, stretch,
           [&] { library.Predict(booster, rows.data() + r * width, stretch, width, true, size); });
    }
    auto const singles = std::min(count, kSingles);
    Keep(theirs.single, std::min<std::size_t>(singles, 200), [&] {
      for (std::size_t r = 0; r < std::min<std::size_t>(singles, 200); ++r) {
        library.Predict(booster, rows.data() + r * width, 1, width, true, size);
      }
    });
    for (std::size_t f = 0; f < forests.size(); ++f) {
      Keep(ours[f].batch, count, [&] {
        forests[f]->PredictRows(Rows(rows.data(), count, width), 0, count, out.data(), options);
      });
      Keep(ours[f].single, singles, [&] {
        for (std::size_t r = 0; r < singles; ++r) {
          forests[f]->PredictRow(rows.data() + r * width, out.data(), options);
        }
      });
    }
  }
  library.Free(booster);
  std::printf("%-22s %6zu rows%s  libxgboost %8.1f, one row %8.0f\n", subject.name.c_str(), count,
              missing ? ", 5 % missing" : "             ", theirs.batch, theirs.single);
  for (std::size_t f = 0; f < forests.size(); ++f) {
    std::printf("    %-48s %8.1f (%5.1fx), one row %8.0f (%5.1fx), estimated %.1f and %.0f\n",
                forests[f]->Kernel().c_str(), ours[f].batch, theirs.batch / ours[f].batch,
                ours[f].single, theirs.single / ours[f].single,
                forests[f]->EstimateNanoseconds(count) / static_cast<double>(count),
                forests[f]->EstimateNanoseconds(1));
  }
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::fprintf(stderr, "usage: forest_compare exact|time LIBXGBOOST ROWS MODEL...\n");
    return 2;
  }
  try {
    std::string const task = argv[1];
    check::Libxgboost const library{argv[2]};
    auto const count = static_cast<std::size_t>(std::stoul(argv[3]));
    bool same = true;
    for (int i = 4; i < argc; ++i) {
      auto const subject = ReadSubject(argv[i]);
      if (task == "exact") {
        same = CompareBits(library, subject, count) && same;
      } else {
        for (bool const missing : {false, true}) Time(library, subject, count, missing);
      }
    }
    return same ? 0 : 1;
  } catch (std::exception const& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
