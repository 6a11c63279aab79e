#include "functions/roles.h"

#include "xgb/calls.h"
#include "xgb/library.h"

namespace functions {
namespace {

/** Longer data than this cannot be addressed; also what a JavaScript number still counts exactly.
 */
constexpr double kMaxLength = 9007199254740991.0;

xgb::Element ElementOf(Napi::TypedArray const& array) {
  switch (array.TypedArrayType()) {
    case napi_int8_array:
      return xgb::Element::kI1;
    case napi_uint8_array:
    case napi_uint8_clamped_array:
      return xgb::Element::kU1;
    case napi_int16_array:
      return xgb::Element::kI2;
    case napi_uint16_array:
      return xgb::Element::kU2;
    case napi_int32_array:
      return xgb::Element::kI4;
    case napi_uint32_array:
      return xgb::Element::kU4;
    case napi_float32_array:
      return xgb::Element::kF4;
    case napi_float64_array:
      return xgb::Element::kF8;
    case napi_bigint64_array:
      return xgb::Element::kI8;
    case napi_biguint64_array:
      return xgb::Element::kU8;
    default:
      throw Failure{FailureKind::kType, "this kind of typed array is not supported"};
  }
}

Napi::Object ReadObject(Reader& reader, Napi::Value value, char const* expected) {
  if (!value.IsObject()) reader.Fail(expected);
  return value.As<Napi::Object>();
}

std::uint64_t ReadLength(Reader& reader, Napi::Value value) {
  return static_cast<std::uint64_t>(reader.Whole(value, 0, kMaxLength));
}

std::vector<std::uint64_t> ReadExtents(Reader& reader, Napi::Value value) {
  if (!value.IsArray()) reader.Fail("a NativeArray with a shape of one or two numbers");
  auto const array = value.As<Napi::Array>();
  std::uint32_t const length = array.Length();
  if (length < 1 || length > 2) reader.Fail("a NativeArray with one or two dimensions");
  std::vector<std::uint64_t> extents;
  for (std::uint32_t i = 0; i < length; ++i) extents.push_back(ReadLength(reader, array.Get(i)));
  return extents;
}

void CheckOneDimension(xgb::ArrayView const& view, std::uint64_t length, std::string const& name) {
  if (length <= view.shape[0]) return;
  throw Failure{FailureKind::kRange, "column '" + name + "': " + std::to_string(length) +
                                         " rows, but its buffer holds " +
                                         std::to_string(view.shape[0])};
}

}  // namespace

void TypedArrayArgument::Parse(Reader& reader, Napi::Value from, char const* name) {
  if (!from.IsTypedArray()) reader.Fail(std::string{"a typed array in "} + name);
  value = from.As<Napi::TypedArray>();
}

xgb::ArrayView TypedArrayArgument::View() const {
  napi_typedarray_type type = napi_uint8_array;
  std::size_t length = 0;
  void* data = nullptr;
  if (napi_get_typedarray_info(value.Env(), value, &type, &length, &data, nullptr, nullptr) !=
      napi_ok) {
    throw Failure{FailureKind::kType, "cannot read a typed array"};
  }
  auto const element = ElementOf(value);
  return xgb::ArrayView{data, length * xgb::InfoOf(element).size, element, {length}, {}};
}

void ArrayArgument::Parse(Reader& reader, Napi::Value from) {
  auto const object = ReadObject(reader, from, "a NativeArray");
  values.Parse(reader, object.Get("values"), "values");
  view.shape = ReadExtents(reader, object.Get("shape"));
  auto const strides = object.Get("strides");
  if (!strides.IsUndefined()) {
    view.strides = ReadExtents(reader, strides);
    if (view.strides.size() != view.shape.size())
      reader.Fail("a NativeArray with as many strides as dimensions");
  }
  half = object.Get("half").ToBoolean();
}

void ArrayArgument::Pin() {
  auto const whole = values.View();
  view.data = whole.data;
  view.bytes = whole.bytes;
  view.element = whole.element;
  if (half && view.element != xgb::Element::kU2)
    throw Failure{FailureKind::kType, "float16 values come in a Uint16Array"};
  if (half) view.element = xgb::Element::kF2;
  xgb::CheckExtent(view, "values");
}

std::string ArrayArgument::Text() {
  if (view.element != xgb::Element::kF2 || xgb::IsCudaBuild()) return xgb::ToJson(view);
  wide_ = xgb::Widen(view);
  return xgb::ToJson(wide_.View());
}

void ColumnsArgument::ReadChunk(Reader& reader, Napi::Object from, xgb::Column* column,
                                ColumnArguments* arguments) {
  xgb::Chunk chunk;
  ChunkArguments chunk_arguments;
  chunk_arguments.values.Parse(reader, from.Get("values"), "values");
  chunk.length = ReadLength(reader, from.Get("length"));
  auto const optional_length = [&](char const* name) {
    auto const value = from.Get(name);
    return value.IsUndefined() ? std::uint64_t{0} : ReadLength(reader, value);
  };
  auto const optional_array = [&](char const* name, std::optional<TypedArrayArgument>* argument) {
    auto const value = from.Get(name);
    if (!value.IsUndefined()) argument->emplace().Parse(reader, value, name);
  };
  chunk.bit_offset = optional_length("bitOffset");
  chunk.validity_offset = optional_length("validityOffset");
  optional_array("validity", &chunk_arguments.validity);
  optional_array("remap", &chunk_arguments.remap);
  column->chunks.push_back(chunk);
  arguments->chunks.push_back(std::move(chunk_arguments));
}

void ColumnsArgument::ReadColumn(Reader& reader, Napi::Object from) {
  xgb::Column column;
  ColumnArguments arguments;
  column.name = reader.Text(from.Get("name"));
  auto const kind = reader.Text(from.Get("kind"));
  column.kind = kind == "bool"       ? xgb::ColumnKind::kBool
                : kind == "half"     ? xgb::ColumnKind::kHalf
                : kind == "category" ? xgb::ColumnKind::kCategory
                                     : xgb::ColumnKind::kNumber;
  auto const chunks = from.Get("chunks");
  if (!chunks.IsArray()) reader.Fail("columns with an array of chunks");
  auto const array = chunks.As<Napi::Array>();
  for (std::uint32_t i = 0; i < array.Length(); ++i) {
    ReadChunk(reader, ReadObject(reader, array.Get(i), "columns of chunks"), &column, &arguments);
  }
  if (column.kind == xgb::ColumnKind::kCategory) {
    auto const categories = from.Get("categories");
    column.names = !categories.IsTypedArray();
    if (column.names) {
      auto const object =
          ReadObject(reader, categories, "categories for a column of kind 'category'");
      arguments.offsets.emplace().Parse(reader, object.Get("offsets"), "offsets");
      arguments.categories.emplace().Parse(reader, object.Get("bytes"), "bytes");
    } else {
      arguments.categories.emplace().Parse(reader, categories, "categories");
    }
  }
  columns.push_back(std::move(column));
  arguments_.push_back(std::move(arguments));
}

void ColumnsArgument::Parse(Reader& reader, Napi::Value from) {
  if (!from.IsArray()) reader.Fail("an array of columns");
  auto const array = from.As<Napi::Array>();
  for (std::uint32_t i = 0; i < array.Length(); ++i)
    ReadColumn(reader, ReadObject(reader, array.Get(i), "an array of columns"));
}

void ColumnsArgument::Pin() {
  for (std::size_t c = 0; c < columns.size(); ++c) {
    auto& column = columns[c];
    auto const& arguments = arguments_[c];
    for (std::size_t i = 0; i < column.chunks.size(); ++i) {
      auto& chunk = column.chunks[i];
      auto const& from = arguments.chunks[i];
      chunk.values = from.values.View();
      if (column.kind == xgb::ColumnKind::kHalf) {
        if (chunk.values.element != xgb::Element::kU2)
          throw Failure{FailureKind::kType, "float16 values come in a Uint16Array"};
        chunk.values.element = xgb::Element::kF2;
      }
      if (column.kind != xgb::ColumnKind::kBool) {
        CheckOneDimension(chunk.values, chunk.length, column.name);
        chunk.values.shape = {chunk.length};
      }
      if (from.validity) {
        auto const view = from.validity->View();
        chunk.validity = static_cast<std::uint8_t const*>(view.data);
        chunk.validity_bytes = view.bytes;
      }
      if (from.remap) {
        auto const view = from.remap->View();
        if (view.element != xgb::Element::kI4)
          throw Failure{FailureKind::kType, "remap must be an Int32Array"};
        chunk.remap = static_cast<std::int32_t const*>(view.data);
        chunk.remap_length = view.shape[0];
      }
    }
    if (arguments.offsets) {
      column.offsets = arguments.offsets->View();
      if (column.offsets.element != xgb::Element::kI4)
        throw Failure{FailureKind::kType, "offsets must be an Int32Array"};
    }
    if (arguments.categories) column.categories = arguments.categories->View();
    xgb::CheckColumn(column);
  }
}

void SparseArgument::Parse(Reader& reader, Napi::Value from) {
  auto const object = ReadObject(reader, from, "a sparse matrix");
  indptr_.Parse(reader, object.Get("indptr"), "indptr");
  indices_.Parse(reader, object.Get("indices"), "indices");
  values_.Parse(reader, object.Get("values"), "values");
  sparse.count = ReadLength(reader, object.Get("count"));
}

void SparseArgument::Pin() {
  sparse.indptr = indptr_.View();
  sparse.indices = indices_.View();
  sparse.values = values_.View();
}

void InRows::Read(Reader& reader) {
  TypedArrayArgument argument;
  argument.Parse(reader, reader.Next(), "rows");
  auto const view = argument.View();
  if (view.element != xgb::Element::kI4) reader.Fail("an Int32Array");
  auto const* data = static_cast<int const*>(view.data);
  rows.assign(data, data + view.shape[0]);
}

void InMaybeMargin::FreeProxy::operator()(ProxyHandle proxy) const {
  XGB_FUNCTION(XGDMatrixFree)(reinterpret_cast<DMatrixHandle>(proxy));
}

void InMaybeMargin::Read(Reader& reader) {
  auto const next = reader.Next();
  if (!next.IsNull()) margin_.emplace().Parse(reader, next);
}

void InMaybeMargin::Pin() {
  if (margin_) margin_->Pin();
}

void InMaybeMargin::Prepare() {
  if (!margin_) return;
  ProxyHandle raw = nullptr;
  xgb::Check(XGB_FUNCTION(XGProxyDMatrixCreate)(&raw), "XGProxyDMatrixCreate");
  proxy_.reset(raw);
  auto const text = margin_->Text();
  xgb::Check(XGB_FUNCTION(XGDMatrixSetInfoFromInterface)(reinterpret_cast<DMatrixHandle>(raw),
                                                         "base_margin", text.c_str()),
             "XGDMatrixSetInfoFromInterface");
}

}  // namespace functions
