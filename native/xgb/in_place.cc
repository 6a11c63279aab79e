#include "xgb/in_place.h"

#include "xgb/library.h"
#include "xgb/thread_limit.h"

namespace xgb {

int PredictFromDense(BoosterHandle booster, char const* array, char const* config,
                     ProxyHandle margin, int threads, bst_ulong const** shape, bst_ulong* dim,
                     float const** result) {
  ThreadLimit const limit{threads};
  return XGB_FUNCTION(XGBoosterPredictFromDense)(booster, array, config, margin, shape, dim,
                                                 result);
}

int PredictFromColumnar(BoosterHandle booster, char const* columns, char const* config,
                        ProxyHandle margin, int threads, bst_ulong const** shape, bst_ulong* dim,
                        float const** result) {
  ThreadLimit const limit{threads};
  return XGB_FUNCTION(XGBoosterPredictFromColumnar)(booster, columns, config, margin, shape, dim,
                                                    result);
}

int PredictFromCsr(BoosterHandle booster, char const* indptr, char const* indices,
                   char const* values, bst_ulong columns, char const* config, ProxyHandle margin,
                   int threads, bst_ulong const** shape, bst_ulong* dim, float const** result) {
  ThreadLimit const limit{threads};
  return XGB_FUNCTION(XGBoosterPredictFromCSR)(booster, indptr, indices, values, columns, config,
                                               margin, shape, dim, result);
}

}  // namespace xgb
