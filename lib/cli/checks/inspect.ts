// All checks of the doctor, one after the other. Each stands for itself where it can, so that one look shows everything
// that is wrong.
import { readMachine } from '../../native/machine.js';
import { packageVersion } from '../../native/package.js';
import type { Check } from './check.js';
import { gpuReport } from './gpu.js';
import { libraryReport } from './library.js';
import { filesCheck, nodeCheck, platformCheck } from './machine.js';
import { addonChecks, trainingCheck } from './work.js';

export interface Diagnosis {
  /** Of this package. */
  readonly version: string;
  readonly checks: readonly Check[];
  /** One line. */
  readonly verdict: string;
  readonly healthy: boolean;
}

function judge(checks: readonly Check[], gpu: boolean): Pick<Diagnosis, 'verdict' | 'healthy'> {
  const failed = checks.filter((check) => check.state === 'failed').map(({ name }) => name);
  if (failed.length === 0) return { verdict: gpu ? 'ready: GPU and CPU' : 'ready: CPU only', healthy: true };
  const predicts = checks.some(({ name, state }) => name === 'prediction' && state === 'ok');
  const trains = checks.some(({ name, state }) => name === 'cpu training' && state === 'ok');
  const rest = predicts && !trains ? '; xgboost-gpu/predict works' : '';
  return { verdict: `not ready: ${failed.join(', ')} failed${rest}`, healthy: false };
}

export async function inspectMachine(): Promise<Diagnosis> {
  const machine = readMachine();
  const checks: Check[] = [nodeCheck(), platformCheck(machine), ...(await addonChecks())];
  const library = await libraryReport(machine);
  checks.push(...library.checks, filesCheck());
  let gpu = false;
  if (library.info !== undefined) {
    const report = gpuReport();
    gpu = report.usable;
    checks.push(...report.checks, await trainingCheck('cpu'));
    if (gpu) checks.push(await trainingCheck('cuda'));
  }
  return { version: packageVersion(), checks, ...judge(checks, gpu) };
}
