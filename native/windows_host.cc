// For Windows without Microsoft's linker, which would load Node-API late and from any program:
// looks its functions up in the process that loaded us, so that it may be node.exe, Electron or an
// application with Node inside.
#include "xgb/wide_text.h"

// What the compiler calls through where a header says dllimport. CMakeLists.txt writes the list.
extern "C" {
#define NODE_API_FUNCTION(name) FARPROC __imp_##name = nullptr;
#include "node_api_functions.inc"
#undef NODE_API_FUNCTION
}

namespace {

bool FindFunctions() {
  HMODULE host = GetModuleHandleW(L"node.dll");
  if (host == nullptr) host = GetModuleHandleW(nullptr);
#define NODE_API_FUNCTION(name) __imp_##name = GetProcAddress(host, #name);
#include "node_api_functions.inc"
#undef NODE_API_FUNCTION
  return true;
}

// Before the first function of ours runs: Node calls us only once the module is loaded.
[[maybe_unused]] bool const found = FindFunctions();

}  // namespace
