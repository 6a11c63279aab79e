// What the system's loader says about a binary, in words that lead to a fix. Asks nobody: text and facts are given.
import type { LibraryError } from '../errors.js';
import { type BinaryFacts, formatOf } from './binary-file.js';
import { loadingError } from './loading-error.js';
import { IMAGE, type Machine, OLDEST_GLIBC, platformText } from './machine.js';

/** The binary that does not load. */
export interface Subject {
  /** As messages call it. */
  readonly name: 'the native addon of xgboost-gpu' | 'libxgboost';
  readonly path: string;
  /** How to get a whole one. */
  readonly renew: string;
}

interface Explanation {
  readonly problem: string;
  readonly fix: string;
}

type Explain = (match: RegExpExecArray, subject: Subject, machine: Machine) => Explanation;

/** What it says, in any of the systems' words, and what that means; the first that fits. */
const REASONS: readonly (readonly [RegExp, Explain])[] = [
  [
    /version [`'"]?GLIBC_([\d.]+)['"]? not found/,
    ([, needed = OLDEST_GLIBC], { name }, { glibc = 'unknown' }) => ({
      problem: `${name} needs glibc ${needed} and this system has ${glibc}`,
      fix: `it runs on Debian 10, Ubuntu 20.04, RHEL 8 and later (glibc ${OLDEST_GLIBC}); in Docker use ${IMAGE}`,
    }),
  ],
  [
    /version [`'"]?((?:GLIBCXX|CXXABI)_[\d.]+)['"]? not found/,
    ([, needed = '']) => ({
      problem: `the C++ library of this system is too old: libstdc++ lacks ${needed}`,
      fix: `use Debian 10, Ubuntu 20.04, RHEL 8 or later; in Docker ${IMAGE}`,
    }),
  ],
  [
    /libomp[.]dylib/,
    () => ({ problem: 'libxgboost needs the OpenMP library of LLVM', fix: 'run: brew install libomp' }),
  ],
  [
    /system error (?:126|127)\b|The specified (?:module|procedure) could not be found/,
    ({ 0: text }, { name }) => ({
      problem: `${name} needs a library that this Windows lacks, most likely vcomp140.dll or vcruntime140.dll (${text})`,
      fix: 'install the "Microsoft Visual C++ Redistributable" (2015-2022 or later) for your processor: https://aka.ms/vs/17/release/vc_redist.x64.exe',
    }),
  ],
  [
    /system error 193\b|not a valid Win32 application/,
    (_, { name, renew }) => ({
      problem: `${name} is damaged or made for another processor`,
      fix: renew,
    }),
  ],
  [
    /(lib[\w+-]+(?:[.]so|[.]dylib)[\w.]*): cannot open shared object file/,
    ([, missing = ''], { name, path, renew }) =>
      path.endsWith(missing)
        ? { problem: `${name} cannot be opened: ${path}`, fix: renew }
        : {
            problem: `${name} needs ${missing}, which was not found`,
            fix: `${renew}; when files are copied by hand, the whole folder of the package belongs together`,
          },
  ],
  [
    /static TLS/,
    ({ 0: text }, { name }) => ({
      problem: `${name} found no room beside the libraries loaded before it (${text})`,
      fix: 'import xgboost-gpu before other native packages, or start Node with GLIBC_TUNABLES=glibc.rtld.optional_static_tls=4096',
    }),
  ],
  [
    /failed to map segment|Permission denied|Operation not permitted/,
    ({ 0: text }, { name, path }) => ({
      problem: `the system does not let ${name} be loaded (${text}): ${path}`,
      fix: 'install into a folder that is not mounted noexec, and check its permissions',
    }),
  ],
  [
    /code signature|library load (?:denied|disallowed)|not valid for use in process/,
    (_, { name, path }) => ({
      problem: `macOS does not let this program load ${name}, which others signed: ${path}`,
      fix: 'sign it with the application, or give the application the entitlement com.apple.security.cs.disable-library-validation',
    }),
  ],
  [
    /incompatible architecture|wrong architecture|mach-o, but wrong/,
    (_, { name, renew }, machine) => ({
      problem: `${name} is made for another processor than this Node (${platformText(machine)})`,
      fix: renew,
    }),
  ],
];

/** Names no system but the one where glibc is missing. */
const NO_GLIBC = /ld-linux|Error (?:relocating|loading shared library)/;

/** The error for `text`, which the loader gave as the reason. */
export function explainLoad(text: string, subject: Subject, machine: Machine): LibraryError | undefined {
  if (machine.libc === 'musl' && NO_GLIBC.test(text)) return undefined;
  for (const [pattern, explain] of REASONS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const { problem, fix } = explain(match, subject, machine);
    return loadingError(problem, fix, { native: text });
  }
  return undefined;
}

/** Why a file cannot be loaded here, judged by its head; undefined when nothing speaks against it. */
export function judgeBinary(
  facts: BinaryFacts | undefined,
  { name, path, renew }: Subject,
  machine: Pick<Machine, 'platform' | 'arch'>,
): LibraryError | undefined {
  const wanted = `${machine.platform}-${machine.arch}`;
  if (facts === undefined) return loadingError(`${name} is damaged or no shared library: ${path}`, renew);
  if (facts.end > facts.bytes) {
    const sizes = `it has ${facts.bytes} bytes of at least ${facts.end}`;
    return loadingError(`${name} was cut off, ${sizes}: ${path}`, renew);
  }
  const system = { elf: 'Linux', 'mach-o': 'macOS', pe: 'Windows' }[facts.format];
  if (facts.format !== formatOf(machine.platform)) {
    return loadingError(`${name} is made for ${system}, this Node is ${wanted}: ${path}`, renew);
  }
  if (facts.arch !== undefined && facts.arch !== machine.arch) {
    return loadingError(`${name} is made for ${facts.arch}, this Node is ${wanted}: ${path}`, renew);
  }
  return undefined;
}
