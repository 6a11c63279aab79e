// Compares every kernel of the forest engine with its plain one, bit for bit, and every form of
// data with plain rows. `npm run test:forest` builds and runs it, also under sanitizers.
#include <cstdio>
#include <cstring>
#include <functional>

#include "check/forest/models.h"
#include "failure.h"
#include "forest/block_kernel.h"
#include "forest/cpu.h"
#include "forest/engine.h"
#include "forest/forest.h"
#include "forest/pool.h"
#include "forest/row_bits.h"
#include "forest/walk.h"

namespace {

using forest::ElementType;

int failures = 0;

void Fail(std::string const& name, std::string const& what) {
  ++failures;
  std::printf("FAILED %s: %s\n", name.c_str(), what.c_str());
}

bool SameBits(std::vector<float> const& a, std::vector<float> const& b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0);
}

forest::Input Rows(std::vector<float> const& rows, std::uint32_t width) {
  auto const stride = static_cast<std::int64_t>(width * sizeof(float));
  return {rows.size() / width, width,
          forest::DenseRows{rows.data(), ElementType::kF4, stride, sizeof(float)}};
}

/** By definition: walks the trees one by one. */
std::vector<float> Expected(forest::Forest const& forest, std::vector<float> const& rows,
                            forest::PredictOptions const& options) {
  auto const& trees = forest.Internal().AllTrees();
  auto const range = forest.Internal().TreesOf(options);
  auto const count = rows.size() / trees.num_features;
  std::vector<float> margins(count * trees.num_outputs, 0.5f);
  if (forest.ObjectiveName() == "binary:logistic") std::fill(margins.begin(), margins.end(), 0.0f);
  if (options.base_margin != nullptr) {
    std::memcpy(margins.data(), options.base_margin, margins.size() * sizeof(float));
  }
  for (std::size_t r = 0; r < count; ++r) {
    forest::AddTreesPlainly(trees, range.begin, range.end, rows.data() + r * trees.num_features,
                            margins.data() + r * trees.num_outputs);
  }
  if (options.margin) return margins;
  forest::TransformRows(forest::LinkOf(forest.ObjectiveName()), margins.data(), count,
                        trees.num_outputs);
  margins.resize(count * forest.OutputsPerRow(false));
  return margins;
}

std::vector<float> Predicted(forest::Forest const& forest, forest::Input const& input,
                             forest::PredictOptions const& options, int threads = 1) {
  std::vector<float> out(input.rows * forest.OutputsPerRow(options.margin));
  forest.Predict(input, out.data(), options, threads);
  return out;
}

/** Every number of rows takes other kernels. */
void CompareCounts(std::string const& name, forest::Forest const& forest,
                   std::vector<float> const& rows) {
  auto const width = forest.NumFeatures();
  for (std::size_t const count :
       {1, 2, 15, 16, 17, 63, 100, 127, 128, 129, 200, 300, 511, 512, 513, 1000, 1200}) {
    if (count * width > rows.size()) break;
    std::vector<float> const part(rows.begin(),
                                  rows.begin() + static_cast<std::ptrdiff_t>(count * width));
    forest::PredictOptions options;
    options.margin = count % 2 == 0;
    if (!SameBits(Predicted(forest, Rows(part, width), options), Expected(forest, part, options))) {
      Fail(name, std::to_string(count) + " rows differ");
    }
  }
}

/** Every kernel by itself: the engine would not choose each for this number of rows. */
void CompareKernels(std::string const& name, forest::Forest const& forest,
                    std::vector<float> const& rows) {
  auto const set = forest.Instructions();
  auto const& engine = forest.Internal();
  auto const& trees = engine.AllTrees();
  forest::PredictOptions options;
  options.margin = true;
  auto const input = Rows(rows, trees.num_features);
  forest::Reader const reader{input, options.missing};
  std::vector<float> const start(input.rows * trees.num_outputs, 0.25f);
  options.base_margin = start.data();
  auto const expected = Expected(forest, rows, options);
  auto const range = engine.TreesOf(options);
  auto const walk = forest::CompileWalk(trees);
  std::unique_ptr<forest::RowKernel const> const row_kernels[] = {forest::MakeRowWalk(walk),
                                                                  forest::MakeRowBits(trees, set)};
  for (auto const& kernel : row_kernels) {
    if (kernel == nullptr) continue;
    auto got = start;
    for (std::size_t r = 0; r < input.rows; ++r) {
      kernel->Add(rows.data() + r * trees.num_features, range, got.data() + r * trees.num_outputs);
    }
    if (!SameBits(got, expected)) Fail(name, "row kernel " + kernel->Name() + " differs");
  }
  auto block_kernels = forest::MakeBlockKernels(trees, set);
  block_kernels.push_back(forest::MakeBlockWalk(walk));
  for (auto const& kernel : block_kernels) {
    auto got = start;
    for (std::size_t r = 0; r < input.rows; r += kernel->BlockRows()) {
      kernel->Add(reader, r, std::min<std::size_t>(kernel->BlockRows(), input.rows - r), range,
                  got.data() + r * trees.num_outputs);
    }
    if (!SameBits(got, expected)) {
      Fail(name, "block kernel " + kernel->Name() + " of " + std::to_string(kernel->BlockRows()) +
                     " rows differs");
    }
  }
}

