// Rows: Booster, all but prediction. In the order of the C header.
#include "functions/roles.h"
#include "functions/rows.h"
#include "xgb/models.h"

namespace functions {

void DefineBooster(bind::Table& t) {
  using bind::Change;
  using bind::ChangeAllNamed;
  using bind::In;
  using bind::InMaybeText;
  using bind::InTexts;
  using bind::KeepAll;
  using bind::Make;
  using bind::Out;
  using bind::OutBytes;
  using bind::OutMaybeText;
  using bind::OutSizedText;
  using bind::OutTexts;
  using bind::Text;
  using bind::Use;
  using Booster = XGBBooster;
  using DMatrix = XGBDMatrix;

  XGB_ROW(t, XGBoosterCreate, KeepAll<DMatrix>, Make<Booster>);
  XGB_ROW(t, XGBoosterReset, Change<Booster>);
  XGB_ROW(t, XGBoosterSlice, Use<Booster>, In<int>, In<int>, In<int>, Make<Booster>);
  XGB_ROW(t, XGBoosterBoostedRounds, Use<Booster>, Out<int>);
  XGB_ROW(t, XGBoosterSetParam, Change<Booster>, In<Text>, In<Text>);
  XGB_ROW(t, XGBoosterGetNumFeature, Use<Booster>, Out<bst_ulong>);
  // Training fills caches inside the matrix (bins, sketches), so it has the matrix to itself.
  XGB_ROW(t, XGBoosterUpdateOneIter, Change<Booster>, In<int>, Change<DMatrix>);
  XGB_ROW(t, XGBoosterTrainOneIter, Change<Booster>, Change<DMatrix>, In<int>, InArray, InArray);
  XGB_ROW(t, XGBoosterEvalOneIter, Change<Booster>, In<int>, ChangeAllNamed<DMatrix>, Out<Text>);
  XGB_ROW(t, XGBoosterSaveModelToBuffer, Use<Booster>, In<Text>, OutBytes);
  XGB_ROW(t, XGBoosterSaveJsonConfig, Use<Booster>, OutSizedText);
  XGB_ROW(t, XGBoosterLoadJsonConfig, Change<Booster>, In<Text>);
  XGB_ROW(t, XGBoosterDumpModelEx, Use<Booster>, In<Text>, In<int>, In<Text>, OutTexts);
  XGB_ROW(t, XGBoosterGetAttr, Use<Booster>, In<Text>, OutMaybeText);
  XGB_ROW(t, XGBoosterSetAttr, Change<Booster>, In<Text>, InMaybeText);
  XGB_ROW(t, XGBoosterGetAttrNames, Use<Booster>, OutTexts);
  XGB_ROW(t, XGBoosterSetStrFeatureInfo, Change<Booster>, In<Text>, InTexts);
  XGB_ROW(t, XGBoosterGetStrFeatureInfo, Use<Booster>, In<Text>, OutTexts);
  XGB_ROW(t, XGBoosterFeatureScore, Use<Booster>, In<Text>, OutTexts, OutScores);

  t.Own<&xgb::LoadModel, KeepAll<DMatrix>, InBytes, Make<Booster>>("loadModel");
  t.Own<&xgb::CopyBooster, KeepAll<DMatrix>, Use<Booster>, Make<Booster>>("copyBooster");
  t.Own<static_cast<int (*)(BoosterHandle, std::vector<xgb::Categories>*)>(&xgb::GetCategories),
        Use<Booster>, OutCategories>("getCategoriesBooster");
}

}  // namespace functions
