// Roles for data: what JavaScript hands over as typed arrays, and what comes back as tensors.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bind/input_roles.h"
#include "bind/output_roles.h"
#include "functions/kinds.h"
#include "xgb/array_interface.h"
#include "xgb/columns.h"
#include "xgb/matrices.h"
#include "xgb/sparse.h"

namespace functions {

using bind::Input;
using bind::Output;
using bind::Reader;
using bind::Signature;

/** A typed array argument: parsed first, its address taken only when no JavaScript can run any
 * more. */
struct TypedArrayArgument {
  Napi::TypedArray value;

  void Parse(Reader& reader, Napi::Value from, char const* name);
  /** Address, bytes and element type; the shape is one dimension with all elements. */
  xgb::ArrayView View() const;
};

/** A NativeArray: { values, shape, strides?, half? }. */
struct ArrayArgument {
  TypedArrayArgument values;
  xgb::ArrayView view;  // complete after Pin
  bool half = false;

  void Parse(Reader& reader, Napi::Value from);
  void Pin();
  /** The text for libxgboost; widens float16 where this build cannot read it. Run thread. */
  std::string Text();

 private:
  xgb::OwnedArray wide_;
};

/** Data as one array interface: (char const*) */
struct InArray : Input {
  static constexpr bool kReadsMemory = true;
  ArrayArgument array;
  std::string text;

  static void Describe(Signature* s) { s->params.emplace_back("array", "NativeArray"); }
  void Read(Reader& reader) { array.Parse(reader, reader.Next()); }
  void Pin() { array.Pin(); }
  void Prepare() { text = array.Text(); }
  std::tuple<char const*> Pass() { return {text.c_str()}; }
};

/** An array of NativeColumn. */
struct ColumnsArgument {
  std::vector<xgb::Column> columns;  // complete after Pin

  void Parse(Reader& reader, Napi::Value from);
  void Pin();

 private:
  struct ChunkArguments {
    TypedArrayArgument values;
    std::optional<TypedArrayArgument> validity;
    std::optional<TypedArrayArgument> remap;
  };
  struct ColumnArguments {
    std::vector<ChunkArguments> chunks;
    std::optional<TypedArrayArgument> offsets;
    std::optional<TypedArrayArgument> categories;
  };
  void ReadColumn(Reader& reader, Napi::Object from);
  void ReadChunk(Reader& reader, Napi::Object from, xgb::Column* column,
                 ColumnArguments* arguments);

  std::vector<ColumnArguments> arguments_;
};

/** Columns: (char const*) */
struct InColumns : Input {
  static constexpr bool kReadsMemory = true;
  ColumnsArgument argument;
  xgb::ColumnarText text;

  static void Describe(Signature* s) {
    s->params.emplace_back("columns", "readonly NativeColumn[]");
  }
  void Read(Reader& reader) { argument.Parse(reader, reader.Next()); }
  void Pin() { argument.Pin(); }
  void Prepare() { text.Build(argument.columns); }
  std::tuple<char const*> Pass() { return {text.Text()}; }
};

/** A NativeCsr. */
struct SparseArgument {
  xgb::Sparse sparse;  // complete after Pin

  void Parse(Reader& reader, Napi::Value from);
  void Pin();

 private:
  TypedArrayArgument indptr_;
  TypedArrayArgument indices_;
  TypedArrayArgument values_;
};

/** A compressed sparse matrix: (char const* indptr, char const* indices, char const* values, count)
 */
struct InSparse : Input {
  static constexpr bool kReadsMemory = true;

  SparseArgument argument;
  xgb::SparseText text;

  static void Describe(Signature* s) { s->params.emplace_back("matrix", "NativeCsr"); }
  void Read(Reader& reader) { argument.Parse(reader, reader.Next()); }
  void Pin() { argument.Pin(); }
  void Prepare() { text.Build(argument.sparse); }
  std::tuple<char const*, char const*, char const*, bst_ulong> Pass() {
    return {text.Indptr(), text.Indices(), text.Values(), text.Count()};
  }
};

/** Row numbers, copied: (int const*, length). The caller has checked them against the rows. */
struct InRows : Input {
  std::vector<int> rows;

  static void Describe(Signature* s) { s->params.emplace_back("rows", "Int32Array"); }
  void Read(Reader& reader);
  std::tuple<int const*, bst_ulong> Pass() { return {rows.data(), rows.size()}; }
};

/** Bytes read in place: (void const*, length) */
struct InBytes : Input {
  static constexpr bool kReadsMemory = true;
  TypedArrayArgument bytes;
  xgb::ArrayView view;

