// Each thing that can be missing or not fit, made so: the message says what is wrong and how to put it right.
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { explainLoad } from '../../lib/native/explain-load.js';
import { candidatesFor } from '../../lib/native/library-packages.js';
import { notInstalled } from '../../lib/native/locate.js';
import { compiler, compileShared } from './compiler.js';
import { expectAllMet, expectDocumented } from './documented.js';
import {
  ADDON,
  type Attempt,
  Installation,
  PACKAGE,
  printing,
  type Refusal,
  type RunOptions,
  realLibrary,
  refusalOf,
} from './installation.js';
import { LOADER_TEXTS, MAC } from './loader-texts.js';

const ROOT = join(import.meta.dirname, '..', '..');
const MODEL = join(ROOT, 'test', 'model', 'data', 'python-booster.ubj');
const USE = printing("const { buildInfo } = await import('xgboost-gpu'); console.log(buildInfo().version);");
const PREDICT = printing(
  `const { CompiledForest } = await import('xgboost-gpu/predict'); console.log((await CompiledForest.load(${JSON.stringify(MODEL)})).numTrees);`,
);
const MUSL = 'process.report.getReport = () => ({ header: {} });';
const LINE = `npm install ${PACKAGE}@3.4.1`;

/** As another platform than the real one. */
const platform = (name: string, arch: string): string => `
  import os from 'node:os';
  Object.defineProperty(process, 'platform', { value: '${name}' });
  Object.defineProperty(process, 'arch', { value: '${arch}' });
  os.platform = () => '${name}';
  os.arch = () => '${arch}';`;

/** The head of a library for macOS on arm64. */
const MACH_O = new Uint8Array(64);
new DataView(MACH_O.buffer).setUint32(0, 0xfeedfacf, true);
new DataView(MACH_O.buffer).setUint32(4, 0x0100000c, true);

let installation: Installation;
beforeEach(() => {
  installation = new Installation();
});
afterEach(() => installation.remove());

/** Checks the form that all messages have. */
function check(refusal: Refusal, message: string | RegExp, fix: string | RegExp): void {
  const expected = (part: string | RegExp) =>
    part instanceof RegExp ? expect.stringMatching(part) : expect.stringContaining(part);
  expect(refusal).toMatchObject({ message: expected(message), hint: expected(fix) });
  expect(refusal.hint).toContain('`npx xgboost-gpu doctor`');
  expect(refusal).toMatchObject({ name: 'LibraryError', code: 'ERR_XGBOOST_LIBRARY' });
  expectDocumented(refusal.message);
}

function refuses(message: string | RegExp, fix: string | RegExp, options: RunOptions = {}): Refusal {
  const refusal = refusalOf(installation.run(USE, options));
  check(refusal, message, fix);
  return refusal;
}

const works = ({ status, stdout, stderr }: Attempt): void => {
  expect(stdout, stderr).toMatch(/^[\d.]+\n$/);
  expect(status).toBe(0);
};

/** A copy of the addon with changed bytes. */
function changeAddon(change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(join(installation.package, ADDON));
  change(bytes);
  installation.replace(ADDON, bytes);
}

/** Asks for a glibc that is not there yet: the name of a version in the file becomes another. */
function needGlibc999(bytes: Buffer): void {
  const at = bytes.toString('latin1').search(/\0GLIBC_2[.]\d\d\0/);
  if (at === -1) throw new Error('the binary names no version of glibc');
  bytes.write('GLIBC_9.99', at + 1, 'latin1');
}

