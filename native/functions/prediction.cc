// Rows: prediction. In the order of the C header.
#include "functions/roles.h"
#include "functions/rows.h"

namespace functions {

void DefineBoosterPrediction(bind::Table& t) {
  using bind::In;
  using bind::Text;
  using bind::Use;
  using Booster = XGBBooster;
  using DMatrix = XGBDMatrix;

  XGB_ROW(t, XGBoosterPredictFromDMatrix, Use<Booster>, Use<DMatrix>, In<Text>, OutTensor);
  XGB_ROW(t, XGBoosterPredictFromDense, Use<Booster>, InArray, In<Text>, InMaybeMargin, OutTensor);
  XGB_ROW(t, XGBoosterPredictFromColumnar, Use<Booster>, InColumns, In<Text>, InMaybeMargin,
          OutTensor);
  XGB_ROW(t, XGBoosterPredictFromCSR, Use<Booster>, InSparse, In<Text>, InMaybeMargin, OutTensor);
}

}  // namespace functions
