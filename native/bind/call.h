// One call of one C function, in its sync and its async form; and the check that its roles fit the
// C parameters.
#pragma once

#include <memory>
#include <new>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "bind/environment.h"
#include "bind/input_roles.h"
#include "bind/output_roles.h"

namespace bind {

/** What every function of a row knows. Made once per process, never destroyed. */
struct RowInfo {
  char const* name;
  void* (*find)(char const*);  // the C function's address; throws a Failure
  std::shared_ptr<CallContext>
      context;  // of functions that need no library; null: the environment's
  Pool pool;    // which threads run it when no object brings a lane

  std::shared_ptr<CallContext> const& ContextIn(Environment const& environment) const {
    return context == nullptr ? environment.Context() : context;
  }
};

// --- Do the roles fit?

template <class T>
struct RemoveAllConst {
  using type = std::remove_const_t<T>;
};
template <class T>
struct RemoveAllConst<T*> {
  using type = typename RemoveAllConst<std::remove_const_t<T>>::type*;
};

/** Whether a C parameter takes what a role gives: the same type, up to const that is added on the
 * way. */
template <class Given, class Taken>
constexpr bool Fits() {
  return std::is_same_v<typename RemoveAllConst<std::remove_const_t<Given>>::type,
                        typename RemoveAllConst<std::remove_const_t<Taken>>::type>;
}

template <class... Roles>
using GivenBy = decltype(std::tuple_cat(std::declval<Roles&>().Pass()...));

template <class Fn>
struct Parameters;
template <class R, class... Args>
struct Parameters<R(Args...)> {
  using type = std::tuple<Args...>;
  using result = R;
};

/** 0 if all fit, -1 if the counts differ, else the position of the first that does not. */
template <class... Given, class... Taken>
constexpr int FirstMisfit(std::tuple<Given...>*, std::tuple<Taken...>*) {
  if constexpr (sizeof...(Given) != sizeof...(Taken)) {
    return -1;
  } else {
    int position = 0;
    int first = 0;
    ((++position, first = (first == 0 && !Fits<Given, Taken>()) ? position : first), ...);
    return first;
  }
}

template <int position, class RoleGives, class CTakes>
struct Mismatch {
  static_assert(position == 0,
                "row: role and C parameter differ, see Mismatch<position, role gives, C takes>");
};
template <class RolesGive, class CTakes>
struct WrongCount {
  static_assert(
      sizeof(RolesGive*) == 0,
      "row: roles give another number of C arguments, see WrongCount<roles give, C takes>");
};

/** Fails to compile, in a few lines, where the roles do not fit. */
template <class Fn, class... Roles>
constexpr bool CheckRow() {
  using Given = GivenBy<Roles...>;
  using Taken = typename Parameters<Fn>::type;
  constexpr int bad = FirstMisfit(static_cast<Given*>(nullptr), static_cast<Taken*>(nullptr));
  if constexpr (bad < 0) {
    WrongCount<Given, Taken>();
  } else if constexpr (bad > 0) {
    Mismatch<bad, std::tuple_element_t<bad - 1, Given>, std::tuple_element_t<bad - 1, Taken>>();
  }
  return bad == 0;
}

// --- The call

/** A pointer type's const levels may be added when passing; this makes it so. */
template <class Taken, class Given>
Taken PassAs(Given given) {
  if constexpr (std::is_pointer_v<Taken>) {
    return const_cast<Taken>(given);
  } else {
    return given;
  }
}

template <class Fn, class... Roles>
class Call {
 public:
  static constexpr bool kReadsMemory = (false || ... || Roles::kReadsMemory);
  static constexpr bool kLeavesResults = (false || ... || Roles::kLeavesResults);
  static constexpr bool kWaits = (false || ... || Roles::kWaits);

  explicit Call(RowInfo const& row)
      : row_{row}, function_{reinterpret_cast<Fn*>(row.find(row.name))} {}

  void Read(Napi::CallbackInfo const& info) {
    Reader reader{info, row_.name, &claims_};
    std::apply([&](auto&... role) { (role.Read(reader), ...); }, roles_);
    std::apply([](auto&... role) { (role.Pin(), ...); }, roles_);
  }

  void Run(CallContext& context) {
    context.Enter();
    std::apply([](auto&... role) { (role.Prepare(), ...); }, roles_);
    Invoke(context);
    std::apply([](auto&... role) { (role.Own(), ...); }, roles_);
  }

  Napi::Value Write(Napi::Env env) {
    constexpr std::size_t kResults = (std::size_t{0} + ... + (Roles::kResult ? 1 : 0));
    if constexpr (kResults == 0) {
      return env.Undefined();
    } else if constexpr (kResults == 1) {
      Napi::Value result;
      ForEachResult([&](auto& role) { result = role.Write(env); });
      return result;
    } else {
      auto results = Napi::Array::New(env, kResults);
      std::uint32_t at = 0;
      ForEachResult([&](auto& role) { results.Set(at++, role.Write(env)); });
      return results;
    }
  }

  Claims& GetClaims() { return claims_; }
  /** Objects made by this call live on `lane` from now on. */
  void SetLane(std::shared_ptr<Lane> const& lane) {
    ForEachResult([&](auto& role) {
      if constexpr (HasObject<std::decay_t<decltype(role)>>::value) {
        if (role.object != nullptr && !role.object->kind.serial) role.object->lane = lane;
      }
    });
  }

