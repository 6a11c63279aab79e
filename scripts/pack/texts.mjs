// README and NOTICE of a library package: what exactly is inside, under which terms, and what it needs of the system.

const systems = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

/** What the library takes from the system. None of it can be part of an npm package, or it is there anyway. */
const needs = {
  linux: 'glibc 2.28 or later, as on Debian 10, Ubuntu 20.04 and RHEL 8. libgomp is included.',
  darwin:
    'libomp in the place where Homebrew puts it (`brew install libomp`), as the Python package does on macOS.',
  win32: 'the Microsoft Visual C++ Redistributable 2015-2022 (`VCOMP140.DLL`, `MSVCP140.dll`).',
};

const title = (build) =>
  `libxgboost ${build.version} for ${systems[build.os]} ${build.cpu}, ${build.cuda ? 'with CUDA' : 'for the CPU only'}`;

export function libraryDescription(build) {
  return `${title(build)}: the library that xgboost-gpu loads`;
}

export function libraryReadme(build) {
  return `# ${build.packageName}

${title(build)}.

The package \`xgboost-gpu\` loads this library. ${
    build.default
      ? `Where it fits, \`npm install xgboost-gpu\` brings it along.`
      : `It takes the place of the larger one with CUDA: see "What is installed" in docs/install.md of that package.`
  }

The file \`${build.library}\` is, bit for bit, the one of the wheel \`${build.wheel}\` that the XGBoost project publishes on
the Python Package Index. Its SHA-256 is \`${build.librarySha256}\`. The wheel's layout is kept, and nothing runs at install.

\`\`\`js
import { path, version, cuda, sha256 } from '${build.packageName}'; // require() gives the same
\`\`\`

It needs ${needs[build.os]}${
    build.cuda
      ? ' For the GPU: an NVIDIA driver for CUDA 13 (580 or later); without one it works on the CPU.'
      : ''
  }

Terms are in LICENSE and NOTICE. Not affiliated with DMLC or NVIDIA.
`;
}

const ownNotice = (build) => `${build.packageName}

Not affiliated with, or endorsed by, DMLC (the makers of XGBoost) or NVIDIA.
This package contains, unmodified, files of the wheel ${build.wheel}
(SHA-256 ${build.sha256}), and nothing else that is executed except its index.

libxgboost ${build.version}: ${build.library}
    From the XGBoost project, https://github.com/dmlc/xgboost, with its own copy of dmlc-core.
    Apache License 2.0; its text is LICENSE, and ${build.license} as the wheel has it.
`;

function libgompNotice(build, { version }) {
  const upstream = version.split('-')[0];
  return `
libgomp ${version}: ${build.libgomp}
    From the GNU Compiler Collection, built by AlmaLinux and put into the wheel by the XGBoost project.
    GNU General Public License, version 3 or later (licenses/GPL-3.0.txt), with the GCC Runtime Library Exception 3.1
    (licenses/GCC-exception-3.1.txt), which permits its use by programs under any licence.
    Its source is the package gcc-${version}.src.rpm of AlmaLinux 8: https://repo.almalinux.org/almalinux/8/,
    for older ones https://vault.almalinux.org/. Before AlmaLinux's changes: GCC ${upstream}, https://ftp.gnu.org/gnu/gcc/.
    ${build.sbom} is the wheel's own list of what was put into it.
`;
}

const cudaNotice = `
NVIDIA CUDA runtime, and the CUDA libraries that are linked with it
    This package contains the NVIDIA CUDA Runtime, linked into libxgboost by the XGBoost project. Copyright NVIDIA
    Corporation. Its use and redistribution are governed by the NVIDIA CUDA Toolkit End User License Agreement,
    https://docs.nvidia.com/cuda/eula/, which you accept by using it; it may only be used as part of this library.
    Thrust, CUB and libcu++ (CCCL): Apache License 2.0 with LLVM Exceptions, https://github.com/NVIDIA/cccl.
    The NVIDIA driver and NCCL are not included.
`;

/** @param libgomp the entry of libgomp in the wheel's SBOM, where there is one */
export function libraryNotice(build, libgomp) {
  return [
    ownNotice(build),
    libgomp === undefined ? '' : libgompNotice(build, libgomp),
    build.cuda ? cudaNotice : '',
  ].join('');
}