  static void Describe(Signature* s) { s->params.emplace_back("bytes", "Uint8Array"); }
  void Read(Reader& reader) { bytes.Parse(reader, reader.Next(), "bytes"); }
  void Pin() { view = bytes.View(); }
  std::tuple<void const*, bst_ulong> Pass() { return {view.data, view.bytes}; }
};

/**
 * Base margins for in-place prediction, or null: (ProxyHandle). libxgboost wants them on a proxy
 * matrix, which lives in this role only: handed to a function that expects a plain matrix it would
 * crash.
 */
struct InMaybeMargin : Input {
  static constexpr bool kReadsMemory = true;

  static void Describe(Signature* s) { s->params.emplace_back("baseMargin", "NativeArray | null"); }
  void Read(Reader& reader);
  void Pin();
  void Prepare();
  std::tuple<ProxyHandle> Pass() { return {proxy_.get()}; }

 private:
  struct FreeProxy {
    void operator()(ProxyHandle proxy) const;
  };
  std::optional<ArrayArgument> margin_;
  std::unique_ptr<XGBProxy, FreeProxy> proxy_;
};

/** A buffer that C reads and overwrites; a copy goes in and comes back: (void*, bytes) */
struct InOutBytes : Output {
  static constexpr bool kLeavesResults = false;
  std::vector<std::uint8_t> bytes;

  static void Describe(Signature* s);
  void Read(Reader& reader);
  std::tuple<void*, std::size_t> Pass() { return {bytes.data(), bytes.size()}; }
  void Own() {}
  Napi::Value Write(Napi::Env env);
};

/** As InOutBytes, with a count of elements and their collective type: (void*, count, int type) */
struct InOutArray : Output {
  static constexpr bool kLeavesResults = false;
  std::vector<std::uint8_t> bytes;
  xgb::Element element = xgb::Element::kF4;

  static void Describe(Signature* s);
  void Read(Reader& reader);
  std::tuple<void*, std::size_t, int> Pass();
  void Own() {}
  Napi::Value Write(Napi::Env env);
};

/** { values, shape }: a result in row-major order. */
Napi::Value WriteTensor(Napi::Env env, std::vector<float>&& values,
                        std::vector<double> const& extents);
/** The JavaScript typed array for an owned array. */
Napi::Value WriteTypedArray(Napi::Env env, xgb::OwnedArray&& array);
/** { values, shape } */
Napi::Value WriteInfo(Napi::Env env, xgb::OwnedArray&& array);

/** float32 results with a shape, copied out in Own. */
struct TensorResult : Output {
  bst_ulong const* shape = nullptr;
  bst_ulong dim = 0;
  float const* borrowed = nullptr;
  std::vector<float> values;
  std::vector<double> extents;

  static void Describe(Signature* s) { s->results.emplace_back("NativeTensor"); }
  void Own();
  Napi::Value Write(Napi::Env env);
};
/** (shape**, dim*, values**) */
struct OutTensor : TensorResult {
  std::tuple<bst_ulong const**, bst_ulong*, float const**> Pass() {
    return {&shape, &dim, &borrowed};
  }
};
/** (dim*, shape**, values**): the order of feature scores */
struct OutScores : TensorResult {
  std::tuple<bst_ulong*, bst_ulong const**, float const**> Pass() {
    return {&dim, &shape, &borrowed};
  }
};

/** A text that points into libxgboost's memory, decoded and copied: (char const**) */
struct OutInterface : Output {
  char const* borrowed = nullptr;
  xgb::OwnedArray array;

  static void Describe(Signature* s) { s->results.emplace_back("NativeInfo"); }
  std::tuple<char const**> Pass() { return {&borrowed}; }
  void Own() { array = xgb::CopyInterface(borrowed); }
  Napi::Value Write(Napi::Env env) { return WriteInfo(env, std::move(array)); }
};

/** The contents of a matrix; three results in one array: (CsrData*) */
struct OutCsr : Output {
  xgb::CsrData data;

  static void Describe(Signature* s) {
    s->results.emplace_back("[indptr: BigUint64Array, indices: Uint32Array, values: Float32Array]");
  }
  std::tuple<xgb::CsrData*> Pass() { return {&data}; }
  void Own() {}
  Napi::Value Write(Napi::Env env);
};

/** Categories, an entry per feature: (std::vector<Categories>*) */
struct OutCategories : Output {
  std::vector<xgb::Categories> categories;

  static void Describe(Signature* s) { s->results.emplace_back("(NativeCategories | null)[]"); }
  std::tuple<std::vector<xgb::Categories>*> Pass() { return {&categories}; }
  void Own() {}
  Napi::Value Write(Napi::Env env);
};

}  // namespace functions