 private:
  template <class Role, class = void>
  struct HasObject : std::false_type {};
  template <class Role>
  struct HasObject<Role, std::void_t<decltype(std::declval<Role&>().object)>> : std::true_type {};

  template <class Visit>
  void ForEachResult(Visit visit) {
    std::apply([&](auto&... role) { (VisitResult(role, visit), ...); }, roles_);
  }
  template <class Role, class Visit>
  static void VisitResult(Role& role, Visit& visit) {
    if constexpr (Role::kResult) visit(role);
  }

  void Invoke(CallContext& context) {
    auto given = std::apply([](auto&... role) { return std::tuple_cat(role.Pass()...); }, roles_);
    InvokeWith(context, given, static_cast<typename Parameters<Fn>::type*>(nullptr));
  }
  template <class Given, class... Taken>
  void InvokeWith(CallContext& context, Given& given, std::tuple<Taken...>*) {
    auto call = [&](auto&... argument) { return function_(PassAs<Taken>(argument)...); };
    if constexpr (std::is_void_v<typename Parameters<Fn>::result>) {
      std::apply(call, given);
    } else if constexpr ((false || ... || std::is_same_v<Roles, Returned>)) {
      std::get<Returned>(roles_).value = std::apply(call, given);
    } else {
      context.Check(std::apply(call, given), row_.name);
    }
  }

  RowInfo const& row_;
  Fn* function_;
  Claims claims_;
  std::tuple<Roles...> roles_;
};

/** Any native exception as a Failure; JavaScript errors pass. Call inside a catch block. */
Failure CurrentFailure(char const* function);

/** Makes the JavaScript error for `failure` and throws it into JavaScript. */
Napi::Value ThrowFailure(Napi::Env env, Failure const& failure);

/** The asynchronous form of a call, on its way through a lane. */
template <class Fn, class... Roles>
class AsyncCall : public Job {
  using ThisCall = Call<Fn, Roles...>;

 public:
  AsyncCall(RowInfo const& row, Napi::CallbackInfo const& info)
      : row_{row},
        call_{row},
        home_{Environment::From(info.Env()).GetHome()},
        context_{row.ContextIn(Environment::From(info.Env()))} {
    call_.Read(info);
  }

  /** JS thread. Queues `job`, and answers with its promise. */
  static Napi::Value Start(std::unique_ptr<AsyncCall> job, Napi::CallbackInfo const& info) {
    Napi::Env env = info.Env();
    auto& call = *job;
    auto& environment = Environment::From(env);
    call.lane_ = ThisCall::kWaits ? environment.OwnLane()
                                  : environment.LaneFor(call.call_.GetClaims(), call.row_.pool);
    if constexpr (ThisCall::kLeavesResults) call.call_.GetClaims().LeavesResults(true);
    if constexpr (ThisCall::kReadsMemory) call.pins_ = PinArguments(info);
    // An error made later, outside any JavaScript, would have no stack.
    call.site_ = Napi::Persistent(Napi::Error::New(env, "").Value());
    std::unique_ptr<Job> posted = std::move(job);
    call.lane_->Post(posted);
    // After a job was refused nothing is left to undo. One that was queued is settled by this
    // thread, so not before this.
    call.deferred_.emplace(Napi::Promise::Deferred::New(env));
    call.call_.GetClaims().Enter();
    call.home_->Expect(env);
    return call.deferred_->Promise();
  }

  void Run() noexcept override {
    try {
      Claims::Gates const gates{call_.GetClaims()};
      call_.Run(*context_);
    } catch (...) {
      failure_ = CurrentFailure(row_.name);
    }
  }

  void Settle(void* raw_env) override {
    // Start failed after it had queued the job, as it does while a worker is being ended.
    if (!deferred_) return;
    Napi::Env env{static_cast<napi_env>(raw_env)};
    call_.GetClaims().Leave();
    try {
      if (!failure_) {
        // The lane of a call that waits for JavaScript is no home: work queued there would wait
        // too.
        if constexpr (!ThisCall::kWaits) call_.SetLane(lane_);
        deferred_->Resolve(call_.Write(env));
      }
    } catch (Napi::Error const& error) {
      deferred_->Reject(error.Value());  // JavaScript has no memory for the result, say
    } catch (...) {
      failure_ = CurrentFailure(row_.name);
    }
    if (failure_)
      deferred_->Reject(Environment::From(env).MakeError(env, *failure_, site_.Value()));
    home_->Settled(env);
  }

  void Abandon() noexcept override {
    pins_.SuppressDestruct();
    site_.SuppressDestruct();
    call_.GetClaims().Clear();
  }

  bool ReadsJsMemory() const noexcept override { return ThisCall::kReadsMemory; }

 private:
  // The array holds the arguments, they hold the views, and those hold the buffers.
  static Napi::ObjectReference PinArguments(Napi::CallbackInfo const& info) {
    auto arguments = Napi::Array::New(info.Env(), info.Length());
    for (std::uint32_t i = 0; i < info.Length(); ++i) arguments.Set(i, info[i]);
    return Napi::Persistent(arguments.As<Napi::Object>());
  }

  RowInfo const& row_;
  ThisCall call_;
  std::shared_ptr<Home> home_;
  std::shared_ptr<CallContext> context_;
  std::shared_ptr<Lane> lane_;
  std::optional<Napi::Promise::Deferred> deferred_;
  Napi::ObjectReference pins_;
  Napi::ObjectReference site_;
  std::optional<Failure> failure_;
};

}  // namespace bind
