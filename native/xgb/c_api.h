// The functions of libxgboost's C API that this project calls, with a handle type for each kind of
// object.
//
// Upstream declares every handle as void*, so a swapped booster and matrix would compile without a
// word; here it does not. `native/check/` compares each declaration with the pinned upstream header
// at compile time. In the order of that header.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

typedef std::uint64_t bst_ulong;
typedef struct XGBDMatrix* DMatrixHandle;
typedef struct XGBBooster* BoosterHandle;
typedef struct XGBCategories* CategoriesHandle;
typedef struct XGBTracker* TrackerHandle;
/** A matrix that only points at data. Taking one where a matrix is meant, or the reverse, is
 * undefined upstream. */
typedef struct XGBProxy* ProxyHandle;
/** Whatever the callbacks of an iterator are given. */
typedef void* DataIterHandle;
typedef void DataIterResetCallback(DataIterHandle);
typedef int XGDMatrixCallbackNext(DataIterHandle);

void XGBoostVersion(int*, int*, int*);
int XGBuildInfo(char const**);
char const* XGBGetLastError();
int XGBRegisterLogCallback(void (*)(char const*));
int XGBSetGlobalConfig(char const*);
int XGBGetGlobalConfig(char const**);

int XGDMatrixCreateFromColumnar(char const*, char const*, DMatrixHandle*);
int XGDMatrixCreateFromCSR(char const*, char const*, char const*, bst_ulong, char const*,
                           DMatrixHandle*);
int XGDMatrixCreateFromDense(char const*, char const*, DMatrixHandle*);
int XGDMatrixCreateFromCSC(char const*, char const*, char const*, bst_ulong, char const*,
                           DMatrixHandle*);
int XGDMatrixCreateFromMat(float const*, bst_ulong, bst_ulong, float, DMatrixHandle*);
int XGDMatrixCreateFromMat_omp(float const*, bst_ulong, bst_ulong, float, DMatrixHandle*, int);
int XGProxyDMatrixCreate(ProxyHandle*);
int XGDMatrixCreateFromCallback(DataIterHandle, ProxyHandle, DataIterResetCallback*,
                                XGDMatrixCallbackNext*, char const*, DMatrixHandle*);
int XGQuantileDMatrixCreateFromCallback(DataIterHandle, ProxyHandle, DMatrixHandle,
                                        DataIterResetCallback*, XGDMatrixCallbackNext*, char const*,
                                        DMatrixHandle*);
int XGExtMemQuantileDMatrixCreateFromCallback(DataIterHandle, ProxyHandle, DMatrixHandle,
                                              DataIterResetCallback*, XGDMatrixCallbackNext*,
                                              char const*, DMatrixHandle*);
int XGProxyDMatrixSetDataColumnar(ProxyHandle, char const*);
int XGProxyDMatrixSetDataDense(ProxyHandle, char const*);
int XGProxyDMatrixSetDataCSR(ProxyHandle, char const*, char const*, char const*, bst_ulong);
int XGDMatrixSliceDMatrixEx(DMatrixHandle, int const*, bst_ulong, DMatrixHandle*, int);
int XGDMatrixFree(DMatrixHandle);
int XGDMatrixSetInfoFromInterface(DMatrixHandle, char const*, char const*);
int XGDMatrixSetFloatInfo(DMatrixHandle, char const*, float const*, bst_ulong);
int XGDMatrixSetStrFeatureInfo(DMatrixHandle, char const*, char const**, bst_ulong);
int XGDMatrixGetStrFeatureInfo(DMatrixHandle, char const*, bst_ulong*, char const***);
int XGDMatrixGetCategories(DMatrixHandle, char const*, CategoriesHandle*);
int XGDMatrixGetCategoriesExportToArrow(DMatrixHandle, char const*, CategoriesHandle*,
                                        char const**);
int XGBCategoriesFree(CategoriesHandle);
int XGDMatrixGetInfoRef(DMatrixHandle, char const*, char const**);
int XGDMatrixGetFloatInfo(DMatrixHandle, char const*, bst_ulong*, float const**);
int XGDMatrixGetUIntInfo(DMatrixHandle, char const*, bst_ulong*, unsigned const**);
int XGDMatrixNumRow(DMatrixHandle, bst_ulong*);
int XGDMatrixNumCol(DMatrixHandle, bst_ulong*);
int XGDMatrixNumNonMissing(DMatrixHandle, bst_ulong*);
int XGDMatrixDataSplitMode(DMatrixHandle, bst_ulong*);
int XGDMatrixGetDataAsCSR(DMatrixHandle, char const*, bst_ulong*, unsigned*, float*);
int XGDMatrixGetQuantileCut(DMatrixHandle, char const*, char const**, char const**);

