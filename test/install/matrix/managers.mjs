// Package managers: a plain install; the CPU library in place of the default one; an install without optional packages.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { newProject, tools } from './project.mjs';

const cudaPackage = '@xgboost-gpu/libxgboost-linux-x64-cuda';

function npm(alias) {
  const program = join(tools, alias, 'bin', 'npm-cli.js');
  return {
    install: ['install', '--ignore-scripts'],
    adds: 'npm install',
    withoutOptional: '--omit=optional',
    program: () => program,
    swap: (project, overrides) => project.writeManifest({ overrides }),
  };
}

function pnpm(alias, file) {
  const program = join(tools, alias, 'bin', file);
  return {
    install: ['add', '--ignore-scripts'],
    adds: 'pnpm add',
    withoutOptional: '--no-optional',
    program: () => program,
    swap: (project, overrides) =>
      project.write('pnpm-workspace.yaml', `overrides: ${JSON.stringify(overrides)}\n`),
  };
}

function yarnClassic() {
  const program = join(tools, 'yarn-1', 'bin', 'yarn.js');
  return {
    install: ['add', '--ignore-scripts'],
    adds: 'yarn add',
    withoutOptional: '--ignore-optional',
    program: () => program,
    swap: (project, resolutions) => project.writeManifest({ resolutions }),
  };
}

function yarn(linker) {
  const program = join(tools, '@yarnpkg', 'cli-dist', 'bin', 'yarn.js');
  return {
    install: ['add'],
    program: () => program,
    prepare: (project, registry) => {
      const settings = [
        `nodeLinker: ${linker}`,
        `npmRegistryServer: '${registry}'`,
        'unsafeHttpWhitelist: ["127.0.0.1"]',
        'enableTelemetry: false',
        'enableScripts: false',
        'enableImmutableInstalls: false',
        'npmMinimalAgeGate: 0',
      ];
      project.write('.yarnrc.yml', `${settings.join('\n')}\n`);
      project.write('yarn.lock', '');
    },
    swap: (project, resolutions) => project.writeManifest({ resolutions }),
    // Under Plug'n'Play there is no node_modules: Yarn's own `node` finds the packages.
    archives: linker === 'pnp',
    start: linker === 'pnp' ? (project, file) => project.runNode([program, 'node', file]) : undefined,
  };
}

function bun() {
  const program = join(tools, '@oven', 'bun-linux-x64', 'bin', 'bun');
  return {
    native: true,
    install: ['add', '--ignore-scripts'],
    adds: 'bun add',
    withoutOptional: '--omit=optional',
    program: () => program,
    swap: (project, overrides) => project.writeManifest({ overrides }),
  };
}

/** A manager and the version of Node it runs on, where the machine's own is too old for it. */
const managers = {
  'npm 10': npm('npm-10'),
  'npm 11': npm('npm-11'),
  'npm 12 (Node 24)': { ...npm('npm-12'), node: '24' },
  'pnpm 10': pnpm('pnpm-10', 'pnpm.cjs'),
  'pnpm 12 (Node 24)': { ...pnpm('pnpm-12', 'pnpm.mjs'), node: '24' },
  'Yarn 1': yarnClassic(),
  'Yarn 4, node_modules': yarn('node-modules'),
  "Yarn 4, Plug'n'Play": yarn('pnp'),
  Bun: bun(),
};

async function install(manager, context, { swapped = false, packages = ['xgboost-gpu'], flags = [] } = {}) {
  const project = newProject({ registry: context.registry, node: context.nodes[manager.node ?? 'own'] });
  manager.prepare?.(project, context.registry);
  if (swapped) {
    const cpu = cudaPackage.replace(/-cuda$/, '');
    manager.swap(project, { [cudaPackage]: `npm:${cpu}@${context.xgboostVersion}` });
  }
  const args = [...manager.install, ...packages, ...flags];
  if (manager.native) await project.run(manager.program(), args);
  else await project.runNode([manager.program(), ...args]);
  return project;
}

const start = (manager, project, file) =>
  manager.start === undefined ? project.runNode([file]) : manager.start(project, file);

async function plain(manager, context) {
  const project = await install(manager, context, { packages: ['xgboost-gpu', 'apache-arrow'] });
  try {
    const app = JSON.parse(await start(manager, project, 'app.mjs'));
    await start(manager, project, 'required.cjs');
    await start(manager, project, 'workers.mjs');
    await start(manager, project, 'arrow.mjs');
    if (!app.cuda) throw new Error('the library with CUDA was to be installed');
    const arrow = manager.archives ? /setArrow/ : /1000 rows/;
    if (!arrow.test(app.arrow)) throw new Error(`Arrow: ${app.arrow}`);
    return `trains and predicts, in workers too; libxgboost ${app.version} with CUDA${manager.archives ? '; Arrow results after setArrow()' : ''}`;
  } finally {
    project.dispose();
  }
}

async function cpuOnly(manager, context) {
  const project = await install(manager, context, { swapped: true });
  try {
    const app = JSON.parse(await start(manager, project, 'app.mjs'));
    if (app.cuda) throw new Error('the library without CUDA was to be installed');
    return `libxgboost ${app.version} without CUDA`;
  } finally {
    project.dispose();
  }
}

async function predictOnly(manager, context) {
  const project = await install(manager, context, { flags: [manager.withoutOptional] });
  try {
    if (existsSync(join(project.root, 'node_modules', cudaPackage)))
      throw new Error('the library was installed');
    await start(manager, project, 'predict.mjs');
    const failure = await start(manager, project, 'app.mjs').catch((error) => error);
    const line = `${manager.adds} ${cudaPackage}@${context.xgboostVersion}`;
    if (!String(failure.output).includes(line))
      throw new Error(`no line to install it in: ${failure.output}`);
    return 'predicts; training names the package to install';
  } finally {
    project.dispose();
  }
}

/** The rows of the table: [subject, condition, what is done]. */
export const conditions = Object.entries(managers).flatMap(([name, manager]) => [
  [name, 'install, import, require, worker_threads, Arrow', (context) => plain(manager, context)],
  [name, 'CPU library by override', (context) => cpuOnly(manager, context)],
  ...(manager.withoutOptional === undefined
    ? []
    : [[name, 'without optional packages', (context) => predictOnly(manager, context)]]),
]);
