#include "forest/engine.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "failure.h"
#include "forest/block_kernel.h"
#include "forest/cpu.h"
#include "forest/plain.h"
#include "forest/probe.h"
#include "forest/row_bits.h"
#include "forest/walk.h"

namespace forest {
namespace {

/** Rows of the self-test: more than any block, and some over. */
constexpr std::size_t kTestRows = 700;
/** Tree-rows of the self-test; larger models are tested on fewer rows. */
constexpr std::size_t kTestWork = 100000;

model::Forest const& TreesOfModel(model::Model const& model) {
  auto const* forest = std::get_if<model::Forest>(&model.booster);
  if (forest == nullptr) {
    throw Failure{
        FailureKind::kModel,
        "the booster 'gblinear' has no trees; expected 'gbtree' or 'dart'. Predict with the "
        "Booster itself, which multiplies and adds"};
  }
  return *forest;
}

/** Memory for a row, or for the margins of one. Not that of the kernels, which they use meanwhile.
 */
float* ThreadFloats(std::size_t size) {
  static thread_local std::vector<float> scratch;
  if (scratch.size() < size) scratch.resize(size);
  return scratch.data();
}

/** XGBoost takes the base score of a model that was never trained for a margin, as it stands. */
std::vector<float> StartOf(model::Model const& model, std::uint32_t num_outputs) {
  bool const untrained = model.boost_from_average && TreesOfModel(model).trees.empty();
  return BaseMargins(untrained ? "reg:squarederror" : model.objective.name, model.base_score,
                     num_outputs);
}

void ThrowIfCancelled(PredictOptions const& options) {
  if (options.cancelled == nullptr || !*options.cancelled) return;
  throw Failure{FailureKind::kStopped, "the prediction was stopped"};
}

}  // namespace

Engine::Engine(model::Model const& model, CompileOptions const& options)
    : trees_{FlattenTrees(model, TreesOfModel(model))},
      description_{model.objective.name, model.feature_names, model.feature_types,
                   TreesOfModel(model).categories, model.attributes},
      link_{LinkOf(model.objective.name)},
      base_margins_{StartOf(model, trees_.num_outputs)},
      instructions_{ChooseInstructionSet(options.instruction_set)} {
  ChooseKernels();
  NameKernels();
  if (options.self_test) TestKernels();
}

void Engine::ChooseKernels() {
  row_kernel_ = MakePlainKernel(trees_);
  auto const prefer = [this](std::unique_ptr<RowKernel const> kernel) {
    if (kernel == nullptr) return;
    if (kernel->NanosecondsPerRow() < row_kernel_->NanosecondsPerRow())
      row_kernel_ = std::move(kernel);
  };
  auto const walk = CompileWalk(trees_);
  prefer(MakeRowWalk(walk));
  prefer(MakeRowBits(trees_, instructions_));
  block_kernels_ = MakeBlockKernels(trees_, instructions_);
  block_kernels_.push_back(MakeBlockWalk(walk));
}

void Engine::NameKernels() {
  auto const* const many = BlockFor(1 << 20);
  kernel_name_ = many == nullptr ? row_kernel_->Name() : many->Name();
  kernel_name_ += std::string{"/"} + NameOf(instructions_) + ", row: " + row_kernel_->Name();
}

std::size_t Engine::Bytes() const {
  auto bytes = sizeof *this + trees_.nodes.size() * sizeof(Node) +
               trees_.leaf_values.size() * sizeof(float) + trees_.trees.size() * sizeof(Tree) +
               row_kernel_->Bytes();
  for (auto const& set : trees_.sets) bytes += set.words.size() * sizeof(std::uint32_t);
  // All sizes of blocks share the planes' trees; the walk is the last.
  bytes += block_kernels_.front()->Bytes();
  if (block_kernels_.size() > 1) bytes += block_kernels_.back()->Bytes();
  return bytes;
}

std::uint32_t Engine::OutputsPerRow(bool margin) const {
  return !margin && link_ == Link::kArgmax ? 1 : trees_.num_outputs;
}

TreeRange Engine::TreesOf(PredictOptions const& options) const noexcept {
  auto const& begins = trees_.round_begin;
  auto const end = options.iteration_end == 0 ? trees_.NumRounds() : options.iteration_end;
  return {begins[static_cast<std::size_t>(options.iteration_begin)],
          begins[static_cast<std::size_t>(end)]};
}

void Engine::StartMargins(PredictOptions const& options, std::uint64_t begin, std::size_t rows,
                          float* margins) const {
  auto const outputs = static_cast<std::size_t>(trees_.num_outputs);
  if (options.base_margin != nullptr) {
    std::memcpy(margins, options.base_margin + begin * outputs, rows * outputs * sizeof(float));
  } else if (outputs == 1) {
    std::fill_n(margins, rows, base_margins_.front());
  } else {
    for (std::size_t r = 0; r < rows; ++r) {
      std::copy(base_margins_.begin(), base_margins_.end(), margins + r * outputs);
    }
  }
}

void Engine::PredictRow(float const* row, float* out,
                        PredictOptions const& options) const noexcept {
  auto const outputs = static_cast<std::size_t>(trees_.num_outputs);
  bool const narrow = OutputsPerRow(options.margin) != outputs;
  bool const replaces = !std::isnan(options.missing);
  auto* margins = out;
  if (narrow || replaces) {
    auto* const scratch = ThreadFloats(outputs + trees_.num_features);
    if (narrow) margins = scratch;
    if (replaces) {
      for (std::size_t f = 0; f < trees_.num_features; ++f) {
        scratch[outputs + f] =
            row[f] == options.missing ? std::numeric_limits<float>::quiet_NaN() : row[f];
      }
      row = scratch + outputs;
    }
  }
  StartMargins(options, 0, 1, margins);
  row_kernel_->Add(row, TreesOf(options), margins);
  if (!options.margin) TransformRows(link_, margins, 1, trees_.num_outputs);
  if (narrow) *out = *margins;
}

void Engine::PredictSingly(Reader const& reader, std::uint64_t begin, std::size_t rows,
                           TreeRange range, float* margins) const {
  auto* const row = ThreadFloats(trees_.num_features);
  for (std::size_t r = 0; r < rows; ++r) {
    reader.ReadRow(begin + r, row);
    row_kernel_->Add(row, range, margins + r * trees_.num_outputs);
  }
}

/** A row of a batch that is predicted by itself is read whole. */
double Engine::SingleNanoseconds() const {
  constexpr double kReadValue = 0.7;
  return row_kernel_->NanosecondsPerRow() + kReadValue * trees_.num_features;
}

BlockKernel const* Engine::BlockFor(std::uint64_t rows) const {
  BlockKernel const* best = nullptr;
  auto cheapest = SingleNanoseconds();
  for (auto const& kernel : block_kernels_) {
    auto const part = static_cast<std::size_t>(std::min<std::uint64_t>(rows, kernel->BlockRows()));
    auto const per_row = kernel->Nanoseconds(part) / static_cast<double>(part);
    if (per_row >= cheapest) continue;
    cheapest = per_row;
    best = kernel.get();
  }
  return best;
}

void Engine::PredictRows(Input const& input, std::uint64_t begin, std::uint64_t end, float* out,
                         PredictOptions const& options) const {
  constexpr std::size_t kSingleRows = 16;
  Reader const reader{input, options.missing};
  auto const outputs = static_cast<std::size_t>(trees_.num_outputs);
  auto const width = static_cast<std::size_t>(OutputsPerRow(options.margin));
  auto const range = TreesOf(options);
  std::vector<float> wide;  // margins that do not fit the result
  while (begin < end) {
    ThrowIfCancelled(options);
    auto const* block = BlockFor(end - begin);
    auto const most = block == nullptr ? kSingleRows : block->BlockRows();
    auto const rows = static_cast<std::size_t>(std::min<std::uint64_t>(end - begin, most));
    if (width != outputs) wide.resize(rows * outputs);
    auto* const margins = width == outputs ? out : wide.data();
    StartMargins(options, begin, rows, margins);
    if (block == nullptr) {
      PredictSingly(reader, begin, rows, range, margins);
    } else {
      block->Add(reader, begin, rows, range, margins);
    }
    if (!options.margin) TransformRows(link_, margins, rows, trees_.num_outputs);
    if (width != outputs) std::copy_n(margins, rows * width, out);
    begin += rows;
    out += rows * width;
  }
}

void Engine::PredictContributions(Input const& input, std::uint64_t begin, std::uint64_t end,
                                  float* out, PredictOptions const& options,
                                  bool interactions) const {
  std::call_once(contributions_made_, [this] {
    contributions_ =
        std::make_unique<Contributions const>(trees_, ContributionKernelFor(instructions_));
  });
  Reader const reader{input, options.missing};
  auto const outputs = static_cast<std::size_t>(trees_.num_outputs);
  auto const width = contributions_->PerOutput(interactions) * outputs;
  auto const most = contributions_->Lanes();
  std::vector<float> margins(most * outputs);
  Contributions::Block block{*contributions_, interactions};
  for (; begin < end; begin += most, out += most * width) {
    ThrowIfCancelled(options);
    auto const rows = static_cast<std::size_t>(std::min<std::uint64_t>(end - begin, most));
    StartMargins(options, begin, rows, margins.data());
    block.Predict(reader, begin, rows, TreesOf(options).end, margins.data(), out);
  }
}

double Engine::EstimateNanoseconds(std::uint64_t rows) const {
  double total = 0;
  for (std::uint64_t left = rows; left > 0;) {
    auto const* block = BlockFor(left);
    if (block == nullptr) {
      return total + static_cast<double>(left) * SingleNanoseconds();
    }
    auto const size = block->BlockRows();
    if (left < size) return total + block->Nanoseconds(static_cast<std::size_t>(left));
    total += static_cast<double>(left / size) * block->Nanoseconds(size);
    left %= size;
  }
  return total;
}

std::size_t Engine::Grain() const {
  return block_kernels_.empty() ? 1 : block_kernels_.front()->BlockRows();
}

/** The kernels were chosen by the shape of the model; whether they answer as the plain one is asked
 * here, for this model, so that an error of ours cannot pass as a prediction. */
void Engine::TestKernels() const {
  auto const outputs = static_cast<std::size_t>(trees_.num_outputs);
  auto const num_trees = std::max<std::size_t>(1, trees_.trees.size());
  auto const rows = std::max<std::size_t>(8, std::min(kTestRows, kTestWork / num_trees));
  auto const width = static_cast<std::size_t>(trees_.num_features);
  auto const probe = MakeProbeRows(trees_, rows, 1, true);
  TreeRange const range{0, static_cast<std::uint32_t>(trees_.trees.size())};
  std::vector<float> expected(rows * outputs);
  StartMargins({}, 0, rows, expected.data());
  auto const start = expected;
  for (std::size_t r = 0; r < rows; ++r) {
    AddTreesPlainly(trees_, range.begin, range.end, probe.data() + r * width,
                    expected.data() + r * outputs);
  }
  auto const compare = [&](std::vector<float> const& got, std::size_t count,
                           std::string const& name) {
    if (std::memcmp(got.data(), expected.data(), count * outputs * sizeof(float)) == 0) return;
    throw Failure{FailureKind::kModel,
                  "the kernel '" + name + "/" + NameOf(instructions_) +
                      "' does not answer as the plain one for this model; this is "
                      "an error of ours. XGBOOST_GPU_KERNEL=portable may help"};
  };
  auto got = start;
  for (std::size_t r = 0; r < rows; ++r) {
    row_kernel_->Add(probe.data() + r * width, range, got.data() + r * outputs);
  }
  compare(got, rows, row_kernel_->Name());
  auto const stride = static_cast<std::int64_t>(width * sizeof(float));
  Input const input{rows, width, DenseRows{probe.data(), ElementType::kF4, stride, sizeof(float)}};
  Reader const reader{input, std::numeric_limits<float>::quiet_NaN()};
  for (auto const& kernel : block_kernels_) {
    got = start;
    auto const part = std::min(rows, kernel->BlockRows());
    kernel->Add(reader, 0, part, range, got.data());
    compare(got, part, kernel->Name());
  }
}

}  // namespace forest
