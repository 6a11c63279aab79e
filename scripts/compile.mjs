// Compiles lib/ to dist/: one declaration file for each source, and the code in a few files. An import of the package
// would otherwise read a hundred small ones, which takes three times as long. Nothing is renamed or shortened.
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import ts from 'typescript';
import { isProgram, main, root, run, StepError } from './shared/run.mjs';

const lib = join(root, 'lib');
const dist = join(root, 'dist');
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

/** Files that are imported or started by name; what they share is in dist/parts/, so each class is there once. */
const entries = {
  index: join(lib, 'index.ts'),
  predict: join(lib, 'predict.ts'),
  'cli/main': join(lib, 'cli', 'main.ts'),
};

function declareTypes() {
  if (run(process.execPath, [compiler, '--project', 'tsconfig.build.json']).ok) return;
  throw new StepError('The TypeScript sources did not compile; the errors are above.');
}

/** Each source as TypeScript itself writes it: rolldown would want a package of helpers for `using`. */
function typeScript() {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  // One file alone does not tell whether it is a module of ES or of CommonJS.
  const settings = { ...config.compilerOptions, module: 'ESNext', moduleResolution: 'Bundler' };
  const { options: compilerOptions } = ts.convertCompilerOptionsFromJson(settings, root);
  return {
    name: 'typescript',
    transform: {
      filter: { id: /[.]ts$/ },
      handler: (code, fileName) => ({
        code: ts.transpileModule(code, { fileName, compilerOptions }).outputText,
        moduleType: 'js',
      }),
    },
  };
}

/** What a user's installation has. Any other package that lib/ imports becomes part of the code. */
function installedPackages() {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
}

/** A part lies as deep below the package as its sources do. */
async function bundleCode() {
  const bundle = await rolldown({
    input: entries,
    external: installedPackages(),
    platform: 'node',
    // Its modules of ES: those of CommonJS need a `require`, which a bundle of a user's may not have.
    resolve: { alias: { yaml: join(root, 'node_modules', 'yaml', 'browser', 'index.js') } },
    plugins: [typeScript()],
    onLog: (level, { message }) => {
      if (level === 'warn') throw new StepError(`rolldown: ${message}`);
    },
  });
  const { output } = await bundle.write({
    dir: dist,
    entryFileNames: '[name].js',
    chunkFileNames: 'parts/[name].js',
  });
  return output;
}

/** Code of others goes with its licence. */
function copyLicences(output) {
  const modules = output.flatMap(({ moduleIds }) => moduleIds);
  const names = modules.flatMap(
    (id) => /[\\/]node_modules[\\/]([^@\\/]+|@.+?[\\/].+?)[\\/]/.exec(id)?.[1] ?? [],
  );
  for (const name of new Set(names)) {
    const licence = readdirSync(join(root, 'node_modules', name)).find((file) => /^licen[cs]e/i.test(file));
    if (licence === undefined) throw new StepError(`${name} has no licence that could go with its code.`);
    cpSync(join(root, 'node_modules', name, licence), join(dist, 'licenses', `${name}.txt`));
  }
}

/** Removes code of an earlier compilation whose name is no longer in use. */
function removeStale(output) {
  const written = new Set(output.map(({ fileName }) => join(dist, fileName)));
  for (const name of readdirSync(dist, { recursive: true })) {
    const path = join(dist, name);
    if (name.endsWith('.js') && !written.has(path)) rmSync(path);
  }
}

export async function compile() {
  declareTypes();
  const output = await bundleCode();
  copyLicences(output);
  removeStale(output);
}

if (isProgram(import.meta.url)) await main(compile);
