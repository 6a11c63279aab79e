#include "xgb/shared_object.h"

#include "failure.h"

#ifdef _WIN32
#include "xgb/wide_text.h"
#else
#include <dlfcn.h>
#include <sys/stat.h>
#endif

namespace xgb {

#ifdef _WIN32

void* OpenSharedObject(std::string const& path) {
  // Dependencies are looked for beside the library, never in the current folder.
  HMODULE library =
      LoadLibraryExW(ToWide(path).c_str(), nullptr,
                     LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
  if (library == nullptr) {
    throw Failure{FailureKind::kLibrary,
                  "cannot load " + path + ": system error " + std::to_string(GetLastError())};
  }
  return library;
}

void* TryOpenSharedObject(char const* name) noexcept {
  return LoadLibraryExA(name, nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32);
}

void* FindSymbol(void* library, char const* name) noexcept {
  return reinterpret_cast<void*>(GetProcAddress(static_cast<HMODULE>(library), name));
}

bool SameFile(std::string const& a, std::string const& b) noexcept { return a == b; }

void PinThisModule() noexcept {
  HMODULE self = nullptr;
  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                     reinterpret_cast<LPCWSTR>(&PinThisModule), &self);
}

#else

void* OpenSharedObject(std::string const& path) {
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    char const* reason = dlerror();
    throw Failure{FailureKind::kLibrary,
                  "cannot load " + path + ": " + (reason == nullptr ? "no reason given" : reason)};
  }
  return library;
}

void* TryOpenSharedObject(char const* name) noexcept { return dlopen(name, RTLD_NOW | RTLD_LOCAL); }

void* FindSymbol(void* library, char const* name) noexcept { return dlsym(library, name); }

bool SameFile(std::string const& a, std::string const& b) noexcept {
  struct stat one{};
  struct stat other{};
  return a == b || (stat(a.c_str(), &one) == 0 && stat(b.c_str(), &other) == 0 &&
                    one.st_dev == other.st_dev && one.st_ino == other.st_ino);
}

void PinThisModule() noexcept {
  Dl_info self{};
  if (dladdr(reinterpret_cast<void const*>(&PinThisModule), &self) != 0 &&
      self.dli_fname != nullptr) {
    dlopen(self.dli_fname, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  }
}

#endif

}  // namespace xgb
