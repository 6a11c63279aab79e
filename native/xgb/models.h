// Operations on boosters that take more than one C call. Shaped like C functions, so that rows can
// declare them.
#pragma once

#include "xgb/c_api.h"

namespace xgb {

/**
 * The one door for model bytes. Checks size and first bytes (an empty buffer aborts the process
 * inside libxgboost, and text that is neither JSON nor UBJSON fails obscurely), then makes a
 * booster with `cache` and loads into it.
 */
int LoadModel(DMatrixHandle const* cache, bst_ulong cache_length, void const* bytes,
              bst_ulong length, BoosterHandle* out);

/** A booster with the same model, parameters and random state, on the same thread. */
int CopyBooster(DMatrixHandle const* cache, bst_ulong cache_length, BoosterHandle source,
                BoosterHandle* out);

}  // namespace xgb
