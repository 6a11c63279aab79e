// Rows about the library around the models: configuration, logs, several machines.
import { type Section, tested } from './row.js';

const ONE_PROCESS = 'one process trains on one machine and at most one GPU in this version';

export const environment: Section = {
  title: 'Library and environment',
  rows: [
    {
      feature: 'Global configuration, for a while or for good',
      python: 'yes',
      r: 'yes',
      here: '`setConfig()`, `getConfig()`, `withConfig()`',
      proof: [tested('upstream/config', 'holds inside withConfig alone, also when that fails')],
    },
    {
      feature: 'Version and build information',
      python: 'yes',
      r: 'no',
      here: '`buildInfo()`; `xgboost-gpu doctor`',
      proof: [
        tested('upstream/config', 'the build tells its version and its parts'),
        tested('cli/commands', 'finds this machine ready, and trains to prove it'),
      ],
    },
    {
      feature: 'Log callback',
      python: 'yes',
      r: 'partly: the console of R',
      here: '`onLog((level, message) => …)`',
      proof: [tested('upstream/config', 'what libxgboost says comes with its level')],
    },
    {
      feature: 'Memory pool of CUDA, RMM',
      python: 'yes',
      r: 'yes',
      here: '`setConfig({ use_cuda_async_pool: true })` with a GPU; the wheel is built without RMM',
      proof: [tested('upstream/config', 'the build tells its version and its parts')],
    },
    {
      feature: 'Tracker, communicator, collectives; several GPUs by NCCL',
      python: 'yes',
      r: 'no',
      here: 'one process for each model; `strategy: single-gpu`',
      leftOut: ONE_PROCESS,
      proof: [tested('config/resolve', 'is not supported where a later version will support it')],
    },
    {
      feature: 'Dask, PySpark',
      python: 'yes',
      r: 'no',
      here: 'one process for each model',
      leftOut: ONE_PROCESS,
      proof: [tested('config/resolve', 'is not supported where a later version will support it')],
    },
    {
      feature: 'Federated learning',
      python: 'partly: not in the wheels',
      r: 'no',
      here: 'nothing',
      leftOut: 'no build of XGBoost that can be installed has it, and the next one removes it',
      proof: [tested('upstream/config', 'the build tells its version and its parts')],
    },
  ],
};
