// Bundlers: the package left outside the bundle, as its page says, and bundled in spite of that.
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { documented, tools } from './project.mjs';
import { installed } from './runtimes.mjs';

const require = createRequire(join(tools, 'package.json'));

async function esbuild(project, format, external) {
  const { build } = require('esbuild');
  const outfile = join(project.root, `bundle/app.${format === 'esm' ? 'mjs' : 'cjs'}`);
  await build({
    entryPoints: [join(project.root, 'app.mjs')],
    absWorkingDir: project.root,
    bundle: true,
    platform: 'node',
    format,
    external: external ? ['xgboost-gpu'] : [],
    outfile,
    logLevel: 'silent',
  });
  return outfile;
}

async function rollup(project, format) {
  const { rollup: open } = require('rollup');
  const bundle = await open({ input: join(project.root, 'app.mjs'), external: [/^xgboost-gpu/] });
  const file = join(project.root, `bundle/app.${format === 'es' ? 'mjs' : 'cjs'}`);
  await bundle.write({ file, format });
  await bundle.close();
  return file;
}

async function webpack(project, format, external) {
  const compile = require('webpack');
  const modules = format === 'esm';
  const filename = `app.${modules ? 'mjs' : 'cjs'}`;
  const config = documented('webpack.config.mjs');
  project.write('webpack.config.mjs', modules ? config.replace('node-commonjs', 'module') : config);
  const { default: settings } = await import(pathToFileURL(join(project.root, 'webpack.config.mjs')).href);
  const compiler = compile({
    ...settings,
    ...(external ? {} : { externals: [] }),
    mode: 'production',
    context: project.root,
    entry: './app.mjs',
    output: { path: join(project.root, 'bundle'), filename, module: modules },
    experiments: { outputModule: modules },
  });
  const stats = await new Promise((resolve, reject) =>
    compiler.run((error, result) => (error ? reject(error) : resolve(result))),
  );
  if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));
  return join(project.root, 'bundle', filename);
}

async function bundled(context, bundle) {
  const project = await installed(context);
  try {
    const file = await bundle(project);
    const { version } = JSON.parse(await project.runNode([file]));
    return `the bundle runs; libxgboost ${version}`;
  } finally {
    project.dispose();
  }
}

/** The bundle is taken elsewhere and the package is not: the error must say what to do. */
async function bundledAlone(context) {
  const project = await installed(context);
  try {
    const file = await esbuild(project, 'esm', false);
    rmSync(join(project.root, 'node_modules'), { recursive: true });
    const { output } = await project.runNode([file]).catch((error) => error);
    if (!output?.includes('--external:xgboost-gpu')) throw new Error(`no way out in: ${output}`);
    return 'LibraryError that says how to keep it out of the bundle';
  } finally {
    project.dispose();
  }
}

const left = (tool, format, bundle) => [
  tool,
  `${format}, package external`,
  (context) => bundled(context, bundle),
];
const swallowed = (tool, format, bundle) => [
  tool,
  `${format}, package bundled`,
  (context) => bundled(context, bundle),
];

export const conditions = [
  left('esbuild', 'ESM', (project) => esbuild(project, 'esm', true)),
  left('esbuild', 'CommonJS', (project) => esbuild(project, 'cjs', true)),
  swallowed('esbuild', 'ESM', (project) => esbuild(project, 'esm', false)),
  swallowed('esbuild', 'CommonJS', (project) => esbuild(project, 'cjs', false)),
  ['esbuild', 'ESM, package bundled and not installed', bundledAlone],
  left('webpack', 'ESM', (project) => webpack(project, 'esm', true)),
  left('webpack', 'CommonJS', (project) => webpack(project, 'cjs', true)),
  swallowed('webpack', 'ESM', (project) => webpack(project, 'esm', false)),
  left('Rollup', 'ESM', (project) => rollup(project, 'es')),
  left('Rollup', 'CommonJS', (project) => rollup(project, 'cjs')),
];
