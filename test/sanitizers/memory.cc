// What the boundary hands to libxgboost, without Node and from memory that ends exactly where the data ends: run under
// valgrind, any read beyond an end shows, in our code and in libxgboost's. `memory LIBRARY`
#include <cstdio>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "failure.h"
#include "model/read.h"
#include "model/write.h"
#include "xgb/calls.h"
#include "xgb/columns.h"
#include "xgb/library.h"
#include "xgb/models.h"
#include "xgb/sparse.h"

namespace {

int g_wrong = 0;

void Expect(bool holds, char const* what) {
  if (holds) return;
  ++g_wrong;
  std::fprintf(stderr, "wrong: %s\n", what);
}

/** Memory of exactly this size: valgrind knows where it ends. */
template <class T>
class Exact {
 public:
  explicit Exact(std::size_t count) : count_{count}, data_{new T[count]} {}
  T& operator[](std::size_t i) { return data_[i]; }
  xgb::ArrayView View(xgb::Element element) const {
    return {data_.get(), count_ * sizeof(T), element, {count_}, {}};
  }
  T* Data() const { return data_.get(); }
  std::size_t Count() const { return count_; }

 private:
  std::size_t count_;
  std::unique_ptr<T[]> data_;
};

void Call(int status, char const* name) { xgb::Check(status, name); }

template <class Build>
void Refused(char const* what, Build build) {
  try {
    build();
    Expect(false, what);
  } catch (Failure const&) {
    // As it must be.
  }
}

/** Numbers, bits and categories in two batches, with bitmaps that start in the middle of a byte. */
struct Table {
  static constexpr std::size_t kRows = 37;
  static constexpr std::size_t kFirst = 13;
  Exact<float> floats_a{kFirst}, floats_b{kRows - kFirst};
  Exact<std::uint8_t> bits_a{(3 + kFirst + 7) / 8}, bits_b{(5 + kRows - kFirst + 7) / 8};
  Exact<std::int8_t> codes{kRows};
  Exact<std::int32_t> offsets{4};
  Exact<std::uint8_t> words{6};
  Exact<float> label{kRows};
  std::vector<xgb::Column> columns;

