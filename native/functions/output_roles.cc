#include "functions/roles.h"

namespace functions {
namespace {

napi_typedarray_type TypeOf(xgb::Element element) {
  switch (element) {
    case xgb::Element::kI1:
      return napi_int8_array;
    case xgb::Element::kU1:
      return napi_uint8_array;
    case xgb::Element::kI2:
      return napi_int16_array;
    case xgb::Element::kU2:
    case xgb::Element::kF2:
      return napi_uint16_array;
    case xgb::Element::kI4:
      return napi_int32_array;
    case xgb::Element::kU4:
      return napi_uint32_array;
    case xgb::Element::kF4:
      return napi_float32_array;
    case xgb::Element::kI8:
      return napi_bigint64_array;
    case xgb::Element::kU8:
      return napi_biguint64_array;
    case xgb::Element::kF8:
      return napi_float64_array;
  }
  return napi_uint8_array;
}

Napi::Value TypedArrayOver(Napi::Env env, xgb::Element element, std::size_t length,
                           Napi::ArrayBuffer buffer) {
  napi_value value = nullptr;
  napi_status const status =
      napi_create_typedarray(env, TypeOf(element), length, buffer, 0, &value);
  if (status != napi_ok) throw Napi::Error::New(env);
  return Napi::Value{env, value};
}

template <class T>
Napi::Value WriteVector(Napi::Env env, xgb::Element element, std::vector<T>&& values) {
  std::size_t const length = values.size();
  return TypedArrayOver(env, element, length, bind::MoveToArrayBuffer(env, std::move(values)));
}

xgb::Element ReadBytes(Reader& reader, std::vector<std::uint8_t>* bytes) {
  TypedArrayArgument argument;
  argument.Parse(reader, reader.Next(), "the buffer");
  auto const view = argument.View();
  auto const* data = static_cast<std::uint8_t const*>(view.data);
  bytes->assign(data, data + view.bytes);
  return view.element;
}
}  // namespace

void InOutBytes::Describe(Signature* s) {
  s->params.emplace_back("bytes", "Uint8Array");
  s->results.emplace_back("Uint8Array");
}

void InOutBytes::Read(Reader& reader) { ReadBytes(reader, &bytes); }

Napi::Value InOutBytes::Write(Napi::Env env) {
  return WriteVector(env, xgb::Element::kU1, std::move(bytes));
}

void InOutArray::Describe(Signature* s) {
  s->params.emplace_back("array", "NumericTypedArray");
  s->results.emplace_back("NumericTypedArray");
}

void InOutArray::Read(Reader& reader) { element = ReadBytes(reader, &bytes); }

std::tuple<void*, std::size_t, int> InOutArray::Pass() {
  // libxgboost's collective numbers its types by itself: f2 f4 f8 f16 i1 i2 i4 i8 u1 u2 u4 u8.
  auto const type = [this] {
    switch (element) {
      case xgb::Element::kF2:
        return 0;
      case xgb::Element::kF4:
        return 1;
      case xgb::Element::kF8:
        return 2;
      case xgb::Element::kI1:
        return 4;
      case xgb::Element::kI2:
        return 5;
      case xgb::Element::kI4:
        return 6;
      case xgb::Element::kI8:
        return 7;
      case xgb::Element::kU1:
        return 8;
      case xgb::Element::kU2:
        return 9;
      case xgb::Element::kU4:
        return 10;
      case xgb::Element::kU8:
        return 11;
    }
    return 8;
  }();
  return {bytes.data(), bytes.size() / xgb::InfoOf(element).size, type};
}

Napi::Value InOutArray::Write(Napi::Env env) {
  auto const length = bytes.size() / xgb::InfoOf(element).size;
  return TypedArrayOver(env, element, length, bind::MoveToArrayBuffer(env, std::move(bytes)));
}

Napi::Value WriteTypedArray(Napi::Env env, xgb::OwnedArray&& array) {
  std::size_t const length = array.bytes.size() / xgb::InfoOf(array.element).size;
  return TypedArrayOver(env, array.element, length,
                        bind::MoveToArrayBuffer(env, std::move(array.bytes)));
}

Napi::Value WriteInfo(Napi::Env env, xgb::OwnedArray&& array) {
  auto shape = Napi::Array::New(env, array.shape.size());
  for (std::uint32_t i = 0; i < array.shape.size(); ++i)
    shape.Set(i, static_cast<double>(array.shape[i]));
  auto out = Napi::Object::New(env);
  out.Set("values", WriteTypedArray(env, std::move(array)));
  out.Set("shape", shape);
  return out;
}

void TensorResult::Own() {
  std::size_t count = 1;
  for (bst_ulong i = 0; i < dim; ++i) {
    count *= shape[i];
    extents.push_back(static_cast<double>(shape[i]));
  }
  if (dim == 0) count = 0;
  values.assign(borrowed, borrowed + count);
}

Napi::Value TensorResult::Write(Napi::Env env) {
  return WriteTensor(env, std::move(values), extents);
}

Napi::Value WriteTensor(Napi::Env env, std::vector<float>&& values,
                        std::vector<double> const& extents) {
  auto dims = Napi::Array::New(env, extents.size());
  for (std::uint32_t i = 0; i < extents.size(); ++i) dims.Set(i, extents[i]);
  auto out = Napi::Object::New(env);
  out.Set("values", WriteVector(env, xgb::Element::kF4, std::move(values)));
  out.Set("shape", dims);
  return out;
}

Napi::Value OutCsr::Write(Napi::Env env) {
  auto out = Napi::Array::New(env, 3);
  out.Set(0u, WriteVector(env, xgb::Element::kU8, std::move(data.indptr)));
  out.Set(1u, WriteVector(env, xgb::Element::kU4, std::move(data.indices)));
  out.Set(2u, WriteVector(env, xgb::Element::kF4, std::move(data.values)));
  return out;
}

Napi::Value OutCategories::Write(Napi::Env env) {
  auto out = Napi::Array::New(env, categories.size());
  for (std::uint32_t i = 0; i < categories.size(); ++i) {
    auto& entry = categories[i];
    if (!entry.present) {
      out.Set(i, env.Null());
    } else if (!entry.names) {
      out.Set(i, WriteTypedArray(env, std::move(entry.values)));
    } else {
      entry.values.element = xgb::Element::kU1;  // UTF-8 is unsigned to JavaScript
      auto names = Napi::Object::New(env);
      names.Set("offsets", WriteTypedArray(env, std::move(entry.offsets)));
      names.Set("bytes", WriteTypedArray(env, std::move(entry.values)));
      out.Set(i, names);
    }
  }
  return out;
}

}  // namespace functions