describe('the library package', () => {
  test('is found', () => {
    installation.addLibrary();
    works(installation.run(USE));
  });

  test('was left out', () => {
    refuses(
      `the optional package ${PACKAGE} is missing`,
      `run: ${LINE}; it is left out when the lock file was`,
    );
  });

  test.each([
    ['pnpm-lock.yaml', `pnpm add ${PACKAGE}@3.4.1`],
    ['yarn.lock', `yarn add ${PACKAGE}@3.4.1`],
    ['bun.lock', `bun add ${PACKAGE}@3.4.1`],
  ])('was left out, and there is a %s', (lock, line) => {
    installation.write(lock, '');
    refuses('the optional package', `run: ${line};`);
  });

  test('is there for another system', () => {
    installation.exportPath('/x/libxgboost.dylib', '@xgboost-gpu/libxgboost-darwin-arm64');
    const said = 'is not installed, but libxgboost-darwin-arm64 is: node_modules was made on another system';
    refuses(
      said,
      `remove node_modules and install here (in a Dockerfile: keep node_modules in .dockerignore), or run: ${LINE}`,
    );
  });

  test('is a link of pnpm to a package that was not installed', () => {
    const scope = join(installation.folder, 'node_modules', '@xgboost-gpu');
    mkdirSync(scope, { recursive: true });
    symlinkSync('nowhere', join(scope, 'libxgboost-darwin-arm64'));
    refuses(`the optional package ${PACKAGE} is missing`, `run: ${LINE};`);
  });

  test('has lost its file', () => {
    rmSync(installation.addLibrary());
    refuses(
      `the package ${PACKAGE} is incomplete: there is no file`,
      'remove node_modules and install again',
    );
  });

  test('has lost the library it needs', ({ skip }) => {
    skip(process.platform !== 'linux', 'the Linux builds bring their own libgomp');
    installation.addLibrary();
    rmSync(join(installation.folder, 'node_modules', PACKAGE, 'xgboost.libs'), { recursive: true });
    refuses(
      /libxgboost needs libgomp-\w+[.]so[.]1[.]0[.]0, which was not found/,
      'the whole folder of the package',
    );
  });

  test('was cut off', () => {
    const path = installation.addLibrary(join(installation.package, ADDON));
    rmSync(path);
    copyFileSync(realLibrary(), path);
    truncateSync(path, 5_000_000);
    refuses(
      'libxgboost was cut off, it has 5000000 bytes of at least',
      'remove node_modules and install again',
    );
  });

  test.each([
    ['nothing at all', ''],
    ['a few bytes', 'ELF'],
    ['a page of a proxy', `<!DOCTYPE html><html><body>${'sign in '.repeat(20)}</body></html>`],
  ])('holds %s', (_, text) => {
    installation.exportPath(installation.write('lib.so', text));
    refuses('libxgboost is damaged or no shared library', 'remove node_modules and install again');
  });

  test('lies in an archive of Electron', () => {
    installation.write('app.asar', 'an archive');
    installation.exportPath(join(installation.folder, 'app.asar', 'node_modules', PACKAGE, 'libxgboost.so'));
    refuses("lies in Electron's archive", 'asarUnpack');
  });

  test('is taken from beside an archive of Electron', () => {
    const real = installation.addLibrary();
    installation.write('app.asar', 'an archive');
    const archived = real.replace(installation.folder, join(installation.folder, 'app.asar'));
    const unpacked = join(installation.folder, 'app.asar.unpacked', 'node_modules');
    mkdirSync(join(unpacked, '@xgboost-gpu'), { recursive: true });
    renameSync(join(installation.folder, 'node_modules', PACKAGE), join(unpacked, PACKAGE));
    installation.exportPath(archived);
    works(installation.run(USE));
  });
});