  explicit Table(unsigned seed) {
    std::mt19937 random{seed};
    for (std::size_t i = 0; i < kRows; ++i) {
      float const value = static_cast<float>(random() % 100);
      (i < kFirst ? floats_a[i] : floats_b[i - kFirst]) = value;
      codes[i] = static_cast<std::int8_t>(random() % 4) == 3 ? -1 : static_cast<std::int8_t>(i % 3);
      label[i] = value > 50 ? 1.0f : 0.0f;
    }
    for (std::size_t i = 0; i < bits_a.Count(); ++i) bits_a[i] = static_cast<std::uint8_t>(random());
    for (std::size_t i = 0; i < bits_b.Count(); ++i) bits_b[i] = static_cast<std::uint8_t>(random());
    for (int i = 0; i < 4; ++i) offsets[static_cast<std::size_t>(i)] = 2 * i;
    std::memcpy(words.Data(), "aabbcc", 6);

    auto const chunk = [](xgb::ArrayView values, std::size_t rows, Exact<std::uint8_t>* bits, std::uint64_t at) {
      xgb::Chunk made;
      made.values = std::move(values);
      made.length = rows;
      if (bits != nullptr) {
        made.validity = bits->Data();
        made.validity_bytes = bits->Count();
        made.validity_offset = at;
      }
      return made;
    };
    xgb::Column numbers;
    numbers.name = "numbers";
    numbers.chunks = {chunk(floats_a.View(xgb::Element::kF4), kFirst, &bits_a, 3),
                      chunk(floats_b.View(xgb::Element::kF4), kRows - kFirst, &bits_b, 5)};
    xgb::Column flags;
    flags.name = "flags";
    flags.kind = xgb::ColumnKind::kBool;
    flags.chunks = {chunk(bits_a.View(xgb::Element::kU1), kFirst, nullptr, 0),
                    chunk(bits_b.View(xgb::Element::kU1), kRows - kFirst, &bits_b, 5)};
    flags.chunks[0].bit_offset = 3;
    flags.chunks[1].bit_offset = 5;
    xgb::Column words_column;
    words_column.name = "words";
    words_column.kind = xgb::ColumnKind::kCategory;
    words_column.names = true;
    words_column.offsets = offsets.View(xgb::Element::kI4);
    words_column.categories = words.View(xgb::Element::kU1);
    words_column.chunks = {chunk(codes.View(xgb::Element::kI1), kRows, nullptr, 0)};
    for (std::size_t i = 0; i < kRows; ++i)
      if (codes[i] < 0) codes[i] = 0;
    columns = {numbers, flags, words_column};
  }
};

DMatrixHandle Matrix(Table const& table) {
  for (auto const& column : table.columns) xgb::CheckColumn(column);
  xgb::ColumnarText text;
  text.Build(table.columns);
  DMatrixHandle matrix = nullptr;
  Call(XGB_FUNCTION(XGDMatrixCreateFromColumnar)(text.Text(), R"({"missing":NaN,"nthread":1})", &matrix),
       "XGDMatrixCreateFromColumnar");
  auto const label = xgb::ToJson(table.label.View(xgb::Element::kF4));
  Call(XGB_FUNCTION(XGDMatrixSetInfoFromInterface)(matrix, "label", label.c_str()), "label");
  return matrix;
}

constexpr char kPredict[] =
    R"({"type":0,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false,"missing":NaN})";

std::vector<float> Predict(BoosterHandle booster, DMatrixHandle matrix) {
  bst_ulong const* shape = nullptr;
  bst_ulong dim = 0;
  float const* values = nullptr;
  Call(XGB_FUNCTION(XGBoosterPredictFromDMatrix)(booster, matrix, kPredict, &shape, &dim, &values), "predict");
  return {values, values + shape[0]};
}

void TrainSaveLoadPredict(unsigned seed) {
  Table table{seed};
  DMatrixHandle matrix = Matrix(table);
  BoosterHandle booster = nullptr;
  Call(XGB_FUNCTION(XGBoosterCreate)(&matrix, 1, &booster), "XGBoosterCreate");
  for (auto const& [name, value] : {std::pair{"nthread", "1"}, {"max_depth", "3"}, {"max_cat_to_onehot", "1"}})
    Call(XGB_FUNCTION(XGBoosterSetParam)(booster, name, value), "XGBoosterSetParam");
  for (int round = 0; round < 2; ++round)
    Call(XGB_FUNCTION(XGBoosterUpdateOneIter)(booster, round, matrix), "XGBoosterUpdateOneIter");
  auto const predicted = Predict(booster, matrix);

  for (char const* format : {R"({"format":"ubj"})", R"({"format":"json"})"}) {
    bst_ulong length = 0;
    char const* bytes = nullptr;
    Call(XGB_FUNCTION(XGBoosterSaveModelToBuffer)(booster, format, &length, &bytes), "save");
    Exact<char> copy{length};
    std::memcpy(copy.Data(), bytes, length);
    BoosterHandle loaded = nullptr;
    xgb::LoadModel(nullptr, 0, copy.Data(), length, &loaded);
    Expect(Predict(loaded, matrix) == predicted, "a loaded model predicts the same");
    Call(XGB_FUNCTION(XGBoosterFree)(loaded), "XGBoosterFree");
    // Every prefix, from memory that ends with it.
    for (std::size_t end = 0; end < length; end += 1 + length / 40) {
      Exact<char> part{end};
      std::memcpy(part.Data(), copy.Data(), end);
      Refused("a model that is cut off", [&] { model::Write(model::Read(part.Data(), end)); });
    }
  }
  Call(XGB_FUNCTION(XGBoosterFree)(booster), "XGBoosterFree");
  Call(XGB_FUNCTION(XGDMatrixFree)(matrix), "XGDMatrixFree");
}

void Sparse() {
  Exact<std::uint32_t> indptr{4};
  Exact<std::uint16_t> indices{5};
  Exact<double> values{5};
  std::uint32_t const starts[] = {0, 2, 3, 5};
  std::uint16_t const places[] = {0, 2, 1, 0, 3};
  for (std::size_t i = 0; i < 4; ++i) indptr[i] = starts[i];
  for (std::size_t i = 0; i < 5; ++i) {
    indices[i] = places[i];
    values[i] = static_cast<double>(i);
  }
  xgb::Sparse sparse{indptr.View(xgb::Element::kU4), indices.View(xgb::Element::kU2),
                     values.View(xgb::Element::kF8), 4};
  xgb::SparseText text;
  text.Build(sparse);
  DMatrixHandle matrix = nullptr;
  Call(XGB_FUNCTION(XGDMatrixCreateFromCSR)(text.Indptr(), text.Indices(), text.Values(), text.Count(),
                                            R"({"missing":NaN,"nthread":1})", &matrix),
       "XGDMatrixCreateFromCSR");
  bst_ulong rows = 0;
  Call(XGB_FUNCTION(XGDMatrixNumRow)(matrix, &rows), "XGDMatrixNumRow");
  Expect(rows == 3, "three rows");
  Call(XGB_FUNCTION(XGDMatrixFree)(matrix), "XGDMatrixFree");
  indptr[3] = 6;
  Refused("indptr beyond the values", [&] { xgb::SparseText{}.Build(sparse); });
  indptr[3] = 5;
  indices[4] = 4;
  Refused("an index that is the count", [&] { xgb::SparseText{}.Build(sparse); });
}

void Refusals() {
  Table table{7};
  auto short_bits = table.columns[0];
  short_bits.chunks[0].validity_bytes -= 1;
  Refused("a bitmap that is too short", [&] { xgb::CheckColumn(short_bits); });
  auto long_rows = table.columns[0];
  long_rows.chunks[1].values.shape = {Table::kRows};
  Refused("more rows than the buffer holds", [&] { xgb::CheckColumn(long_rows); });
  table.codes[Table::kRows - 1] = 3;
  Refused("a code outside the dictionary", [&] { xgb::ColumnarText{}.Build(table.columns); });
  table.codes[Table::kRows - 1] = 0;
  table.offsets[3] = 7;
  Refused("an offset beyond the words", [&] { xgb::ColumnarText{}.Build(table.columns); });
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  try {
    xgb::OpenLibrary(arguments[1]);
    for (unsigned seed = 0; seed < 3; ++seed) TrainSaveLoadPredict(seed);
    Sparse();
    Refusals();
  } catch (Failure const& failure) {
    std::fprintf(stderr, "%s: %s\n", failure.Function().c_str(), failure.what());
    return 1;
  }
  std::printf("%d wrong\n", g_wrong);
  return g_wrong == 0 ? 0 : 1;
}
