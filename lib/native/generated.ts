// Generated from the addon by `npm run native-types`: one method per row of native/functions/. Do not edit.
import type {
  BoosterHandle,
  DMatrixHandle,
  FeedHandle,
  ForestHandle,
  NativeArray,
  NativeBatch,
  NativeCategories,
  NativeColumn,
  NativeCsr,
  NativeForestFacts,
  NativeForestOptions,
  NativeForestOutput,
  NativeInfo,
  NativeTable,
  NativeTensor,
  NumericTypedArray,
  TrackerHandle,
} from './handles.js';

/** Every function of the addon on libxgboost, in its synchronous form. */
export interface Sync {
  XGBoostVersion(): [number, number, number];
  XGBuildInfo(): string;
  XGBGetGlobalConfig(): string;
  cudaDevices(): string;
  XGDMatrixCreateFromColumnar(columns: readonly NativeColumn[], text: string): DMatrixHandle;
  XGDMatrixCreateFromCSR(matrix: NativeCsr, text: string): DMatrixHandle;
  XGDMatrixCreateFromDense(array: NativeArray, text: string): DMatrixHandle;
  XGDMatrixCreateFromCSC(matrix: NativeCsr, text: string): DMatrixHandle;
  XGDMatrixSliceDMatrixEx(handle: DMatrixHandle, rows: Int32Array, value: number): DMatrixHandle;
  XGDMatrixSetInfoFromInterface(handle: DMatrixHandle, text: string, array: NativeArray): void;
  XGDMatrixSetStrFeatureInfo(handle: DMatrixHandle, text: string, texts: readonly string[]): void;
  XGDMatrixGetStrFeatureInfo(handle: DMatrixHandle, text: string): string[];
  XGDMatrixGetInfoRef(handle: DMatrixHandle, text: string): NativeInfo;
  XGDMatrixNumRow(handle: DMatrixHandle): number;
  XGDMatrixNumCol(handle: DMatrixHandle): number;
  XGDMatrixNumNonMissing(handle: DMatrixHandle): number;
  XGDMatrixGetQuantileCut(handle: DMatrixHandle, text: string): [NativeInfo, NativeInfo];
  createFromBatches(batches: readonly NativeBatch[], handle: DMatrixHandle | null, text: string, form: number, cachePrefix: string | null, ownFolder: number): DMatrixHandle;
  createFromFeed(feed: FeedHandle, handle: DMatrixHandle | null, text: string, form: number, cachePrefix: string | null, ownFolder: number): DMatrixHandle;
  getDataAsCsr(handle: DMatrixHandle): [indptr: BigUint64Array, indices: Uint32Array, values: Float32Array];
  getCategoriesDMatrix(handle: DMatrixHandle): (NativeCategories | null)[];
  XGBoosterCreate(handles: readonly DMatrixHandle[]): BoosterHandle;
  XGBoosterReset(handle: BoosterHandle): void;
  XGBoosterSlice(handle: BoosterHandle, value: number, value2: number, value3: number): BoosterHandle;
  XGBoosterBoostedRounds(handle: BoosterHandle): number;
  XGBoosterSetParam(handle: BoosterHandle, text: string, text2: string): void;
  XGBoosterGetNumFeature(handle: BoosterHandle): number;
  XGBoosterUpdateOneIter(handle: BoosterHandle, value: number, handle2: DMatrixHandle): void;
  XGBoosterTrainOneIter(handle: BoosterHandle, handle2: DMatrixHandle, value: number, array: NativeArray, array2: NativeArray): void;
  XGBoosterEvalOneIter(handle: BoosterHandle, value: number, handles: readonly DMatrixHandle[], names: readonly string[]): string;
  XGBoosterSaveModelToBuffer(handle: BoosterHandle, text: string): Uint8Array;
  XGBoosterSaveJsonConfig(handle: BoosterHandle): string;
  XGBoosterLoadJsonConfig(handle: BoosterHandle, text: string): void;
  XGBoosterDumpModelEx(handle: BoosterHandle, text: string, value: number, text2: string): string[];
  XGBoosterGetAttr(handle: BoosterHandle, text: string): string | null;
  XGBoosterSetAttr(handle: BoosterHandle, text: string, text2: string | null): void;
  XGBoosterGetAttrNames(handle: BoosterHandle): string[];
  XGBoosterSetStrFeatureInfo(handle: BoosterHandle, text: string, texts: readonly string[]): void;
  XGBoosterGetStrFeatureInfo(handle: BoosterHandle, text: string): string[];
  XGBoosterFeatureScore(handle: BoosterHandle, text: string): [string[], NativeTensor];
  loadModel(handles: readonly DMatrixHandle[], bytes: Uint8Array): BoosterHandle;
  copyBooster(handles: readonly DMatrixHandle[], handle: BoosterHandle): BoosterHandle;
  getCategoriesBooster(handle: BoosterHandle): (NativeCategories | null)[];
  XGBoosterPredictFromDMatrix(handle: BoosterHandle, handle2: DMatrixHandle, text: string): NativeTensor;
  predictFromDense(handle: BoosterHandle, array: NativeArray, text: string, baseMargin: NativeArray | null, value: number): NativeTensor;
  predictFromColumnar(handle: BoosterHandle, columns: readonly NativeColumn[], text: string, baseMargin: NativeArray | null, value: number): NativeTensor;
  predictFromCsr(handle: BoosterHandle, matrix: NativeCsr, text: string, baseMargin: NativeArray | null, value: number): NativeTensor;
  XGTrackerCreate(text: string): TrackerHandle;
  XGTrackerWorkerArgs(handle: TrackerHandle): string;
  XGTrackerRun(handle: TrackerHandle, text: string): void;
  XGTrackerWaitFor(handle: TrackerHandle, text: string): void;
  XGCommunicatorInit(text: string): void;
  XGCommunicatorFinalize(): void;
  XGCommunicatorGetRank(): number;
  XGCommunicatorGetWorldSize(): number;
  XGCommunicatorIsDistributed(): number;
  XGCommunicatorPrint(text: string): void;
  XGCommunicatorGetProcessorName(): string;
  XGCommunicatorBroadcast(bytes: Uint8Array, value: number): Uint8Array;
  XGCommunicatorAllreduce(array: NumericTypedArray, value: number): NumericTypedArray;
}

/** Every function of compiled forests, in its synchronous form. These need no libxgboost. */
export interface ForestSync {
  loadForest(bytes: Uint8Array): ForestHandle;
  forestFacts(forest: ForestHandle): NativeForestFacts;
  forestCategories(forest: ForestHandle): (NativeCategories | null)[];
  predictForest(forest: ForestHandle, table: NativeTable, options: NativeForestOptions): NativeTensor;
  estimateForest(forest: ForestHandle, value: number, output: NativeForestOutput): number;
  probeForest(forest: ForestHandle, value: number, value2: number): NativeTensor;
  shareForest(forest: ForestHandle): string;
  attachForest(text: string): ForestHandle;
}
