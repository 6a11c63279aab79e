// Roles of compiled forests.
#pragma once

#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>

#include "functions/forest_calls.h"
#include "functions/roles.h"

namespace functions {

/** A forest, held for the call: (ForestShare const*) */
struct UseForest : Input {
  ForestShare forest;

  static void Describe(Signature* s) { s->params.emplace_back("forest", "ForestHandle"); }
  void Read(Reader& reader) { forest = OpenForestHandle(reader.Next()); }
  std::tuple<ForestShare const*> Pass() { return {&forest}; }
};

/** A new forest: (ForestShare*) */
struct MakeForest : Output {
  static constexpr bool kLeavesResults = false;
  ForestShare forest;

  static void Describe(Signature* s) { s->results.emplace_back("ForestHandle"); }
  std::tuple<ForestShare*> Pass() { return {&forest}; }
  void Own() {}
  Napi::Value Write(Napi::Env env) { return NewForestHandle(env, std::move(forest)); }
};

/** A table: NativeTable. (ForestTable const*) */
struct InForestTable : Input {
  static constexpr bool kReadsMemory = true;

  static void Describe(Signature* s) { s->params.emplace_back("table", "NativeTable"); }
  void Read(Reader& reader);
  void Pin();
  std::tuple<ForestTable const*> Pass() { return {&table_}; }

 private:
  std::variant<std::monostate, ArrayArgument, ColumnsArgument, SparseArgument> argument_;
  ForestTable table_;
};

/** One of value, margin, contributions and interactions: (ForestOutput const*) */
struct InForestOutput : Input {
  ForestOutput output = ForestOutput::kValue;

  static void Describe(Signature* s) { s->params.emplace_back("output", "NativeForestOutput"); }
  void Read(Reader& reader);
  std::tuple<ForestOutput const*> Pass() { return {&output}; }
};

/** Options of a prediction: NativeForestOptions. (ForestRequest const*) */
struct InForestRequest : Input {
  static constexpr bool kReadsMemory = true;

  static void Describe(Signature* s) { s->params.emplace_back("options", "NativeForestOptions"); }
  void Read(Reader& reader);
  void Pin();
  std::tuple<ForestRequest const*> Pass() { return {&request_}; }

 private:
  std::optional<TypedArrayArgument> margin_;
  ForestRequest request_;
};

/** Rows of numbers: (ForestPrediction*) */
struct OutPrediction : Output {
  static constexpr bool kLeavesResults = false;
  ForestPrediction prediction;

  static void Describe(Signature* s) { s->results.emplace_back("NativeTensor"); }
  std::tuple<ForestPrediction*> Pass() { return {&prediction}; }
  void Own() {}
  Napi::Value Write(Napi::Env env);
};

/** What a forest says of itself: NativeForestFacts. (ForestShare*) */
struct OutForestFacts : Output {
  static constexpr bool kLeavesResults = false;
  ForestShare forest;

  static void Describe(Signature* s) { s->results.emplace_back("NativeForestFacts"); }
  std::tuple<ForestShare*> Pass() { return {&forest}; }
  void Own() {}
  Napi::Value Write(Napi::Env env);
};

}  // namespace functions
