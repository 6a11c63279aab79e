// Rows: CompiledForest. None of them needs libxgboost.
#include "functions/forest_roles.h"
#include "functions/rows.h"

namespace functions {

void DefineForest(bind::Table& t) {
  using bind::In;
  using bind::Out;
  using bind::Text;

  t.Own<&LoadForest, InBytes, MakeForest>("loadForest");
  t.Own<&ReadForest, UseForest, OutForestFacts>("forestFacts");
  t.Own<&CategoriesOfForest, UseForest, OutCategories>("forestCategories");
  t.Own<&PredictForest, UseForest, InForestTable, InForestRequest, OutPrediction>("predictForest");
  t.Own<&EstimateForest, UseForest, In<std::uint64_t>, InForestOutput, Out<double>>(
      "estimateForest");
  t.Own<&ProbeForest, UseForest, In<std::uint64_t>, In<std::uint64_t>, OutPrediction>(
      "probeForest");
  t.Own<&NameForest, UseForest, Out<Text>>("shareForest");
  t.Own<&AttachForest, In<Text>, MakeForest>("attachForest");
}

}  // namespace functions
