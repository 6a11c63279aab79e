// Rows: DMatrix. In the order of the C header.
#include "functions/batches.h"
#include "functions/roles.h"
#include "functions/rows.h"

namespace functions {

void DefineDMatrix(bind::Table& t) {
  using bind::Change;
  using bind::ChangeMaybe;
  using bind::In;
  using bind::InTexts;
  using bind::Keep;
  using bind::Make;
  using bind::Out;
  using bind::OutTexts;
  using bind::Text;
  using bind::Use;
  using DMatrix = XGBDMatrix;

  XGB_ROW(t, XGDMatrixCreateFromColumnar, InColumns, In<Text>, Make<DMatrix>);
  XGB_ROW(t, XGDMatrixCreateFromCSR, InSparse, In<Text>, Make<DMatrix>);
  XGB_ROW(t, XGDMatrixCreateFromDense, InArray, In<Text>, Make<DMatrix>);
  XGB_ROW(t, XGDMatrixCreateFromCSC, InSparse, In<Text>, Make<DMatrix>);
  XGB_ROW(t, XGDMatrixSliceDMatrixEx, Use<DMatrix>, InRows, Make<DMatrix>, In<int>);
  XGB_ROW(t, XGDMatrixSetInfoFromInterface, Change<DMatrix>, In<Text>, InArray);
  XGB_ROW(t, XGDMatrixSetStrFeatureInfo, Change<DMatrix>, In<Text>, InTexts);
  XGB_ROW(t, XGDMatrixGetStrFeatureInfo, Use<DMatrix>, In<Text>, OutTexts);
  XGB_ROW(t, XGDMatrixGetInfoRef, Use<DMatrix>, In<Text>, OutInterface);
  XGB_ROW(t, XGDMatrixNumRow, Keep<DMatrix>, Out<bst_ulong>);
  XGB_ROW(t, XGDMatrixNumCol, Keep<DMatrix>, Out<bst_ulong>);
  XGB_ROW(t, XGDMatrixNumNonMissing, Keep<DMatrix>, Out<bst_ulong>);
  XGB_ROW(t, XGDMatrixGetQuantileCut, Use<DMatrix>, In<Text>, OutInterface, OutInterface);

  // A reference is asked for its bins, which a plain matrix makes on that occasion.
  t.Own<&xgb::CreateFromBatches, InBatches, ChangeMaybe<DMatrix>, In<Text>, MakeFromBatches>(
      "createFromBatches");
  t.Own<&xgb::CreateFromBatches, InFeed, ChangeMaybe<DMatrix>, In<Text>, MakeFromBatches>(
      "createFromFeed");
  t.Own<&xgb::GetDataAsCsr, Use<DMatrix>, OutCsr>("getDataAsCsr");
  t.Own<static_cast<int (*)(DMatrixHandle, std::vector<xgb::Categories>*)>(&xgb::GetCategories),
        Use<DMatrix>, OutCategories>("getCategoriesDMatrix");
}

}  // namespace functions
