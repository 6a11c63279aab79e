// libxgboost as a peer: the few functions that predictions are compared and timed with.
#pragma once

#include <dlfcn.h>

#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

namespace check {

class Libxgboost {
 public:
  explicit Libxgboost(char const* path) : library_{dlopen(path, RTLD_NOW | RTLD_LOCAL)} {
    if (library_ == nullptr) throw std::runtime_error{dlerror()};
    Find("XGBoosterCreate", create_);
    Find("XGBoosterFree", free_);
    Find("XGBoosterLoadModelFromBuffer", load_);
    Find("XGBoosterSetParam", set_param_);
    Find("XGBoosterPredictFromDense", predict_);
    Find("XGBGetLastError", last_error_);
  }

  using Booster = void*;

  Booster Load(std::vector<char> const& bytes) const {
    Booster booster = nullptr;
    Check(create_(nullptr, 0, &booster));
    Check(load_(booster, bytes.data(), bytes.size()));
    Check(set_param_(booster, "nthread", "1"));
    return booster;
  }
  void Free(Booster booster) const { Check(free_(booster)); }

  /** In place; the result belongs to the booster. */
  float const* Predict(Booster booster, float const* rows, std::size_t count, std::size_t width,
                       bool margin, std::size_t& size) const {
    char array[256];
    std::snprintf(array, sizeof array,
                  R"({"data":[%llu,true],"shape":[%zu,%zu],"typestr":"<f4","version":3})",
                  static_cast<unsigned long long>(reinterpret_cast<std::uintptr_t>(rows)), count,
                  width);
    auto const* config = margin ? Config<true>() : Config<false>();
    std::uint64_t const* shape = nullptr;
    std::uint64_t dimensions = 0;
    float const* result = nullptr;
    Check(predict_(booster, array, config, nullptr, &shape, &dimensions, &result));
    size = 1;
    for (std::uint64_t i = 0; i < dimensions; ++i) size *= shape[i];
    return result;
  }

 private:
  template <bool kMargin>
  static char const* Config() {
    return kMargin ? R"({"type":1,"training":false,"iteration_begin":0,"iteration_end":0,)"
                     R"("strict_shape":false,"missing":NaN,"cache_id":0})"
                   : R"({"type":0,"training":false,"iteration_begin":0,"iteration_end":0,)"
                     R"("strict_shape":false,"missing":NaN,"cache_id":0})";
  }

  template <typename Function>
  void Find(char const* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(library_, name));
    if (function == nullptr) throw std::runtime_error{std::string{"no function "} + name};
  }
  void Check(int status) const {
    if (status != 0) throw std::runtime_error{last_error_()};
  }

  void* library_;
  int (*create_)(Booster const*, std::uint64_t, Booster*) = nullptr;
  int (*free_)(Booster) = nullptr;
  int (*load_)(Booster, void const*, std::uint64_t) = nullptr;
  int (*set_param_)(Booster, char const*, char const*) = nullptr;
  int (*predict_)(Booster, char const*, char const*, void*, std::uint64_t const**, std::uint64_t*,
                  float const**) = nullptr;
  char const* (*last_error_)() = nullptr;
};

}  // namespace check
