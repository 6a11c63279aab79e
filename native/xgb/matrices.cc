#include "xgb/matrices.h"

#include <memory>

#include "xgb/calls.h"
#include "xgb/library.h"

namespace xgb {
namespace {

struct FreeCategories {
  // NULL is an error for the C function, and "no categories" leaves NULL.
  void operator()(CategoriesHandle categories) const {
    XGB_FUNCTION(XGBCategoriesFree)(categories);
  }
};

template <class HandleType, class Fn>
int ExportCategories(HandleType handle, Fn* function, char const* name,
                     std::vector<Categories>* out) {
  CategoriesHandle raw = nullptr;
  char const* json = nullptr;
  Check(function(handle, "{}", &raw, &json), name);
  std::unique_ptr<XGBCategories, FreeCategories> const container{raw};
  *out = CopyCategories(json);
  return 0;
}

bst_ulong Count(DMatrixHandle matrix, decltype(::XGDMatrixNumRow)* function, char const* name) {
  bst_ulong count = 0;
  Check(function(matrix, &count), name);
  return count;
}

}  // namespace

int GetDataAsCsr(DMatrixHandle matrix, CsrData* out) {
  out->indptr.resize(Count(matrix, XGB_FUNCTION(XGDMatrixNumRow), "XGDMatrixNumRow") + 1);
  auto const stored = Count(matrix, XGB_FUNCTION(XGDMatrixNumNonMissing), "XGDMatrixNumNonMissing");
  // libxgboost refuses null pointers, even where it has nothing to write.
  out->indices.reserve(stored + 1);
  out->values.reserve(stored + 1);
  out->indices.resize(stored);
  out->values.resize(stored);
  Check(XGB_FUNCTION(XGDMatrixGetDataAsCSR)(matrix, "{}", out->indptr.data(), out->indices.data(),
                                            out->values.data()),
        "XGDMatrixGetDataAsCSR");
  return 0;
}

int GetCategories(DMatrixHandle matrix, std::vector<Categories>* out) {
  return ExportCategories(matrix, XGB_FUNCTION(XGDMatrixGetCategoriesExportToArrow),
                          "XGDMatrixGetCategoriesExportToArrow", out);
}

int GetCategories(BoosterHandle booster, std::vector<Categories>* out) {
  return ExportCategories(booster, XGB_FUNCTION(XGBoosterGetCategoriesExportToArrow),
                          "XGBoosterGetCategoriesExportToArrow", out);
}

std::int64_t Weigh(DMatrixHandle matrix) {
  auto const stored = Count(matrix, XGB_FUNCTION(XGDMatrixNumNonMissing), "XGDMatrixNumNonMissing");
  auto const rows = Count(matrix, XGB_FUNCTION(XGDMatrixNumRow), "XGDMatrixNumRow");
  return static_cast<std::int64_t>((stored + rows) * 8);
}

}  // namespace xgb
