// Operations on matrices that take more than one C call. Shaped like C functions, so that rows can
// declare them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "xgb/array_interface.h"
#include "xgb/c_api.h"

namespace xgb {

struct CsrData {
  std::vector<std::uint64_t> indptr;
  std::vector<std::uint32_t> indices;
  std::vector<float> values;
};

/** The contents of a matrix, with room made for them (libxgboost writes into the caller's buffers
 * unchecked). */
int GetDataAsCsr(DMatrixHandle matrix, CsrData* out);

/** Categories per feature, copied out of libxgboost's container, which is freed again. */
int GetCategories(DMatrixHandle matrix, std::vector<Categories>* out);
int GetCategories(BoosterHandle booster, std::vector<Categories>* out);

/** What a matrix weighs, for the garbage collector: 8 bytes per stored value and 8 per row. */
std::int64_t Weigh(DMatrixHandle matrix);

}  // namespace xgb
