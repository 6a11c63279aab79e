// The module: one environment object per Node environment, then the rows.
#include <memory>
#include <string>
#include <utility>

#include "bind/environment.h"
#include "bind/node.h"
#include "bind/table.h"
#include "functions/feed.h"
#include "functions/forest_handle.h"
#include "functions/kinds.h"
#include "functions/library_context.h"
#include "functions/memory.h"
#include "functions/rows.h"
#include "xgb/library.h"
#include "xgb/shared_object.h"

namespace {

void DefineAll(bind::Table& table) {
  functions::DefineGlobal(table);
  functions::DefineDMatrix(table);
  functions::DefineBooster(table);
  functions::DefineBoosterPrediction(table);
  functions::DefineCollective(table);
}

/** The functions of `define` as { sync, async }. */
Napi::Value Export(Napi::Env env, void (*define)(bind::Table&), bind::TableOptions options) {
  auto sync = Napi::Object::New(env);
  auto async = Napi::Object::New(env);
  options.sync_exports = &sync;
  options.async_exports = &async;
  bind::Table table{std::move(options)};
  define(table);
  auto out = Napi::Object::New(env);
  out.Set("sync", sync);
  out.Set("async", async);
  return out;
}

/** open(path, makeError): loads libxgboost and answers { sync, async }. */
Napi::Value Open(Napi::CallbackInfo const& info) {
  Napi::Env env = info.Env();
  auto& environment = bind::Environment::From(env);
  try {
    environment.SetErrorFactory(info[1].As<Napi::Function>());
    xgb::OpenLibrary(info[0].As<Napi::String>().Utf8Value());
    functions::AttachContext(environment);
    bind::TableOptions options;
    options.find = &xgb::Symbol;
    return Export(env, &DefineAll, std::move(options));
  } catch (...) {
    return bind::ThrowFailure(env, bind::CurrentFailure("open"));
  }
}

/** Hooks for functions of ours, which report by exception. */
class NoLibrary : public bind::CallContext {
 public:
  void Enter() override {}
  void Check(int, char const*) override {}
};

/** openForest(makeError): the functions of compiled forests as { sync, async }, without libxgboost.
 */
Napi::Value OpenForest(Napi::CallbackInfo const& info) {
  Napi::Env env = info.Env();
  try {
    bind::Environment::From(env).SetErrorFactory(info[0].As<Napi::Function>());
    bind::TableOptions options;
    options.context = std::make_shared<NoLibrary>();
    options.pool = bind::Pool::kQuick;
    return Export(env, &functions::DefineForest, std::move(options));
  } catch (...) {
    return bind::ThrowFailure(env, bind::CurrentFailure("openForest"));
  }
}

std::string Rows(void (*define)(bind::Table&)) {
  bind::Table table{{}};
  define(table);
  return table.ToJson();
}

/** describe(): JSON text of every row with its TypeScript types, for the generators. Needs no
 * library. */
Napi::Value Describe(Napi::CallbackInfo const& info) {
  return Napi::String::New(info.Env(), "{\"library\":" + Rows(&DefineAll) +
                                           ",\"forest\":" + Rows(&functions::DefineForest) + "}");
}

Napi::Value Dispose(Napi::CallbackInfo const& info) {
  try {
    if (info[0].IsFunction()) {
      functions::DisposeForestHandle(info[0]);
    } else {
      bind::DisposeHandle(info.Env(), info[0], bind::AllKinds());
    }
    return info.Env().Undefined();
  } catch (...) {
    return bind::ThrowFailure(info.Env(), bind::CurrentFailure("dispose"));
  }
}

/** setLog(function | null): who gets libxgboost's log lines. The function must not throw. */
Napi::Value SetLog(Napi::CallbackInfo const& info) {
  auto const& home = bind::Environment::From(info.Env()).GetHome();
  home->SetLog(info[0].IsFunction() ? Napi::Persistent(info[0].As<Napi::Function>())
                                    : Napi::FunctionReference{});
  return info.Env().Undefined();
}

/** setGlobalConfig(json): applied on each native thread before its next call. */
Napi::Value SetGlobalConfig(Napi::CallbackInfo const& info) {
  try {
    functions::SetGlobalConfig(bind::Environment::From(info.Env()),
                               info[0].As<Napi::String>().Utf8Value());
    return info.Env().Undefined();
  } catch (...) {
    return bind::ThrowFailure(info.Env(), bind::CurrentFailure("XGBSetGlobalConfig"));
  }
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  xgb::PinThisModule();
  bind::Environment::Attach(env);
  exports.Set("open", Napi::Function::New<&Open>(env, "open"));
  exports.Set("openForest", Napi::Function::New<&OpenForest>(env, "openForest"));
  exports.Set("describe", Napi::Function::New<&Describe>(env, "describe"));
  exports.Set("dispose", Napi::Function::New<&Dispose>(env, "dispose"));
  exports.Set("setLog", Napi::Function::New<&SetLog>(env, "setLog"));
  exports.Set("setGlobalConfig", Napi::Function::New<&SetGlobalConfig>(env, "setGlobalConfig"));
  functions::DefineFeeds(env, exports);
  functions::DefineMemory(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(NODE_GYP_MODULE_NAME, Init)
