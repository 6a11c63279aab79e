// Finds libxgboost's functions in a file opened at run time. One library per process, never closed.
#pragma once

#include <string>

namespace xgb {

/**
 * Opens the library at `path` (absolute) and checks that it is a 3.4 release.
 *
 * Symbols stay local (RTLD_LOCAL), so another package's copy of libgomp or libstdc++ symbols cannot
 * be mixed up with ours. Never closed: OpenMP and CUDA threads live on. A second call with the same
 * path does nothing; with another path it is a Failure.
 */
void OpenLibrary(std::string const& path);

/** The path that was opened; empty before. */
std::string LibraryPath();

/** The address of an exported function, or a Failure that names it. */
void* Symbol(char const* name);

/** The address of a function of the library or of what it was linked with, or nullptr. */
void* FindInLibrary(char const* name) noexcept;

/** Whether the opened build was compiled with CUDA. */
bool IsCudaBuild();

/** A function of the library with the type our header gives it. */
template <class Fn>
Fn* Function(char const* name) {
  return reinterpret_cast<Fn*>(Symbol(name));
}

}  // namespace xgb

/** The only way hand-written code calls libxgboost: `XGB_FUNCTION(XGBoosterFree)(handle)`. */
#define XGB_FUNCTION(name) (::xgb::Function<decltype(::name)>(#name))
