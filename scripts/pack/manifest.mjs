// The package.json files that are published.
import { builds } from './builds.mjs';

const licenses = (build) =>
  [
    'Apache-2.0',
    ...(build.libgomp === undefined ? [] : ['GPL-3.0-or-later WITH GCC-exception-3.1']),
    ...(build.cuda ? ['LicenseRef-NVIDIA-CUDA-EULA'] : []),
  ].join(' AND ');

const access = { publishConfig: { access: 'public' } };

function entry(types, code) {
  return { types, default: code };
}

/** @param engines those of xgboost-gpu */
export function libraryManifest(build, { description, repository, engines }) {
  return {
    name: build.packageName,
    version: build.version,
    description,
    license: licenses(build),
    ...(repository === undefined ? {} : { repository: { type: 'git', url: repository } }),
    type: 'module',
    exports: {
      '.': { import: entry('./index.d.ts', './index.js'), require: entry('./index.d.cts', './index.cjs') },
      './package.json': './package.json',
    },
    main: './index.cjs',
    types: './index.d.cts',
    files: [
      'index.*',
      'NOTICE',
      ...(build.libgomp === undefined ? [] : ['licenses']),
      ...new Set(build.files.map((file) => file.split('/')[0])),
    ],
    os: [build.os],
    cpu: [build.cpu],
    ...(build.os === 'linux' ? { libc: ['glibc'] } : {}),
    // A library is opened by its path, so it must be a file also where packages stay archives (Yarn's Plug'n'Play).
    preferUnplugged: true,
    engines,
    ...access,
  };
}

/**
 * The manifest of xgboost-gpu as users get it: what a clone needs is left out, and the library packages are named, by exact
 * version. npm brings the default build of the platform. The others are optional peers: a package manager that keeps
 * packages apart lets xgboost-gpu find one that the user installed.
 */
export function publishedManifest(manifest, repository) {
  const { scripts, devDependencies, binary, ...published } = manifest;
  const named = (wanted) =>
    Object.fromEntries(wanted.map(({ packageName, version }) => [packageName, version]));
  const others = builds.filter((build) => !build.default);
  const optional = Object.fromEntries(others.map(({ packageName }) => [packageName, { optional: true }]));
  return {
    ...published,
    ...(repository === undefined ? {} : { repository: { type: 'git', url: repository } }),
    optionalDependencies: named(builds.filter((build) => build.default)),
    peerDependencies: { ...manifest.peerDependencies, ...named(others) },
    peerDependenciesMeta: { ...manifest.peerDependenciesMeta, ...optional },
    ...access,
  };
}
