// Collects the rows: exports each function's sync and async form, or describes it for the generated
// types.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bind/call.h"

namespace bind {

/** One function as the type generator sees it. */
struct Description {
  std::string name;
  Signature signature;
};

class Table {
 public:
  /** Exports into two objects; describes only, when given none. `find` finds a C function by name.
   */
  Table(void* (*find)(char const*), Napi::Object* sync_exports, Napi::Object* async_exports)
      : find_{find}, sync_{sync_exports}, async_{async_exports} {}

  /** A C function found by name in the library. */
  template <class Fn, class... Roles>
  void Row(char const* name) {
    Define<Fn, Roles...>(name, find_);
  }

  /** A function of ours, shaped like a C function. */
  template <auto function, class... Roles>
  void Own(char const* name) {
    using Fn = std::remove_pointer_t<decltype(function)>;
    Define<Fn, Roles...>(name, [](char const*) { return reinterpret_cast<void*>(function); });
  }

  /** [{ "name", "params": ["name: type"], "result" }] */
  std::string ToJson() const;

 private:
  template <class Fn, class... Roles>
  void Define(char const* name, void* (*find)(char const*)) {
    if constexpr (CheckRow<Fn, Roles...>()) {
      Signature signature;
      (Roles::Describe(&signature), ...);
      descriptions_.push_back({name, std::move(signature)});
      if (sync_ == nullptr) return;
      // Rows are the same in every environment and live as long as the process.
      auto* row = new RowInfo{name, find};
      Napi::Env env = sync_->Env();
      sync_->Set(name, Napi::Function::New<&RunSync<Fn, Roles...>>(env, name, row));
      async_->Set(name, Napi::Function::New<&RunAsync<Fn, Roles...>>(env, name, row));
    }
  }

  template <class Fn, class... Roles>
  static Napi::Value RunSync(Napi::CallbackInfo const& info) {
    auto const& row = *static_cast<RowInfo const*>(info.Data());
    auto& environment = Environment::From(info.Env());
    try {
      Call<Fn, Roles...> call{row};
      call.Read(info);
      call.GetClaims().CheckFree();
      if constexpr (Call<Fn, Roles...>::kLeavesResults) call.GetClaims().LeavesResults(false);
      call.Run(*environment.Context());
      auto result = call.Write(info.Env());
      environment.GetHome()->DrainLog(info.Env());
      return result;
    } catch (...) {
      return ThrowFailure(info.Env(), CurrentFailure(row.name));
    }
  }

  template <class Fn, class... Roles>
  static Napi::Value RunAsync(Napi::CallbackInfo const& info) {
    auto const& row = *static_cast<RowInfo const*>(info.Data());
    try {
      return AsyncCall<Fn, Roles...>::Start(std::make_unique<AsyncCall<Fn, Roles...>>(row, info),
                                            info);
    } catch (...) {
      return ThrowFailure(info.Env(), CurrentFailure(row.name));
    }
  }

  void* (*find_)(char const*);
  Napi::Object* sync_;
  Napi::Object* async_;
  std::vector<Description> descriptions_;
};

}  // namespace bind

/** The one macro: a row needs the function's name as text and its type. */
#define XGB_ROW(table, function, ...) (table).Row<decltype(::function), __VA_ARGS__>(#function)
