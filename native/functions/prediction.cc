// Rows: prediction. In the order of the C header.
#include "functions/roles.h"
#include "functions/rows.h"
#include "xgb/in_place.h"

namespace functions {

void DefineBoosterPrediction(bind::Table& t) {
  using bind::In;
  using bind::Text;
  using bind::Use;
  using Booster = XGBBooster;
  using DMatrix = XGBDMatrix;

  XGB_ROW(t, XGBoosterPredictFromDMatrix, Use<Booster>, Use<DMatrix>, In<Text>, OutTensor);

  t.Own<&xgb::PredictFromDense, Use<Booster>, InArray, In<Text>, InMaybeMargin, In<int>, OutTensor>(
      "predictFromDense");
  t.Own<&xgb::PredictFromColumnar, Use<Booster>, InColumns, In<Text>, InMaybeMargin, In<int>,
        OutTensor>("predictFromColumnar");
  t.Own<&xgb::PredictFromCsr, Use<Booster>, InSparse, In<Text>, InMaybeMargin, In<int>, OutTensor>(
      "predictFromCsr");
}

}  // namespace functions
