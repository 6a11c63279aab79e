#include "xgb/batches.h"

#include <exception>
#include <memory>
#include <new>
#include <optional>

#include "failure.h"
#include "xgb/calls.h"
#include "xgb/library.h"

namespace xgb {
namespace {

struct FreeProxy {
  void operator()(ProxyHandle proxy) const {
    XGB_FUNCTION(XGDMatrixFree)(reinterpret_cast<DMatrixHandle>(proxy));
  }
};

/** What the callbacks share. An exception must not pass through libxgboost, so the first one is
 * kept here, the iteration ends, and the caller throws it. */
struct Iteration {
  BatchSource* source;
  std::unique_ptr<XGBProxy, FreeProxy> proxy;
  PassComparison passes;
  std::optional<Failure> failure;

  template <class Work>
  int Guard(Work&& work) noexcept {
    if (failure) return 0;
    try {
      return work();
    } catch (Failure const& error) {
      failure = error;
    } catch (std::bad_alloc const&) {
      failure = Failure{FailureKind::kMemory, "out of memory", "a batch"};
    } catch (std::exception const& error) {
      failure = Failure{FailureKind::kXGBoost, error.what(), "a batch"};
    } catch (...) {
      failure = Failure{FailureKind::kXGBoost, "an unknown native exception", "a batch"};
    }
    return 0;
  }
};

void OnReset(DataIterHandle raw) {
  auto& iteration = *static_cast<Iteration*>(raw);
  iteration.Guard([&] {
    iteration.source->Rewind();
    iteration.passes.Rewind();
    return 0;
  });
}

int OnNext(DataIterHandle raw) {
  auto& iteration = *static_cast<Iteration*>(raw);
  return iteration.Guard([&] {
    Batch* const batch = iteration.source->Next();
    bool const renewed = iteration.source->Renewed();
    if (batch == nullptr) {
      if (renewed) iteration.passes.End();
      return 0;
    }
    batch->Give(iteration.proxy.get());
    if (renewed) iteration.passes.Batch(batch->Print());
    return 1;
  });
}

int Create(Iteration* iteration, DMatrixHandle ref, char const* config, BatchForm form,
           DMatrixHandle* out) {
  auto const proxy = iteration->proxy.get();
  switch (form) {
    case BatchForm::kExternal:
      return XGB_FUNCTION(XGDMatrixCreateFromCallback)(iteration, proxy, &OnReset, &OnNext, config,
                                                       out);
    case BatchForm::kQuantile:
      return XGB_FUNCTION(XGQuantileDMatrixCreateFromCallback)(iteration, proxy, ref, &OnReset,
                                                               &OnNext, config, out);
    case BatchForm::kExternalQuantile:
      return XGB_FUNCTION(XGExtMemQuantileDMatrixCreateFromCallback)(
          iteration, proxy, ref, &OnReset, &OnNext, config, out);
  }
  throw Failure{FailureKind::kType, "createFromBatches: unknown form"};
}

}  // namespace

int CreateFromBatches(BatchSource* source, DMatrixHandle ref, char const* config, int form,
                      DMatrixHandle* out) {
  ProxyHandle raw = nullptr;
  Check(XGB_FUNCTION(XGProxyDMatrixCreate)(&raw), "XGProxyDMatrixCreate");
  Iteration iteration{source, std::unique_ptr<XGBProxy, FreeProxy>{raw}, {}, {}};
  DMatrixHandle made = nullptr;
  int const status = Create(&iteration, ref, config, static_cast<BatchForm>(form), &made);
  if (iteration.failure) {
    if (status == 0 && made != nullptr) XGB_FUNCTION(XGDMatrixFree)(made);
    throw *iteration.failure;
  }
  Check(status, "XGDMatrixCreateFromCallback");
  *out = made;
  return 0;
}

}  // namespace xgb
