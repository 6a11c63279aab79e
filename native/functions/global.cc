// Rows: version, build and settings. In the order of the C header.
#include "functions/roles.h"
#include "functions/rows.h"
#include "xgb/cuda_driver.h"
#include "xgb/library.h"

namespace functions {
namespace {

int CudaDevices(char const** out) {
  *out = xgb::CudaDevices().c_str();
  return 0;
}

}  // namespace

void DefineGlobal(bind::Table& t) {
  using bind::In;
  using bind::Out;
  using bind::Text;
  XGB_ROW(t, XGBoostVersion, Out<int>, Out<int>, Out<int>);
  XGB_ROW(t, XGBuildInfo, Out<Text>);
  XGB_ROW(t, XGBGetGlobalConfig, Out<Text>);
  t.Own<&CudaDevices, Out<Text>>("cudaDevices");
}

}  // namespace functions
