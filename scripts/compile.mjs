// Compiles lib/ to dist/: one declaration file for each source, and the code in a few files. An import of the package
// would otherwise read a hundred small ones, which takes three times as long. Nothing is renamed or shortened.
// The code is CommonJS, which `require` takes everywhere, Jest included; `import` comes in through small modules of
// names. So there is one copy of each class and of the addon's state, whichever way a program comes in.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import ts from 'typescript';
import { isProgram, main, root, run, StepError } from './shared/run.mjs';

const lib = join(root, 'lib');
const dist = join(root, 'dist');
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

/** What is loaded or started by name; what they share is in other files of dist/parts/, so each class is there once. */
const entries = {
  door: join(lib, 'door.ts'),
  'parts/index': join(lib, 'index.ts'),
  'parts/predict': join(lib, 'predict.ts'),
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

/**
 * Node's own modules, without `require` where Node has another way: esbuild leaves none in a bundle of ES modules.
 * `node:module` is required all the same where that works: in Jest it is Jest's, which knows the copies that a test has.
 */
function builtinModules() {
  const required = /\brequire\("(node:[\w/]+)"\)/g;
  const rewritten = (call, name) => {
    const given = `process.getBuiltinModule?.("${name}")`;
    if (name !== 'node:module') return `(${given} ?? ${call})`;
    return `(() => { try { return ${call}; } catch { return ${given}; } })()`;
  };
  return { name: 'builtin-modules', renderChunk: (code) => code.replaceAll(required, rewritten) };
}

/** A part lies as deep below the package as its sources do. */
async function bundleCode() {
  const bundle = await rolldown({
    input: entries,
    external: installedPackages(),
    platform: 'node',
    // Its modules of ES: those of CommonJS need a `require`, which a bundle of a user's may not have.
    resolve: { alias: { yaml: join(root, 'node_modules', 'yaml', 'browser', 'index.js') } },
    // What parts share is no business of an entry: the command would be loaded by its own parts.
    preserveEntrySignatures: 'strict',
    plugins: [typeScript(), builtinModules()],
    onLog: (level, { message }) => {
      if (level === 'warn') throw new StepError(`rolldown: ${message}`);
    },
  });
  const { output } = await bundle.write({
    dir: dist,
    format: 'cjs',
    entryFileNames: '[name].js',
    chunkFileNames: 'parts/[name].js',
  });
  return output;
}

/**
 * The doors of an entry: names alone, for `require` and for `import`, which notes that it was taken. Node reads a file of
 * CommonJS that is imported word by word for its names first, which would take longer than loading all the code.
 */
function writeDoors(output) {
  writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
  for (const entry of ['index', 'predict']) {
    const names = output.find(({ name }) => name === `parts/${entry}`).exports;
    const required = names.map((name) => `exports.${name} = all.${name};\n`).join('');
    const files = {
      [`${entry}.js`]: `const all = require('./parts/${entry}.js');\n${required}`,
      [`${entry}.mjs`]:
        "import { door } from './door.js';\n\n" +
        `export { ${names.join(', ')} } from './${entry}.js';\n\ndoor.imported = true;\n`,
      [`${entry}.d.mts`]: `export * from './${entry}.js';\n`,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dist, name), text);
  }
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
  writeDoors(output);
}

if (isProgram(import.meta.url)) await main(compile);