void CompareOptions(std::string const& name, forest::Forest const& forest,
                    std::vector<float> const& rows) {
  auto const width = forest.NumFeatures();
  auto const input = Rows(rows, width);
  auto const check = [&](char const* what, forest::PredictOptions const& options, int threads) {
    auto const expected = Expected(forest, rows, options);
    if (!SameBits(Predicted(forest, input, options, threads), expected)) Fail(name, what);
    std::vector<float> one(forest.OutputsPerRow(options.margin));
    for (std::size_t r = 0; r < 50; ++r) {
      auto row_options = options;
      if (options.base_margin != nullptr) row_options.base_margin += r * forest.NumOutputs();
      forest.PredictRow(rows.data() + r * width, one.data(), row_options);
      if (std::memcmp(one.data(), expected.data() + r * one.size(), one.size() * 4) != 0) {
        return Fail(name, std::string{what} + ", row by row");
      }
    }
  };
  forest::PredictOptions options;
  check("values", options, 1);
  check("on two threads", options, 2);
  options.margin = true;
  check("margins", options, 1);
  options.iteration_begin = forest.NumRounds() / 3;
  options.iteration_end = std::max(options.iteration_begin, forest.NumRounds() - 1);
  if (options.iteration_end > 0) check("some rounds", options, 1);
  std::vector<float> margins(input.rows * forest.NumOutputs());
  for (std::size_t i = 0; i < margins.size(); ++i) margins[i] = static_cast<float>(i % 13) * 0.1f;
  options.base_margin = margins.data();
  check("base margins", options, 1);
}

void CompareShape(check::Shape const& shape) {
  auto const model = check::ModelMaker{shape, 7}.Make();
  auto const most = 60000000 / (std::size_t{shape.features} + shape.trees * 20);
  auto const count = std::min<std::size_t>(1200, most / 40 + 60);
  for (auto const set : {forest::InstructionSet::kPortable, forest::InstructionSet::kAvx2,
                         forest::InstructionSet::kAvx512}) {
    if (set > forest::BestInstructionSet()) {
      std::printf("skipped %s: this CPU does not have it\n", NameOf(set));
      continue;
    }
    auto const name = shape.name + " (" + NameOf(set) + ")";
    try {
      forest::CompileOptions options;
      options.instruction_set = set;
      auto const compiled = forest::Compile(model, options);
      auto const rows = compiled->ProbeRows(count, 3, true);
      CompareKernels(name, *compiled, rows);
      CompareCounts(name, *compiled, rows);
      CompareOptions(name, *compiled, rows);
    } catch (Failure const& failure) {
      Fail(name, failure.what());
    }
  }
}

/** Small whole numbers, which every type holds; 9 is missing where a type has no NaN. */
std::vector<float> SmallNumbers(std::size_t count) {
  std::vector<float> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<float>(i * 2654435761u % 10);
  return values;
}

std::uint16_t HalfOf(float small) {
  if (small == 0) return 0;
  int exponent;
  auto const fraction = std::frexp(small, &exponent);
  return static_cast<std::uint16_t>((exponent + 14) << 10 |
                                    (static_cast<int>(fraction * 2048) & 0x3ff));
}