/** What is wrong with the library is said alike wherever it came from; the fix is not. */
describe('XGBOOST_GPU_LIBRARY', () => {
  const given = (path: string): RunOptions => ({ env: { XGBOOST_GPU_LIBRARY: path } });

  test('is used', () => works(installation.run(USE, given(realLibrary()))));

  test('is relative', () => {
    installation.write('lib/libxgboost.so', '');
    refuses(
      "XGBOOST_GPU_LIBRARY: expected an absolute path, received 'lib/libxgboost.so'",
      /did you mean \/.+\/lib\/libxgboost.so\?/,
      given('lib/libxgboost.so'),
    );
    refuses("received '~/libxgboost.so'", 'give the absolute path', given('~/libxgboost.so'));
  });

  test('leads nowhere', () => {
    refuses(
      'XGBOOST_GPU_LIBRARY: there is no file /nowhere/libxgboost.so',
      'or leave it out',
      given('/nowhere/libxgboost.so'),
    );
  });

  test('is a folder', () => {
    refuses(
      `XGBOOST_GPU_LIBRARY: expected a file, ${installation.folder} is a folder`,
      'give the absolute path',
      given(installation.folder),
    );
  });

  describe('with a compiler', () => {
    beforeEach(({ skip }) => skip(compiler === undefined, 'there is no C compiler'));

    const compiled = (code: string): RunOptions =>
      given(compileShared(join(installation.folder, 'lib', 'own.so'), code));

    test('is another version', () => {
      const code = 'void XGBoostVersion(int* a, int* b, int* c) { *a = 1; *b = 7; *c = 5; }';
      refuses(
        /expected libxgboost 3[.]4[.]x, but .*own[.]so is 1[.]7[.]5/,
        'libxgboost 3.4.1 for this platform, or unset it',
        compiled(code),
      );
    });

    test('is no XGBoost', () => {
      refuses(
        /own[.]so is not libxgboost: it has no function XGBoostVersion/,
        'XGBOOST_GPU_LIBRARY',
        compiled('int x;'),
      );
    });
  });

  test('is for another processor, or another system', () => {
    const bytes = readFileSync(join(installation.package, ADDON));
    bytes.writeUInt16LE(243, 18);
    refuses(
      /libxgboost is made for riscv64, this Node is \w+-\w+/,
      'XGBOOST_GPU_LIBRARY',
      given(installation.write('other.so', bytes)),
    );
    refuses(
      /libxgboost is made for macOS, this Node is linux/,
      'XGBOOST_GPU_LIBRARY',
      given(installation.write('mac.dylib', MACH_O)),
    );
  });
});

test('useLibrary() takes the same path, and a right one after a wrong one', () => {
  const code = printing(`
    const { buildInfo, useLibrary } = await import('xgboost-gpu');
    const wrong = () => { useLibrary(${JSON.stringify(join(installation.package, ADDON))}); buildInfo(); };
    try { wrong(); } catch (error) { if (!/has no function XGBoostVersion.*useLibrary/.test(error.message)) throw error; }
    useLibrary(${JSON.stringify(realLibrary())});
    console.log(buildInfo().version);`);
  works(installation.run(code));
  check(
    refusalOf(installation.run(code.replaceAll('.so"', '.os"'))),
    'useLibrary(): there is no file',
    'absolute path',
  );
});

describe('the addon', () => {
  test('of this platform is not in the package', () => {
    const elsewhere = { preload: platform('freebsd', 'x64') };
    refuses(
      'there is no build of xgboost-gpu for freebsd-x64',
      `it runs on ${process.platform}-${process.arch}`,
      elsewhere,
    );
    refuses('for linux-ia32, a 32-bit Node', 'install the 64-bit Node', {
      preload: platform('linux', 'ia32'),
    });
  });

  test('of this C library is not in the package', () => {
    refuses(/there is no build of xgboost-gpu for \w+-\w+ with musl/, 'node:22-bookworm-slim', {
      preload: MUSL,
      env: { LIBC: 'musl' },
    });
  });

  test('is missing from its folder', () => {
    installation.leaveOut(ADDON);
    refuses('the native addon for', 'remove node_modules and install again');
  });

  test('cannot be looked for', () => {
    installation.write('node_modules/node-gyp-build/package.json', '{ "main": "gone.js" }');
    refuses('the package node-gyp-build', 'take node_modules/node-gyp-build along');
  });

  test('and its folder are missing', () => {
    installation.leaveOut('prebuilds');
    refuses('the native addon is missing: there is no folder', 'esbuild --external:xgboost-gpu');
  });

  test('was cut off', () => {
    installation.replace(ADDON, readFileSync(join(installation.package, ADDON)).subarray(0, 500_000));
    refuses(
      'the native addon of xgboost-gpu was cut off, it has 500000 bytes',
      'remove node_modules and install again',
    );
  });

  test('is for another processor', () => {
    changeAddon((bytes) => bytes.writeUInt16LE(183, 18));
    refuses('the native addon of xgboost-gpu is made for arm64, this Node is', 'on this machine');
  });

  test('needs a newer glibc', () => {
    changeAddon(needGlibc999);
    const { native } = refuses(
      /the native addon of xgboost-gpu needs glibc 9[.]99 and this system has 2[.]\d+/,
      'node:22-bookworm-slim',
    );
    expect(native).toContain("version `GLIBC_9.99' not found");
  });

  test('is no addon', ({ skip }) => {
    skip(compiler === undefined, 'no C compiler here');
    rmSync(join(installation.package, ADDON));
    compileShared(join(installation.package, ADDON), 'int x;');
    refuses(
      'the native addon of xgboost-gpu cannot be loaded: Module did not self-register',
      /check that the package was installed on this machine/,
    );
  });
});

