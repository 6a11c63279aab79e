#include "forest/forest.h"

#include <algorithm>
#include <charconv>

#include "failure.h"
#include "forest/engine.h"
#include "forest/pool.h"
#include "forest/probe.h"

namespace forest {
namespace {

/** Below so much work per thread, waking a thread costs more than it saves. */
constexpr double kNanosecondsPerThread = 50000;
/** Shares per thread, so that a thread which started late does not keep the others waiting. */
constexpr std::uint64_t kSharesPerThread = 4;
/** A multiple of every kernel's lanes. */
constexpr std::uint64_t kContributionGrain = 64;
/** Per node of the forest, measured; pairs depend on the depth, and need not be exact. */
constexpr double kNanosecondsPerContribution = 1.2;
constexpr double kNanosecondsPerPairs = 4.0;

void CheckInput(Forest const& forest, Input const& input) {
  auto const expected = forest.NumFeatures();
  if (input.columns != expected) {
    throw Failure{FailureKind::kData, "the model has " + std::to_string(expected) +
                                          " features, but the data have " +
                                          std::to_string(input.columns) + " columns"};
  }
  auto const* columns = std::get_if<Columns>(&input.data);
  if (columns != nullptr && columns->columns.size() != expected) {
    throw Failure{FailureKind::kData, "the model has " + std::to_string(expected) +
                                          " features, but there are " +
                                          std::to_string(columns->columns.size()) + " columns"};
  }
}

/** Calls `work` for stretches of rows, on as many threads as the work is worth. */
template <class Work>
void RunInShares(std::uint64_t rows, std::uint64_t grain, double nanoseconds, int threads,
                 Work const& work) {
  auto const most = threads <= 0 ? MaxThreads() : std::min(threads, MaxThreads());
  auto const worthwhile = nanoseconds / kNanosecondsPerThread;
  auto const used =
      static_cast<std::uint64_t>(std::max(1.0, std::min(static_cast<double>(most), worthwhile)));
  if (used == 1) return work(0, rows);
  auto const share = rows / (used * kSharesPerThread) / grain * grain + grain;
  std::atomic<std::uint64_t> next{0};
  RunTogether(static_cast<int>(used) - 1, [&] {
    while (true) {
      auto const begin = next.fetch_add(share);
      if (begin >= rows) return;
      work(begin, std::min(begin + share, rows));
    }
  });
}

}  // namespace

Forest::Forest(std::unique_ptr<Engine const> engine) : engine_{std::move(engine)} {}
Forest::~Forest() = default;

std::uint32_t Forest::NumFeatures() const { return engine_->AllTrees().num_features; }
std::uint32_t Forest::NumOutputs() const { return engine_->AllTrees().num_outputs; }
std::uint32_t Forest::OutputsPerRow(bool margin) const { return engine_->OutputsPerRow(margin); }
std::uint32_t Forest::NumTrees() const {
  return static_cast<std::uint32_t>(engine_->AllTrees().trees.size());
}
std::int32_t Forest::NumRounds() const { return engine_->AllTrees().NumRounds(); }
std::string const& Forest::Kernel() const { return engine_->KernelName(); }
InstructionSet Forest::Instructions() const { return engine_->Instructions(); }
std::size_t Forest::Bytes() const { return engine_->Bytes(); }
std::string const& Forest::ObjectiveName() const { return engine_->Describe().objective; }
std::vector<std::string> const& Forest::FeatureNames() const {
  return engine_->Describe().feature_names;
}
std::vector<std::string> const& Forest::FeatureTypes() const {
  return engine_->Describe().feature_types;
}
std::vector<model::Category> const& Forest::Categories() const {
  return engine_->Describe().categories;
}
std::vector<std::pair<std::string, std::string>> const& Forest::Attributes() const {
  return engine_->Describe().attributes;
}

std::optional<std::int64_t> Forest::BestIteration() const {
  for (auto const& [name, text] : Attributes()) {
    if (name != "best_iteration") continue;
    std::int64_t value = 0;
    auto const* end = text.data() + text.size();
    auto const result = std::from_chars(text.data(), end, value);
    if (result.ec == std::errc{} && result.ptr == end && !text.empty()) return value;
  }
  return std::nullopt;
}

void Forest::CheckOptions(PredictOptions const& options) const {
  auto const rounds = NumRounds();
  auto const end = options.iteration_end == 0 ? rounds : options.iteration_end;
  if (options.iteration_begin >= 0 && options.iteration_begin <= end && end <= rounds) return;
  throw Failure{FailureKind::kRange,
                "the iteration range [" + std::to_string(options.iteration_begin) + ", " +
                    std::to_string(options.iteration_end) + ") is not within the model's " +
                    std::to_string(rounds) + " rounds"};
}

void Forest::PredictRow(float const* row, float* out,
                        PredictOptions const& options) const noexcept {
  engine_->PredictRow(row, out, options);
}

void Forest::PredictRows(Input const& input, std::uint64_t begin, std::uint64_t end, float* out,
                         PredictOptions const& options) const {
  CheckOptions(options);
  CheckInput(*this, input);
  engine_->PredictRows(input, begin, std::min(end, input.rows), out, options);
}

void Forest::Predict(Input const& input, float* out, PredictOptions const& options,
                     int threads) const {
  CheckOptions(options);
  CheckInput(*this, input);
  auto const width = OutputsPerRow(options.margin);
  RunInShares(input.rows, engine_->Grain(), engine_->EstimateNanoseconds(input.rows), threads,
              [&](std::uint64_t begin, std::uint64_t end) {
                engine_->PredictRows(input, begin, end, out + begin * width, options);
              });
}

std::uint64_t Forest::ContributionsPerRow(bool interactions) const {
  auto const width = std::uint64_t{NumFeatures()} + 1;
  return NumOutputs() * (interactions ? width * width : width);
}

void Forest::PredictContributions(Input const& input, float* out, PredictOptions const& options,
                                  bool interactions, int threads) const {
  CheckOptions(options);
  CheckInput(*this, input);
  if (options.iteration_begin != 0) {
    throw Failure{FailureKind::kRange,
                  "contributions are those of rounds from 0 on; expected an iteration range that "
                  "begins with 0, received " +
                      std::to_string(options.iteration_begin)};
  }
  auto const width = ContributionsPerRow(interactions);
  RunInShares(input.rows, kContributionGrain, EstimateContributions(input.rows, interactions),
              threads, [&](std::uint64_t begin, std::uint64_t end) {
                engine_->PredictContributions(input, begin, end, out + begin * width, options,
                                              interactions);
              });
}

double Forest::EstimateContributions(std::uint64_t rows, bool interactions) const {
  // A tree whose leaves are vectors is walked once for each output.
  auto const nodes = 2 * static_cast<double>(engine_->AllTrees().leaf_values.size());
  auto const each = interactions ? kNanosecondsPerPairs : kNanosecondsPerContribution;
  return static_cast<double>(rows) * nodes * each;
}

double Forest::EstimateNanoseconds(std::uint64_t rows) const {
  return engine_->EstimateNanoseconds(rows);
}

std::vector<float> Forest::ProbeRows(std::uint64_t max_rows, std::uint64_t seed,
                                     bool infinities) const {
  return MakeProbeRows(engine_->AllTrees(), max_rows, seed, infinities);
}

std::shared_ptr<Forest const> Compile(model::Model const& model, CompileOptions const& options) {
  return std::make_shared<Forest const>(std::make_unique<Engine const>(model, options));
}

}  // namespace forest