template <typename T, typename Make>
void CompareType(forest::Forest const& forest, ElementType type, Make const& make) {
  auto const width = std::size_t{forest.NumFeatures()};
  constexpr std::size_t kRows = 700;
  auto const plain = SmallNumbers(kRows * width);
  forest::PredictOptions options;
  options.missing = 9;
  auto const expected = Predicted(forest, Rows(plain, forest.NumFeatures()), options);
  std::vector<T> values(2 * plain.size());
  auto const check = [&](std::string const& what, forest::Input const& input) {
    if (!SameBits(Predicted(forest, input, options), expected)) {
      Fail("type " + std::to_string(static_cast<int>(type)), what);
    }
  };
  auto const size = static_cast<std::int64_t>(sizeof(T));
  auto const columns = static_cast<std::int64_t>(width);
  for (std::size_t i = 0; i < plain.size(); ++i) values[2 * i] = make(plain[i]);
  check("rows with strides",
        {kRows, width, forest::DenseRows{values.data(), type, 2 * size * columns, 2 * size}});
  forest::Columns strided;
  for (std::size_t c = 0; c < width; ++c) {
    forest::ColumnView column;
    column.values = &values[2 * c];
    column.type = type;
    column.stride = 2 * size * columns;
    strided.columns.push_back(column);
  }
  check("columns with strides", {kRows, width, strided});
  for (std::size_t i = 0; i < plain.size(); ++i) {
    values[i % width * kRows + i / width] = make(plain[i]);
  }
  check("rows by columns",
        {kRows, width,
         forest::DenseRows{values.data(), type, size, size * static_cast<std::int64_t>(kRows)}});
}

void CompareTypes(forest::Forest const& forest) {
  CompareType<std::uint16_t>(forest, ElementType::kF2, HalfOf);
  auto const cast = [](auto sample) {
    return [](float value) { return static_cast<decltype(sample)>(value); };
  };
  CompareType<float>(forest, ElementType::kF4, cast(float{}));
  CompareType<double>(forest, ElementType::kF8, cast(double{}));
  CompareType<std::int8_t>(forest, ElementType::kI1, cast(std::int8_t{}));
  CompareType<std::int16_t>(forest, ElementType::kI2, cast(std::int16_t{}));
  CompareType<std::int32_t>(forest, ElementType::kI4, cast(std::int32_t{}));
  CompareType<std::int64_t>(forest, ElementType::kI8, cast(std::int64_t{}));
  CompareType<std::uint8_t>(forest, ElementType::kU1, cast(std::uint8_t{}));
  CompareType<std::uint16_t>(forest, ElementType::kU2, cast(std::uint16_t{}));
  CompareType<std::uint32_t>(forest, ElementType::kU4, cast(std::uint32_t{}));
  CompareType<std::uint64_t>(forest, ElementType::kU8, cast(std::uint64_t{}));
}

/** Validity, recoding, bits and offsets: each column another way. */
void CompareColumns(forest::Forest const& forest) {
  constexpr std::size_t kRows = 900, kOffset = 5;
  constexpr auto kNaN = std::numeric_limits<float>::quiet_NaN();
  auto const width = std::size_t{forest.NumFeatures()};
  auto plain = SmallNumbers(kRows * width);
  std::vector<std::uint8_t> bits(kRows / 8 + 2), validity(kRows / 8 + 2);
  std::vector<std::int32_t> codes(kRows);
  std::vector<float> floats(kRows);
  std::int32_t const remap[] = {3, -1, 7, 0};
  for (std::size_t r = 0; r < kRows; ++r) {
    auto const valid = r % 7 != 3, bit = r % 3 == 1;
    auto const place = r + kOffset;
    if (valid)
      validity[place / 8] = static_cast<std::uint8_t>(validity[place / 8] | 1u << place % 8);
    if (bit) bits[place / 8] = static_cast<std::uint8_t>(bits[place / 8] | 1u << place % 8);
    codes[r] = static_cast<std::int32_t>(r % 6) - 1;
    floats[r] = plain[r * width + 3];
    auto const known = codes[r] >= 0 && codes[r] < 4 ? remap[codes[r]] : -1;
    plain[r * width] = bit ? 1.0f : 0.0f;
    plain[r * width + 1] = known < 0 ? kNaN : static_cast<float>(known);
    plain[r * width + 2] = valid ? plain[r * width + 1] : kNaN;
  }
  forest::Columns columns;
  for (std::size_t c = 0; c < width; ++c) {
    forest::ColumnView column;
    column.values = &plain[c];
    column.stride = static_cast<std::int64_t>(width * sizeof(float));
    columns.columns.push_back(column);
  }
  forest::ColumnView bool_column, code_column, packed;
  bool_column.values = bits.data();
  bool_column.type = ElementType::kBit;
  bool_column.bit_offset = kOffset;
  code_column.values = codes.data();
  code_column.type = ElementType::kI4;
  code_column.remap = remap;
  code_column.remap_length = 4;
  packed.values = floats.data();
  columns.columns[0] = bool_column;
  columns.columns[1] = code_column;
  code_column.validity = validity.data();
  code_column.validity_offset = kOffset;
  columns.columns[2] = code_column;
  columns.columns[3] = packed;
  auto const expected = Predicted(forest, Rows(plain, forest.NumFeatures()), {});
  if (!SameBits(Predicted(forest, {kRows, width, columns}, {}), expected)) {
    Fail("columns", "differ from rows");
  }
}

