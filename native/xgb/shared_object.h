// Opening a shared library by path: the one place that differs between operating systems.
#pragma once

#include <string>

namespace xgb {

/** Opens a library with local symbols; throws a Failure with the loader's own text. */
void* OpenSharedObject(std::string const& path);

/** Like OpenSharedObject, but answers nullptr when there is no such library. */
void* TryOpenSharedObject(char const* name) noexcept;

/** The address of a symbol, or nullptr. */
void* FindSymbol(void* library, char const* name) noexcept;

/** Whether two paths lead to one file; on Windows, whether they are one path. */
bool SameFile(std::string const& a, std::string const& b) noexcept;

/** Keeps this addon's own code mapped for good: a lane thread may outlive the worker that loaded
 * the addon. */
void PinThisModule() noexcept;

}  // namespace xgb
