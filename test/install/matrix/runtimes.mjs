// Runtimes: every supported line of Node, the oldest that is refused, Bun and Deno.
import { join } from 'node:path';
import { newProject, tools } from './project.mjs';

/** A project into which the machine's npm has installed the package. */
export async function installed(context, options = {}) {
  const project = newProject({ registry: context.registry, ...options });
  const npm = join(tools, 'npm-11', 'bin', 'npm-cli.js');
  await project.run(process.execPath, [npm, 'install', '--ignore-scripts', 'xgboost-gpu']);
  return project;
}

async function everything(start) {
  const { version, kernel } = JSON.parse(await start('app.mjs'));
  await start('required.cjs');
  await start('workers.mjs');
  await start('predict.mjs');
  return `libxgboost ${version}, engine ${kernel}`;
}

async function node(line, context) {
  const project = await installed(context, { node: context.nodes[line] });
  try {
    const version = (await project.runNode(['--version'])).trim();
    return `${version}: ${await everything((file) => project.runNode([file]))}`;
  } finally {
    project.dispose();
  }
}

/** Node before `require` took ES modules: what still works, and whose error the rest is. */
async function oldNode(context) {
  const project = await installed(context, { node: context.nodes.old });
  try {
    const version = (await project.runNode(['--version'])).trim();
    const { arrow } = JSON.parse(await project.runNode(['app.mjs']));
    if (!arrow.includes('setArrow')) throw new Error(`Arrow: ${arrow}`);
    await project.runNode(['required.cjs']);
    return `${version}: import and require() work, Arrow results of an import after setArrow()`;
  } finally {
    project.dispose();
  }
}

async function bun(context) {
  const project = await installed(context);
  const program = join(tools, '@oven', 'bun-linux-x64', 'bin', 'bun');
  try {
    const version = (await project.run(program, ['--version'])).trim();
    return `Bun ${version}: ${await everything((file) => project.run(program, ['run', '--bun', file]))}`;
  } finally {
    project.dispose();
  }
}

async function deno(context) {
  const project = await installed(context);
  const program = join(tools, '@deno', 'linux-x64-glibc', 'deno');
  const permissions = ['--allow-ffi', '--allow-read', '--allow-env', '--allow-sys'];
  try {
    const version = (await project.run(program, ['--version'])).split('\n')[0];
    const start = (file) => project.run(program, ['run', '--no-prompt', '--quiet', ...permissions, file]);
    return `${version}: ${await everything(start)}`;
  } finally {
    project.dispose();
  }
}

export const conditions = [
  ['Node 20', 'import, require, worker_threads, predict', (context) => node('own', context)],
  ['Node 22', 'import, require, worker_threads, predict', (context) => node('22', context)],
  ['Node 24', 'import, require, worker_threads, predict', (context) => node('24', context)],
  ['Node below the floor', 'import, require', oldNode],
  ['Bun', 'import, require, worker_threads, predict', bun],
  ['Deno', 'import, require, worker_threads, predict; ffi, read, env, sys allowed', deno],
];
