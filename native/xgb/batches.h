// Matrices from batches: libxgboost asks for one batch after the other, several times over.
#pragma once

#include <string>

#include "xgb/c_api.h"
#include "xgb/digest.h"

namespace xgb {

/** One batch. */
class Batch {
 public:
  virtual ~Batch() = default;
  /** Copies and checks what has to be, and points `proxy` at the rest, which must stay where it is
   * until the next batch is asked for. */
  virtual void Give(ProxyHandle proxy) = 0;
  /** What it holds, after Give. */
  virtual BatchPrint Print() const = 0;
};

/** Batches in an order that is the same in each pass. Used by the thread that builds the matrix. */
class BatchSource {
 public:
  virtual ~BatchSource() = default;
  virtual void Rewind() = 0;
  /** The next batch, or null after the last. May wait, and throw a Failure. */
  virtual Batch* Next() = 0;
  /** Whether the data comes anew in each pass, so that it could be other data. */
  virtual bool Renewed() const = 0;
};

/** Kinds of matrices that are made from batches; the numbers are those of
 * lib/matrix/batches/build.ts.
 */
enum class BatchForm : int { kExternal = 0, kQuantile = 1, kExternalQuantile = 2 };

/**
 * Builds a matrix. `ref` may be null, and is for the quantile forms only.
 *
 * libxgboost trusts that each pass brings the same data: it sizes its memory in the first pass and
 * fills it in a later one. So a source that renews its data is compared with its first pass, batch
 * by batch, before libxgboost sees it.
 */
int CreateFromBatches(BatchSource* source, DMatrixHandle ref, char const* config, int form,
                      DMatrixHandle* out);

}  // namespace xgb