void CompareSparse(forest::Forest const& forest) {
  constexpr std::size_t kRows = 700;
  auto const width = std::size_t{forest.NumFeatures()};
  std::vector<float> plain(kRows * width, std::numeric_limits<float>::quiet_NaN());
  std::vector<std::int64_t> indptr{0};
  std::vector<std::uint32_t> indices;
  std::vector<double> values;
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t c = 0; c < width; ++c) {
      if ((r * 31 + c * 17) % 5 < 3) continue;
      plain[r * width + c] = static_cast<float>((r + c) % 11);
      indices.push_back(static_cast<std::uint32_t>(c));
      values.push_back(static_cast<double>((r + c) % 11));
    }
    indptr.push_back(static_cast<std::int64_t>(indices.size()));
  }
  forest::SparseRows const sparse{indptr.data(),    ElementType::kI8, indices.data(),
                                  ElementType::kU4, values.data(),    ElementType::kF8};
  auto const expected = Predicted(forest, Rows(plain, forest.NumFeatures()), {});
  if (!SameBits(Predicted(forest, {kRows, width, sparse}, {}), expected)) {
    Fail("sparse rows", "differ from rows");
  }
}

void ExpectFailure(std::string const& name, FailureKind kind, std::function<void()> const& call) {
  try {
    call();
  } catch (Failure const& failure) {
    if (failure.Kind() != kind) Fail(name, std::string{"another failure: "} + failure.what());
    return;
  }
  Fail(name, "did not fail");
}

void CompareErrors(forest::Forest const& forest) {
  std::vector<float> const rows(std::size_t{forest.NumFeatures()} + 1);
  float out[8];
  ExpectFailure("columns", FailureKind::kData,
                [&] { forest.Predict(Rows(rows, forest.NumFeatures() + 1), out, {}, 1); });
  forest::PredictOptions options;
  options.iteration_end = forest.NumRounds() + 1;
  ExpectFailure("rounds", FailureKind::kRange, [&] { forest.CheckOptions(options); });
  std::atomic<bool> const cancelled{true};
  forest::PredictOptions stopped;
  stopped.cancelled = &cancelled;
  ExpectFailure("cancelled", FailureKind::kStopped, [&] {
    forest.Predict(Rows(std::vector<float>(forest.NumFeatures()), forest.NumFeatures()), out,
                   stopped, 1);
  });
  model::Model linear;
  linear.booster = model::Linear{};
  ExpectFailure("gblinear", FailureKind::kModel, [&] { forest::Compile(linear); });
  model::Model unknown;
  unknown.base_score = {0.5f};
  unknown.objective.name = "no:such";
  unknown.booster = model::Forest{};
  ExpectFailure("objective", FailureKind::kModel, [&] { forest::Compile(unknown); });
}

void ComparePool() {
  std::atomic<int> sum{0}, next{0};
  forest::RunTogether(3, [&] {
    while (next.fetch_add(1) < 1000) sum.fetch_add(1);
  });
  if (sum != 1000) Fail("pool", "some work was not done");
  ExpectFailure("pool", FailureKind::kData, [] {
    forest::RunTogether(3, [] { throw Failure{FailureKind::kData, "thrown inside"}; });
  });
}

}  // namespace

int main() {
  auto const shapes = check::AllShapes();
  for (auto const& shape : shapes) CompareShape(shape);
  check::Shape inputs;
  inputs.odd_thresholds = true;
  inputs.features = 11;
  auto model = check::ModelMaker{inputs, 3}.Make();
  // Splits among the small numbers that every type holds.
  for (auto& tree : std::get<model::Forest>(model.booster).trees) {
    for (std::size_t n = 0; n < tree.Size(); ++n) {
      if (!tree.IsLeaf(n)) tree.condition[n] = static_cast<float>(n % 10);
    }
  }
  auto const forest = forest::Compile(model);
  CompareTypes(*forest);
  CompareColumns(*forest);
  CompareSparse(*forest);
  CompareErrors(*forest);
  ComparePool();
  std::printf("%zu shapes, %d failures\n", shapes.size(), failures);
  return failures == 0 ? 0 : 1;
}
