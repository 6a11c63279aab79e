#include "xgb/models.h"

#include <memory>
#include <string>

#include "failure.h"
#include "xgb/calls.h"
#include "xgb/library.h"

namespace xgb {
namespace {

constexpr bst_ulong kMaxModelBytes = bst_ulong{1} << 30;

struct FreeBooster {
  void operator()(BoosterHandle booster) const { XGB_FUNCTION(XGBoosterFree)(booster); }
};
using OwnedBooster = std::unique_ptr<XGBBooster, FreeBooster>;

OwnedBooster NewBooster(DMatrixHandle const* cache, bst_ulong length) {
  BoosterHandle booster = nullptr;
  Check(XGB_FUNCTION(XGBoosterCreate)(cache, length, &booster), "XGBoosterCreate");
  return OwnedBooster{booster};
}

void CheckFirstBytes(char const* text, bst_ulong length) {
  std::string const form = "expected an XGBoost model as UBJSON (.ubj) or JSON (.json)";
  if (length < 16)
    throw Failure{FailureKind::kModel, form + ", received " + std::to_string(length) + " bytes"};
  if (length > kMaxModelBytes) throw Failure{FailureKind::kModel, form + " of at most 1 GiB"};
  auto const starts = [&](char const* prefix) {
    return std::string{text, 8}.rfind(prefix, 0) == 0;
  };
  if (starts("binf") || starts("bs64")) {
    throw Failure{
        FailureKind::kModel,
        form + ", received the old binary format; load and save it once with XGBoost 3.0"};
  }
  if (text[0] == '\x80')
    throw Failure{FailureKind::kModel,
                  form + ", received a Python pickle; save with save_model('model.ubj')"};
  if (text[0] == '[' || starts("booster[")) {
    throw Failure{
        FailureKind::kModel,
        form + ", received a model dump, which holds the trees only; save the model itself"};
  }
  if (text[0] != '{') throw Failure{FailureKind::kModel, form + ", but the first byte is not '{'"};
}

}  // namespace

int LoadModel(DMatrixHandle const* cache, bst_ulong cache_length, void const* bytes,
              bst_ulong length, BoosterHandle* out) {
  CheckFirstBytes(static_cast<char const*>(bytes), length);
  auto booster = NewBooster(cache, cache_length);
  Check(XGB_FUNCTION(XGBoosterLoadModelFromBuffer)(booster.get(), bytes, length),
        "XGBoosterLoadModelFromBuffer");
  *out = booster.release();
  return 0;
}

int CopyBooster(DMatrixHandle const* cache, bst_ulong cache_length, BoosterHandle source,
                BoosterHandle* out) {
  bst_ulong length = 0;
  char const* bytes = nullptr;
  Check(XGB_FUNCTION(XGBoosterSerializeToBuffer)(source, &length, &bytes),
        "XGBoosterSerializeToBuffer");
  auto booster = NewBooster(cache, cache_length);
  Check(XGB_FUNCTION(XGBoosterUnserializeFromBuffer)(booster.get(), bytes, length),
        "XGBoosterUnserializeFromBuffer");
  *out = booster.release();
  return 0;
}

}  // namespace xgb
