#include "functions/batches.h"

#include "functions/feed_box.h"
#include "xgb/calls.h"
#include "xgb/library.h"

namespace functions {

void BatchArgument::Parse(Reader& reader, Napi::Value from) {
  if (!from.IsObject()) reader.Fail("a NativeBatch");
  auto const object = from.As<Napi::Object>();
  auto const given = object.Get("features");
  if (!given.IsObject()) reader.Fail("a NativeBatch with features");
  auto const features = given.As<Napi::Object>();
  auto const kind = reader.Text(features.Get("kind"));
  if (kind == "columns") {
    form_ = Form::kColumns;
    columns_.argument.Parse(reader, features.Get("columns"));
  } else if (kind == "dense") {
    form_ = Form::kDense;
    dense_.array.Parse(reader, features.Get("array"));
  } else if (kind == "csr") {
    form_ = Form::kCsr;
    csr_.argument.Parse(reader, features.Get("matrix"));
  } else {
    reader.Fail("a NativeBatch of columns, dense or csr");
  }
  auto const info = object.Get("info");
  if (!info.IsArray()) reader.Fail("a NativeBatch with an array of info");
  auto const entries = info.As<Napi::Array>();
  for (std::uint32_t i = 0; i < entries.Length(); ++i) {
    auto const value = entries.Get(i);
    if (!value.IsObject()) reader.Fail("a NativeBatch with info objects");
    auto const entry = value.As<Napi::Object>();
    auto& added = info_.emplace_back();
    added.field = reader.Text(entry.Get("field"));
    added.array.Parse(reader, entry.Get("array"));
  }
  names_.Parse(reader, object.Get("names"));
  types_.Parse(reader, object.Get("types"));
}

void BatchArgument::Pin() {
  switch (form_) {
    case Form::kColumns:
      columns_.Pin();
      break;
    case Form::kDense:
      dense_.Pin();
      break;
    case Form::kCsr:
      csr_.Pin();
      break;
  }
  for (auto& entry : info_) entry.array.Pin();
}

void BatchArgument::Prepare() {
  if (prepared_) return;
  switch (form_) {
    case Form::kColumns:
      columns_.Prepare();
      break;
    case Form::kDense:
      dense_.Prepare();
      break;
    case Form::kCsr:
      csr_.Prepare();
      break;
  }
  for (auto& entry : info_) entry.text = entry.array.Text();
  prepared_ = true;
}

void BatchArgument::SetFeatures(ProxyHandle proxy, char const* field, bind::Texts& texts) {
  if (texts.pointers.empty()) return;
  xgb::Check(XGB_FUNCTION(XGDMatrixSetStrFeatureInfo)(reinterpret_cast<DMatrixHandle>(proxy), field,
                                                      texts.pointers.data(), texts.pointers.size()),
             "XGDMatrixSetStrFeatureInfo");
}

// Features first: they tell the proxy how many rows there are.
void BatchArgument::Give(ProxyHandle proxy) {
  Prepare();
  switch (form_) {
    case Form::kColumns:
      xgb::Check(XGB_FUNCTION(XGProxyDMatrixSetDataColumnar)(proxy, std::get<0>(columns_.Pass())),
                 "XGProxyDMatrixSetDataColumnar");
      break;
    case Form::kDense:
      xgb::Check(XGB_FUNCTION(XGProxyDMatrixSetDataDense)(proxy, std::get<0>(dense_.Pass())),
                 "XGProxyDMatrixSetDataDense");
      break;
    case Form::kCsr: {
      auto const [indptr, indices, values, count] = csr_.Pass();
      xgb::Check(XGB_FUNCTION(XGProxyDMatrixSetDataCSR)(proxy, indptr, indices, values, count),
                 "XGProxyDMatrixSetDataCSR");
      break;
    }
  }
  SetFeatures(proxy, "feature_name", names_);
  SetFeatures(proxy, "feature_type", types_);
  for (auto const& entry : info_) {
    xgb::Check(XGB_FUNCTION(XGDMatrixSetInfoFromInterface)(reinterpret_cast<DMatrixHandle>(proxy),
                                                           entry.field.c_str(), entry.text.c_str()),
               "XGDMatrixSetInfoFromInterface");
  }
}

xgb::BatchPrint BatchArgument::Print() const {
  xgb::BatchPrint print;
  switch (form_) {
    case Form::kColumns: {
      auto const& columns = columns_.argument.columns;
      auto const& parts = columns_.text.Parts();
      print.rows = parts.empty() ? 0 : parts[0].values.shape[0];
      for (std::size_t i = 0; i < parts.size(); ++i) {
        print.parts.push_back(
            {"column '" + columns[i].name + "'", xgb::Digest(parts[i].values, parts[i].mask)});
      }
      break;
    }
    case Form::kDense:
      print.rows = dense_.array.view.shape[0];
      print.parts.push_back({"values", xgb::Digest(dense_.array.view)});
      break;
    case Form::kCsr: {
      auto const& matrix = csr_.argument.sparse;
      print.rows = matrix.indptr.shape[0] - 1;
      print.parts.push_back({"indptr", xgb::Digest(matrix.indptr)});
      print.parts.push_back({"indices", xgb::Digest(matrix.indices)});
      print.parts.push_back({"values", xgb::Digest(matrix.values)});
      break;
    }
  }
  for (auto const& entry : info_)
    print.parts.push_back({entry.field, xgb::Digest(entry.array.view)});
  return print;
}

void InBatches::Read(Reader& reader) {
  auto const next = reader.Next();
  if (!next.IsArray()) reader.Fail("an array of batches");
  auto const array = next.As<Napi::Array>();
  for (std::uint32_t i = 0; i < array.Length(); ++i)
    batches.emplace_back(std::make_unique<BatchArgument>())->Parse(reader, array.Get(i));
}

void InBatches::Pin() {
  for (auto const& batch : batches) batch->Pin();
}

void InFeed::Read(Reader& reader) { feed = OpenFeed(reader.Next()); }

void MakeFromBatches::Describe(Signature* s) {
  s->params.emplace_back("form", "number");
  s->params.emplace_back("cachePrefix", "string | null");
  s->params.emplace_back("ownFolder", "number");
  Make::Describe(s);
}

void MakeFromBatches::Read(Reader& reader) {
  form = static_cast<int>(reader.Whole(reader.Next(), 0, 2));
  auto const prefix = reader.Next();
  bool const own_folder = reader.Whole(reader.Next(), 0, 1) != 0;
  if (!prefix.IsNull()) files = std::make_shared<xgb::CacheFiles>(reader.Text(prefix), own_folder);
}

void MakeFromBatches::Own() {
  Make::Own();
  if (object == nullptr) return;
  object->attachment = std::move(files);
  // What is in memory: about two bytes for each cell instead of eight, or next to nothing.
  object->weight /= form == static_cast<int>(xgb::BatchForm::kQuantile) ? 4 : 64;
}

}  // namespace functions
