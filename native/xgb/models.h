// Operations on boosters that take more than one C call. Shaped like C functions, so that rows can
// declare them.
#pragma once

#include "xgb/c_api.h"

namespace xgb {

/**
 * The one door for model bytes. libxgboost trusts a model and walks off its arrays when it lies, so
 * it never sees these bytes: they are read and checked by `model/`, and what was read is written
 * anew and loaded into a booster made with `cache`.
 */
int LoadModel(DMatrixHandle const* cache, bst_ulong cache_length, void const* bytes,
              bst_ulong length, BoosterHandle* out);

/** A booster with the same model, parameters and random state, on the same thread. */
int CopyBooster(DMatrixHandle const* cache, bst_ulong cache_length, BoosterHandle source,
                BoosterHandle* out);

}  // namespace xgb
