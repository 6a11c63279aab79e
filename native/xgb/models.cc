#include "xgb/models.h"

#include <memory>
#include <string>

#include "model/read.h"
#include "model/write.h"
#include "xgb/calls.h"
#include "xgb/library.h"

namespace xgb {
namespace {

struct FreeBooster {
  void operator()(BoosterHandle booster) const { XGB_FUNCTION(XGBoosterFree)(booster); }
};
using OwnedBooster = std::unique_ptr<XGBBooster, FreeBooster>;

OwnedBooster NewBooster(DMatrixHandle const* cache, bst_ulong length) {
  BoosterHandle booster = nullptr;
  Check(XGB_FUNCTION(XGBoosterCreate)(cache, length, &booster), "XGBoosterCreate");
  return OwnedBooster{booster};
}

}  // namespace

int LoadModel(DMatrixHandle const* cache, bst_ulong cache_length, void const* bytes,
              bst_ulong length, BoosterHandle* out) {
  std::string const checked = model::Write(model::Read(bytes, length));
  auto booster = NewBooster(cache, cache_length);
  Check(XGB_FUNCTION(XGBoosterLoadModelFromBuffer)(booster.get(), checked.data(), checked.size()),
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
