// Our own engine for prediction on the CPU: the same bits as libxgboost's CPU predictor. Knows
// neither Node nor libxgboost. Everything a caller needs is declared here and in input.h.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "forest/input.h"
#include "model/model.h"

namespace forest {

/** The instruction sets a forest can be built for; each holds the ones before it. */
enum class InstructionSet { kPortable, kAvx2, kAvx512 };

/** `portable`, `avx2` or `avx512`, as in the environment variable XGBOOST_GPU_KERNEL. */
char const* NameOf(InstructionSet set);

struct CompileOptions {
  /** Without one: what XGBOOST_GPU_KERNEL says, or else the best that this CPU has. One that the
   * CPU or the build lacks is a Failure that names what there is. */
  std::optional<InstructionSet> instruction_set;
  /** Compares the chosen kernels with the plain one on probe rows, and fails rather than build a
   * forest that would answer otherwise. Bounded: tens of milliseconds for the largest. */
  bool self_test = true;
};

struct PredictOptions {
  /** The rounds [begin, end); end 0: up to the last. */
  std::int32_t iteration_begin = 0;
  std::int32_t iteration_end = 0;
  /** Margins instead of transformed values. */
  bool margin = false;
  /** A value that means "missing" besides NaN; compared after the cast to float32. */
  float missing = std::numeric_limits<float>::quiet_NaN();
  /** `rows * NumOutputs()` margins that replace the base score, for the rows of the whole input. */
  float const* base_margin = nullptr;
  /** Looked at between blocks of rows; once true, the prediction ends with a Failure (kStopped). */
  std::atomic<bool> const* cancelled = nullptr;
};

class Engine;

/**
 * A compiled model. Immutable: any number of threads may predict with it at once, and it allocates
 * nothing that depends on the thread that built it.
 */
class Forest {
 public:
  /** Takes the engine; use Compile. */
  explicit Forest(std::unique_ptr<Engine const> engine);
  ~Forest();
  Forest(Forest const&) = delete;
  Forest& operator=(Forest const&) = delete;

  std::uint32_t NumFeatures() const;
  /** Margins per row: classes, targets, quantiles; 1 for most models. */
  std::uint32_t NumOutputs() const;
  /** Values per row that a prediction writes: NumOutputs(), or 1 for the transformed values of
   * `multi:softmax`, which are class numbers. */
  std::uint32_t OutputsPerRow(bool margin) const;
  std::uint32_t NumTrees() const;
  std::int32_t NumRounds() const;
  /** What runs, for the curious: `planes+programs/avx512, row: bits`. */
  std::string const& Kernel() const;
  InstructionSet Instructions() const;
  /** Memory that this forest holds. */
  std::size_t Bytes() const;

  std::string const& ObjectiveName() const;
  /** Empty, or one per feature. */
  std::vector<std::string> const& FeatureNames() const;
  std::vector<std::string> const& FeatureTypes() const;
  /** Empty, or one per feature; the model's code of a category is its place in the list. */
  std::vector<model::Category> const& Categories() const;
  std::vector<std::pair<std::string, std::string>> const& Attributes() const;
  /** The attribute `best_iteration`, when the model has one that is a number. */
  std::optional<std::int64_t> BestIteration() const;

  /** A Failure (kRange) naming the rounds there are, when the iterations of `options` are not
   * among them. The other members call it too, except PredictRow. */
  void CheckOptions(PredictOptions const& options) const;

  /**
   * One row of NumFeatures() values, NaN for missing; OutputsPerRow(margin) values to `out`. The
   * hot path: no allocation, no lock, no check. `options` must have passed CheckOptions; its
   * `base_margin` holds NumOutputs() values.
   */
  void PredictRow(float const* row, float* out, PredictOptions const& options) const noexcept;

  /**
   * The rows [begin, end) of `input` on the calling thread. `out` is the result for row `begin`:
   * row-major, OutputsPerRow(margin) values per row. `input` is read in place and must have
   * NumFeatures() columns (a Failure of kind kData otherwise).
   */
  void PredictRows(Input const& input, std::uint64_t begin, std::uint64_t end, float* out,
                   PredictOptions const& options) const;

  /**
   * All rows of `input`, split over the calling thread and up to `threads - 1` threads of the
   * process's pool; 0: as many as there are cores. Returns when all is done. Few rows stay on the
   * calling thread.
   */
  void Predict(Input const& input, float* out, PredictOptions const& options, int threads) const;

  /** Values per row of contributions: for each output one per feature and the bias; with
   * `interactions` a matrix of so many rows and columns. */
  std::uint64_t ContributionsPerRow(bool interactions) const;

  /**
   * What each feature adds to the margin of each row (SHAP values, as XGBoost's CPU predictor
   * computes them), or how features add to it in pairs. Row-major: outputs, then features and the
   * bias. Their sum is the margin. `options.iteration_begin` must be 0 (a Failure of kind kRange
   * otherwise), `options.margin` means nothing. A Failure (kModel) when the trees have no covers.
   * Threads as in Predict.
   */
  void PredictContributions(Input const& input, float* out, PredictOptions const& options,
                            bool interactions, int threads) const;

  /** About how long PredictRows takes on one thread, by a cost model of this forest; the caller
   * chooses by it whether to leave its own thread. */
  double EstimateNanoseconds(std::uint64_t rows) const;
  double EstimateContributions(std::uint64_t rows, bool interactions) const;

  /**
   * Rows that find out a wrong answer: thresholds and their neighbours, NaN in every feature by
   * itself, both zeros, both infinities, tiny and huge values, categories that no split knows. Row-
   * major, NumFeatures() wide; at most `max_rows`, the same for the same model. Several calls with
   * other seeds give other rows. Without infinities when the rows are for a matrix that refuses
   * them.
   */
  std::vector<float> ProbeRows(std::uint64_t max_rows, std::uint64_t seed, bool infinities) const;

  Engine const& Internal() const { return *engine_; }

 private:
  std::unique_ptr<Engine const> engine_;
};

/** Builds the forest of `model`. A Failure (kModel) for the `gblinear` booster, an objective that
 * XGBoost 3.4 does not have, or a model that contradicts itself. */
std::shared_ptr<Forest const> Compile(model::Model const& model,
                                      CompileOptions const& options = {});

}  // namespace forest
