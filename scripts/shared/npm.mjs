// Starts npm: the one that runs this script, else the one on the PATH.
import { run } from './run.mjs';

export function npm(args, options) {
  const cli = process.env.npm_execpath;
  const [command, first] = cli?.endsWith('npm-cli.js') ? [process.execPath, [cli]] : ['npm', []];
  return run(command, [...first, ...args], options);
}
