// The interpreter of the Python package's environment, which is made if need be.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export function oracle() {
  const script = fileURLToPath(new URL('../test/parity/oracle.mjs', import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error('the Python environment could not be made; its message stands above');
  return stdout.toString().trim();
}
