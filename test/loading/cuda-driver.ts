// A driver for GPUs that are not there: a libcuda.so.1 that answers what a test wants.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { compileShared } from './compiler.js';

export interface FakeDriver {
  /** 13000 is CUDA 13.0. */
  readonly version: number;
  /** What starting the driver answers; 0 is success. */
  readonly status?: number;
  readonly gpus?: readonly { readonly name: string; readonly major: number; readonly minor: number }[];
}

function source({ version, status = 0, gpus = [] }: FakeDriver): string {
  const rows = gpus.map(({ name, major, minor }) => `{ "${name}", ${major}, ${minor} }`).join(', ');
  return `
    #include <string.h>
    static const struct { const char* name; int major, minor; } gpus[] = { ${rows}${rows === '' ? '' : ', '}{ "", 0, 0 } };
    int cuDriverGetVersion(int* out) { *out = ${version}; return 0; }
    int cuInit(unsigned flags) { return ${status}; }
    int cuDeviceGetCount(int* out) { *out = ${gpus.length}; return 0; }
    int cuDeviceGet(int* out, int ordinal) { *out = ordinal; return 0; }
    int cuDeviceGetName(char* out, int size, int device) { strncpy(out, gpus[device].name, size); return 0; }
    int cuDeviceGetAttribute(int* out, int what, int device) {
      *out = what == 75 ? gpus[device].major : gpus[device].minor;
      return 0;
    }
    int cuDeviceTotalMem_v2(size_t* out, int device) { *out = (size_t)16 << 30; return 0; }
    int cuGetErrorString(int status, const char** out) { *out = "no CUDA-capable device is detected"; return 0; }`;
}

/** The environment in which a process finds that driver and no other. */
export function fakeDriver(folder: string, driver: FakeDriver): Record<string, string> {
  const place = join(folder, 'driver');
  mkdirSync(place, { recursive: true });
  compileShared(join(place, 'libcuda.so.1'), source(driver));
  return { LD_LIBRARY_PATH: place };
}
