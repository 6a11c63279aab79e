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

/** Where rows go, and what their calls share. */
struct TableOptions {
  /** The exports; none: the rows are described only. */
  Napi::Object* sync_exports = nullptr;
  Napi::Object* async_exports = nullptr;
  /** Finds a C function by name. */
  void* (*find)(char const*) = nullptr;
  /** The hooks around each call; null: the environment's. */
  std::shared_ptr<CallContext> context;
  Pool pool = Pool::kLong;
};

class Table {
 public:
  explicit Table(TableOptions options) : options_{std::move(options)} {}

  /** A C function found by name in the library. */
  template <class Fn, class... Roles>
  void Row(char const* name) {
    Define<Fn, Roles...>(name, options_.find);
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
      if (options_.sync_exports == nullptr) return;
      // Rows are the same in every environment and live as long as the process.
      auto* row = new RowInfo{name, find, options_.context, options_.pool};
      Napi::Env env = options_.sync_exports->Env();
      options_.sync_exports->Set(name, Napi::Function::New<&RunSync<Fn, Roles...>>(env, name, row));
      options_.async_exports->Set(name,
                                  Napi::Function::New<&RunAsync<Fn, Roles...>>(env, name, row));
    }
  }

  template <class Fn, class... Roles>
  static Napi::Value RunSync(Napi::CallbackInfo const& info) {
    auto const& row = *static_cast<RowInfo const*>(info.Data());
    auto& environment = Environment::From(info.Env());
    try {
      if constexpr (Call<Fn, Roles...>::kWaits) {
        throw Failure{FailureKind::kType,
                      std::string{row.name} + ": has an asynchronous form only"};
      }
      Call<Fn, Roles...> call{row};
      call.Read(info);
      call.GetClaims().CheckFree();
      if constexpr (Call<Fn, Roles...>::kLeavesResults) call.GetClaims().LeavesResults(false);
      call.Run(*row.ContextIn(environment));
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

  TableOptions options_;
  std::vector<Description> descriptions_;
};

}  // namespace bind

/** The one macro: a row needs the function's name as text and its type. */
#define XGB_ROW(table, function, ...) (table).Row<decltype(::function), __VA_ARGS__>(#function)
