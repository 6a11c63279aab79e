// Compares each function of our c_api.h with upstream's, at compile time. Nothing of this is linked
// into the addon.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <type_traits>

// Two C functions of one name are one function to the compiler, whatever their namespace, so
// upstream's are renamed: one `#define Name upstream_Name` per function.
#include "rename.inc"
namespace upstream {
#include <c_api.h>
}  // namespace upstream
#include "unname.inc"

#include "xgb/c_api.h"

namespace {

/** Our handles are pointers to structs nobody defines; upstream's are void*. */
template <class T>
struct Erase {
  using Type = std::conditional_t<std::is_class_v<T>, void, T>;
};
template <class T>
struct Erase<T const> {
  using Type = typename Erase<T>::Type const;
};
template <class T>
struct Erase<T*> {
  using Type = typename Erase<T>::Type*;
};
template <class Result, class... Params>
struct Erase<Result(Params...)> {
  using Type = typename Erase<Result>::Type(typename Erase<Params>::Type...);
};

template <class Ours, class Theirs>
constexpr bool kSame = std::is_same_v<typename Erase<Ours>::Type, typename Erase<Theirs>::Type>;

#define SAME(name)                                                            \
  static_assert(kSame<decltype(::name), decltype(upstream::upstream_##name)>, \
                #name " is declared otherwise in upstream's c_api.h")

// One SAME(Name); per function of our header.
#include "same.inc"

}  // namespace
