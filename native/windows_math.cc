// For Windows without Microsoft's linker: the functions whose last bit decides whether the forest
// answers what xgboost.dll does. That has Microsoft's C library inside; the compiler would give us
// its own, so Windows' copy is asked instead.
#include "xgb/wide_text.h"

namespace {

FARPROC OfWindows(char const* name) {
  return GetProcAddress(GetModuleHandleW(L"ucrtbase.dll"), name);
}

auto const exp_of_windows = reinterpret_cast<float (*)(float)>(OfWindows("expf"));
auto const log_of_windows = reinterpret_cast<float (*)(float)>(OfWindows("logf"));
auto const cos_of_windows = reinterpret_cast<double (*)(double)>(OfWindows("cos"));

}  // namespace

// Stronger than the compiler's own.
extern "C" {
float expf(float x) { return exp_of_windows(x); }
float logf(float x) { return log_of_windows(x); }
double cos(double x) { return cos_of_windows(x); }
}
