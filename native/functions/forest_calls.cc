#include "functions/forest_calls.h"

#include <limits>
#include <utility>
#include <variant>

#include "bind/lane.h"
#include "failure.h"
#include "model/read.h"

namespace functions {
namespace {

template <class T>
void Append(std::vector<unsigned char>* bytes, T value) {
  auto const* begin = reinterpret_cast<unsigned char const*>(&value);
  bytes->insert(bytes->end(), begin, begin + sizeof value);
}

xgb::Categories NamesOf(model::Category const& category) {
  xgb::Categories out;
  out.present = true;
  out.names = true;
  out.offsets.element = xgb::Element::kI4;
  out.offsets.shape = {category.names.size() + 1};
  out.values.element = xgb::Element::kU1;
  Append(&out.offsets.bytes, std::int32_t{0});
  for (auto const& name : category.names) {
    out.values.bytes.insert(out.values.bytes.end(), name.begin(), name.end());
    Append(&out.offsets.bytes, static_cast<std::int32_t>(out.values.bytes.size()));
  }
  out.values.shape = {out.values.bytes.size()};
  return out;
}

xgb::Categories NumbersOf(model::Category const& category) {
  xgb::Categories out;
  out.present = true;
  out.values.element = xgb::Element::kI8;
  out.values.shape = {category.numbers.size()};
  for (auto const number : category.numbers) Append(&out.values.bytes, number);
  return out;
}

std::size_t Product(std::uint64_t rows, std::uint64_t values) {
  if (values != 0 && rows > std::numeric_limits<std::size_t>::max() / sizeof(float) / values)
    throw Failure{FailureKind::kRange, "the predictions would not fit into memory"};
  return static_cast<std::size_t>(rows * values);
}

}  // namespace

void LoadForest(void const* bytes, std::uint64_t length, ForestShare* out) {
  auto const model = model::Read(bytes, length);
  if (std::holds_alternative<model::Linear>(model.booster)) {
    throw Failure{
        FailureKind::kUnsupported,
        "a linear model (booster: gblinear) has no trees to compile; predict with Booster"};
  }
  *out = forest::Compile(model);
}

void PredictForest(ForestShare const* share, ForestTable const* table, ForestRequest const* request,
                   ForestPrediction* out) {
  auto const& forest = *share;
  ForestInput const input{*table};
  forest::PredictOptions options;
  options.margin = request->output != ForestOutput::kValue;
  options.iteration_begin = request->begin;
  options.iteration_end = request->end;
  options.missing = request->missing;
  // The end of a worker waits for calls that read its memory; a long batch must not hold it up.
  options.cancelled = bind::Lane::Closing();
  forest->CheckOptions(options);
  std::size_t const margins = Product(input.Rows(), forest->NumOutputs());
  if (request->base_margin != nullptr && request->base_margin_length != margins) {
    throw Failure{FailureKind::kData, "baseMargin: expected " + std::to_string(margins) +
                                          " numbers, received " +
                                          std::to_string(request->base_margin_length)};
  }
  bool const contributes = request->output >= ForestOutput::kContributions;
  bool const interactions = request->output == ForestOutput::kInteractions;
  std::uint64_t const per_row = contributes ? forest->ContributionsPerRow(interactions)
                                            : forest->OutputsPerRow(options.margin);
  out->shape = {input.Rows(), contributes ? forest->NumOutputs() : per_row};
  for (int i = 0; contributes && i < (interactions ? 2 : 1); ++i)
    out->shape.push_back(std::uint64_t{forest->NumFeatures()} + 1);
  out->values.resize(Product(input.Rows(), per_row));
  for (auto const& segment : input.Segments()) {
    if (request->base_margin != nullptr)
      options.base_margin = request->base_margin + segment.begin * forest->NumOutputs();
    auto* const to = out->values.data() + segment.begin * per_row;
    if (contributes) {
      forest->PredictContributions(segment.input, to, options, interactions, request->threads);
    } else {
      forest->Predict(segment.input, to, options, request->threads);
    }
  }
}

void ReadForest(ForestShare const* share, ForestShare* out) { *out = *share; }

void NameForest(ForestShare const* share, char const** out) {
  thread_local std::string name;
  name = ShareForest(*share);
  *out = name.c_str();
}

void AttachForest(char const* name, ForestShare* out) { *out = FindForest(name); }

void EstimateForest(ForestShare const* share, std::uint64_t rows, ForestOutput const* output,
                    double* out) {
  bool const interactions = *output == ForestOutput::kInteractions;
  *out = *output >= ForestOutput::kContributions
             ? (*share)->EstimateContributions(rows, interactions)
             : (*share)->EstimateNanoseconds(rows);
}

void ProbeForest(ForestShare const* share, std::uint64_t rows, std::uint64_t seed,
                 ForestPrediction* out) {
  auto const& forest = *share;
  out->values = forest->ProbeRows(rows, seed, true);
  std::uint64_t const width = forest->NumFeatures();
  out->shape = {width == 0 ? 0 : out->values.size() / width, width};
}

void CategoriesOfForest(ForestShare const* share, std::vector<xgb::Categories>* out) {
  for (auto const& category : (*share)->Categories()) {
    if (!category.names.empty()) {
      out->push_back(NamesOf(category));
    } else if (!category.numbers.empty()) {
      out->push_back(NumbersOf(category));
    } else {
      out->emplace_back();
    }
  }
}

}  // namespace functions
