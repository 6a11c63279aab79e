// In-place prediction on a limited number of threads.
#pragma once

#include "xgb/c_api.h"

namespace xgb {

// As libxgboost's functions of these names, on at most `threads` threads: for few rows, waking the
// others takes longer than the work. Each row is computed by itself, so the numbers are the same.

int PredictFromDense(BoosterHandle booster, char const* array, char const* config,
                     ProxyHandle margin, int threads, bst_ulong const** shape, bst_ulong* dim,
                     float const** result);
int PredictFromColumnar(BoosterHandle booster, char const* columns, char const* config,
                        ProxyHandle margin, int threads, bst_ulong const** shape, bst_ulong* dim,
                        float const** result);
int PredictFromCsr(BoosterHandle booster, char const* indptr, char const* indices,
                   char const* values, bst_ulong columns, char const* config, ProxyHandle margin,
                   int threads, bst_ulong const** shape, bst_ulong* dim, float const** result);

}  // namespace xgb
