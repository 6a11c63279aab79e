#include "functions/forest_roles.h"

#include <limits>
#include <string>

namespace functions {
namespace {

Napi::Object ReadObject(Reader& reader, Napi::Value value, char const* expected) {
  if (!value.IsObject()) reader.Fail(expected);
  return value.As<Napi::Object>();
}

template <class T>
T ReadWhole(Reader& reader, Napi::Object from, char const* name) {
  return static_cast<T>(
      reader.Whole(from.Get(name), 0, static_cast<double>(std::numeric_limits<T>::max())));
}

ForestOutput ReadOutput(Reader& reader, Napi::Value value) {
  auto const name = reader.Text(value);
  if (name == "value") return ForestOutput::kValue;
  if (name == "margin") return ForestOutput::kMargin;
  if (name == "contributions") return ForestOutput::kContributions;
  if (name == "interactions") return ForestOutput::kInteractions;
  reader.Fail("value, margin, contributions or interactions");
}

Napi::Value Texts(Napi::Env env, std::vector<std::string> const& texts) {
  auto out = Napi::Array::New(env, texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i)
    out.Set(static_cast<std::uint32_t>(i), Napi::String::New(env, texts[i]));
  return out;
}

}  // namespace

void InForestTable::Read(Reader& reader) {
  auto const object = ReadObject(reader, reader.Next(), "a NativeTable");
  auto const kind = reader.Text(object.Get("kind"));
  if (kind == "dense") {
    argument_.emplace<ArrayArgument>().Parse(reader, object.Get("array"));
  } else if (kind == "columns") {
    argument_.emplace<ColumnsArgument>().Parse(reader, object.Get("columns"));
  } else if (kind == "csr") {
    argument_.emplace<SparseArgument>().Parse(reader, object.Get("matrix"));
  } else {
    reader.Fail("a NativeTable of kind dense, columns or csr");
  }
}

void InForestTable::Pin() {
  if (auto* array = std::get_if<ArrayArgument>(&argument_)) {
    array->Pin();
    table_ = array->view;
  } else if (auto* columns = std::get_if<ColumnsArgument>(&argument_)) {
    columns->Pin();
    table_ = std::move(columns->columns);
  } else if (auto* sparse = std::get_if<SparseArgument>(&argument_)) {
    sparse->Pin();
    table_ = sparse->sparse;
  }
}

void InForestOutput::Read(Reader& reader) { output = ReadOutput(reader, reader.Next()); }

void InForestRequest::Read(Reader& reader) {
  auto const object = ReadObject(reader, reader.Next(), "NativeForestOptions");
  request_.output = ReadOutput(reader, object.Get("output"));
  request_.begin = ReadWhole<std::int32_t>(reader, object, "begin");
  request_.end = ReadWhole<std::int32_t>(reader, object, "end");
  request_.missing = static_cast<float>(reader.Number(object.Get("missing")));
  request_.threads = ReadWhole<int>(reader, object, "threads");
  auto const margin = object.Get("baseMargin");
  if (!margin.IsNull()) margin_.emplace().Parse(reader, margin, "baseMargin");
}

void InForestRequest::Pin() {
  if (!margin_) return;
  auto const view = margin_->View();
  if (view.element != xgb::Element::kF4)
    throw Failure{FailureKind::kType, "baseMargin must be a Float32Array"};
  static constexpr float kNothing = 0;
  // A view without elements may have no address, which would say that there is no margin.
  request_.base_margin = view.data == nullptr ? &kNothing : static_cast<float const*>(view.data);
  request_.base_margin_length = view.shape[0];
}

Napi::Value OutPrediction::Write(Napi::Env env) {
  return WriteTensor(env, std::move(prediction.values),
                     {prediction.shape.begin(), prediction.shape.end()});
}

Napi::Value OutForestFacts::Write(Napi::Env env) {
  auto out = Napi::Object::New(env);
  out.Set("numFeatures", static_cast<double>(forest->NumFeatures()));
  out.Set("numOutputs", static_cast<double>(forest->OutputsPerRow(false)));
  out.Set("numMargins", static_cast<double>(forest->NumOutputs()));
  out.Set("numTrees", static_cast<double>(forest->NumTrees()));
  out.Set("numRounds", static_cast<double>(forest->NumRounds()));
  out.Set("bytes", static_cast<double>(forest->Bytes()));
  out.Set("kernel", forest->Kernel());
  out.Set("objective", forest->ObjectiveName());
  out.Set("featureNames", Texts(env, forest->FeatureNames()));
  out.Set("featureTypes", Texts(env, forest->FeatureTypes()));
  if (auto const best = forest->BestIteration())
    out.Set("bestIteration", static_cast<double>(*best));
  return out;
}

}  // namespace functions