int XGBoosterCreate(DMatrixHandle const*, bst_ulong, BoosterHandle*);
int XGBoosterFree(BoosterHandle);
int XGBoosterReset(BoosterHandle);
int XGBoosterSlice(BoosterHandle, int, int, int, BoosterHandle*);
int XGBoosterBoostedRounds(BoosterHandle, int*);
int XGBoosterSetParam(BoosterHandle, char const*, char const*);
int XGBoosterGetNumFeature(BoosterHandle, bst_ulong*);
int XGBoosterUpdateOneIter(BoosterHandle, int, DMatrixHandle);
int XGBoosterTrainOneIter(BoosterHandle, DMatrixHandle, int, char const*, char const*);
int XGBoosterEvalOneIter(BoosterHandle, int, DMatrixHandle*, char const**, bst_ulong, char const**);
int XGBoosterPredictFromDMatrix(BoosterHandle, DMatrixHandle, char const*, bst_ulong const**,
                                bst_ulong*, float const**);
int XGBoosterPredictFromDense(BoosterHandle, char const*, char const*, ProxyHandle,
                              bst_ulong const**, bst_ulong*, float const**);
int XGBoosterPredictFromColumnar(BoosterHandle, char const*, char const*, ProxyHandle,
                                 bst_ulong const**, bst_ulong*, float const**);
int XGBoosterPredictFromCSR(BoosterHandle, char const*, char const*, char const*, bst_ulong,
                            char const*, ProxyHandle, bst_ulong const**, bst_ulong*, float const**);
int XGBoosterLoadModelFromBuffer(BoosterHandle, void const*, bst_ulong);
int XGBoosterSaveModelToBuffer(BoosterHandle, char const*, bst_ulong*, char const**);
int XGBoosterSerializeToBuffer(BoosterHandle, bst_ulong*, char const**);
int XGBoosterUnserializeFromBuffer(BoosterHandle, void const*, bst_ulong);
int XGBoosterSaveJsonConfig(BoosterHandle, bst_ulong*, char const**);
int XGBoosterLoadJsonConfig(BoosterHandle, char const*);
int XGBoosterDumpModel(BoosterHandle, char const*, int, bst_ulong*, char const***);
int XGBoosterDumpModelEx(BoosterHandle, char const*, int, char const*, bst_ulong*, char const***);
int XGBoosterDumpModelWithFeatures(BoosterHandle, int, char const**, char const**, int, bst_ulong*,
                                   char const***);
int XGBoosterDumpModelExWithFeatures(BoosterHandle, int, char const**, char const**, int,
                                     char const*, bst_ulong*, char const***);
int XGBoosterGetCategories(BoosterHandle, char const*, CategoriesHandle*);
int XGBoosterGetCategoriesExportToArrow(BoosterHandle, char const*, CategoriesHandle*,
                                        char const**);
int XGBoosterGetAttr(BoosterHandle, char const*, char const**, int*);
int XGBoosterSetAttr(BoosterHandle, char const*, char const*);
int XGBoosterGetAttrNames(BoosterHandle, bst_ulong*, char const***);
int XGBoosterSetStrFeatureInfo(BoosterHandle, char const*, char const**, bst_ulong);
int XGBoosterGetStrFeatureInfo(BoosterHandle, char const*, bst_ulong*, char const***);
int XGBoosterFeatureScore(BoosterHandle, char const*, bst_ulong*, char const***, bst_ulong*,
                          bst_ulong const**, float const**);

int XGTrackerCreate(char const*, TrackerHandle*);
int XGTrackerWorkerArgs(TrackerHandle, char const**);
int XGTrackerRun(TrackerHandle, char const*);
int XGTrackerWaitFor(TrackerHandle, char const*);
int XGTrackerFree(TrackerHandle);
int XGCommunicatorInit(char const*);
int XGCommunicatorFinalize();
int XGCommunicatorGetRank();
int XGCommunicatorGetWorldSize();
int XGCommunicatorIsDistributed();
int XGCommunicatorPrint(char const*);
int XGCommunicatorGetProcessorName(char const**);
int XGCommunicatorBroadcast(void*, std::size_t, int);
int XGCommunicatorAllreduce(void*, std::size_t, int, int);

}  // extern "C"
