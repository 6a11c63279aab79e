// Configuration files for tests, in a folder of their own that goes with the test.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for files; `using` removes it. */
export class Files implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'xgboost-gpu-config-'));

  /** Writes a file and answers its path. */
  write(content: string | Uint8Array, name = 'config.yaml'): string {
    const path = this.path(name);
    writeFileSync(path, content);
    return path;
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The message of what `action` throws, with `path` written as `FILE`. */
export function messageOf(action: () => unknown, path = ''): string {
  try {
    action();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return path === '' ? text : text.replaceAll(path, 'FILE');
  }
  return 'nothing was thrown';
}
