// Roles for batches: known as a whole, or asked for one by one.
#pragma once

#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "functions/feed.h"
#include "functions/roles.h"
#include "xgb/batches.h"
#include "xgb/cache_files.h"

namespace functions {

/** A NativeBatch: { features, info, names, types }. */
class BatchArgument : public xgb::Batch {
 public:
  void Parse(Reader& reader, Napi::Value from);
  void Pin();
  void Give(ProxyHandle proxy) override;
  xgb::BatchPrint Print() const override;

 private:
  struct Info {
    std::string field;
    ArrayArgument array;
    std::string text;
  };
  enum class Form { kColumns, kDense, kCsr };

  void Prepare();
  void SetFeatures(ProxyHandle proxy, char const* field, bind::Texts& texts);

  Form form_ = Form::kColumns;
  InColumns columns_;
  InArray dense_;
  InSparse csr_;
  std::vector<Info> info_;
  bind::Texts names_;
  bind::Texts types_;
  bool prepared_ = false;  // once: a batch of a list is given in each pass
};

/** Batches that all lie in memory: (BatchSource*) */
struct InBatches : Input, xgb::BatchSource {
  static constexpr bool kReadsMemory = true;
  std::vector<std::unique_ptr<BatchArgument>> batches;
  std::size_t at = 0;

  static void Describe(Signature* s) {
    s->params.emplace_back("batches", "readonly NativeBatch[]");
  }
  void Read(Reader& reader);

  void Pin();
  std::tuple<xgb::BatchSource*> Pass() { return {this}; }

  void Rewind() override { at = 0; }
  xgb::Batch* Next() override { return at < batches.size() ? batches[at++].get() : nullptr; }
  bool Renewed() const override { return false; }
};

/** Batches that JavaScript is asked for: (BatchSource*) */
struct InFeed : Input {
  static constexpr bool kReadsMemory = true;
  static constexpr bool kWaits = true;
  std::shared_ptr<Feed> feed;

  static void Describe(Signature* s) { s->params.emplace_back("feed", "FeedHandle"); }
  void Read(Reader& reader);
  std::tuple<xgb::BatchSource*> Pass() { return {feed.get()}; }
};

/**
 * A new matrix of one form, with the files it may keep: (int form, DMatrixHandle*). Without the
 * matrix the files go with the call.
 */
struct MakeFromBatches : bind::Make<XGBDMatrix> {
  int form = 0;
  std::shared_ptr<xgb::CacheFiles> files;

  static void Describe(Signature* s);
  void Read(Reader& reader);
  std::tuple<int, XGBDMatrix**> Pass() { return {form, &raw}; }
  void Own();
};

}  // namespace functions