describe('the system', () => {
  test('has musl: nothing trains, prediction works', () => {
    refuses(
      'training needs glibc, and this system has musl',
      'xgboost-gpu/predict, which only predicts, works here',
      { preload: MUSL },
    );
    works(installation.run(PREDICT, { preload: MUSL }));
  });

  test('has musl, and the library package was forced upon it', () => {
    installation.exportPath(installation.write('lib.so', readFileSync(join(installation.package, ADDON))));
    refuses('training needs glibc, and this system has musl', 'gcompat does not help', { preload: MUSL });
  });

  test('has an old Node', () => {
    const old =
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } });";
    refuses('xgboost-gpu needs Node 20.19 or later, this is Node 18.20.4', 'nvm install --lts', {
      preload: old,
    });
  });

  test('the main entry can be imported on all of them', () => {
    installation.leaveOut('prebuilds');
    const code = "import * as all from 'xgboost-gpu'; console.log(Object.keys(all).length);";
    works(installation.run(code, { preload: MUSL }));
    works(installation.run(code.replace('gpu', 'gpu/predict'), { preload: MUSL }));
  });
});

describe('a bundle', () => {
  /** The code as a bundler leaves it: in a place of its own. */
  const bundle = (): void => {
    installation.write('bundle/package.json', '{ "type": "module" }');
    renameSync(join(installation.package, 'dist'), join(installation.folder, 'bundle', 'dist'));
  };
  const USE_BUNDLE = USE.replace("'xgboost-gpu'", "'./bundle/dist/index.js'");

  test('finds the package that is installed beside it', () => {
    installation.addLibrary();
    bundle();
    works(installation.run(USE_BUNDLE));
  });

  test('without the package says how to keep it out', ({ onTestFinished }) => {
    bundle();
    // Outside the clone, which would be found as the package.
    const away = mkdtempSync(join(tmpdir(), 'xgboost-gpu-bundle-'));
    onTestFinished(() => rmSync(away, { recursive: true }));
    cpSync(join(installation.folder, 'bundle'), join(away, 'bundle'), { recursive: true });
    writeFileSync(join(away, 'user.mjs'), USE_BUNDLE);
    const refusal = refusalOf(installation.node([join(away, 'user.mjs')], { cwd: away }));
    check(refusal, 'the code of xgboost-gpu was bundled', "serverExternalPackages: ['xgboost-gpu']");
  });
});

/** Texts that loaders of systems write which are not at hand here. */
describe('other systems', () => {
  const path = '/app/node_modules/@xgboost-gpu/libxgboost/xgboost/lib/libxgboost';

  test.each(LOADER_TEXTS)('%s', (_, machine, text, message, fix) => {
    const error = explainLoad(text, { name: 'libxgboost', path, renew: 'renew it' }, machine);
    if (error === undefined) throw new Error('not explained');
    const { name, code, message: said, hint = '', native = '' } = error;
    check({ name, code, message: said, hint, native }, message, fix);
    expect(native).toBe(text);
  });

  test('an x64 Node on an Apple processor, where the arm64 package is', () => {
    const [wanted] = candidatesFor('darwin-x64');
    if (wanted === undefined) throw new Error('no build for darwin-x64');
    const {
      name,
      code,
      message,
      hint = '',
    } = notInstalled({ ...MAC, arch: 'x64', rosetta: true }, wanted, ['libxgboost-darwin-arm64']);
    check(
      { name, code, message, hint },
      'libxgboost for darwin-x64 is not installed',
      'or run the arm64 Node: this one is for Intel processors',
    );
  });
});

test('the table of the documentation has no row that nothing leads to', () => expectAllMet());
