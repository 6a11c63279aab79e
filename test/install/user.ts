// A user's machine: an empty home, a PATH with neither compiler nor Python, and a registry on the loopback interface.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Project {
  readonly folder: string;
  node(args: string[], env?: Record<string, string>): Promise<Result>;
  npm(args: string[]): Promise<Result>;
  npx(args: string[]): Promise<Result>;
}

/** npm of the Node that runs this test, or of the npm that started it. */
export function findNpm(): string | undefined {
  const beside = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  return [process.env.npm_execpath, beside].find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
}

/** A proxy for everything that is not the registry. It lets nothing through and remembers who tried. */
export async function startTrap(): Promise<{ url: string; caught: string[]; close(): void }> {
  const caught: string[] = [];
  const server = createServer((request, response) => {
    caught.push(`${request.method} ${request.url}`);
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    caught.push(`CONNECT ${request.url}`);
    socket.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the trap has no port');
  return { url: `http://127.0.0.1:${address.port}`, caught, close: () => server.close() };
}

/** Where the projects of a test lie: outside the clone, so that nothing of it is found by going upwards. */
export function makeMachine(registry: string, trap: string) {
  const folder = mkdtempSync(join(tmpdir(), 'xgboost-gpu-install-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  symlinkSync('/bin/sh', join(bin, 'sh'));
  const npm = findNpm() ?? '';
  const offline = pathToFileURL(join(import.meta.dirname, 'programs', 'no-network.mjs')).href;

  function run(cwd: string, args: string[], extra: Record<string, string>): Promise<Result> {
    const env = {
      PATH: bin,
      HOME: join(cwd, '..', 'home'),
      npm_config_registry: registry,
      http_proxy: trap,
      https_proxy: trap,
      no_proxy: '127.0.0.1',
      ...extra,
    };
    return new Promise((resolve) => {
      execFile(process.execPath, args, { cwd, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ status, stdout, stderr });
      });
    });
  }

  return {
    folder,
    /** A project in a home of its own, with an empty cache of npm. */
    project(name: string, manifest?: Record<string, unknown>): Project {
      const cwd = join(folder, name, 'project');
      mkdirSync(cwd, { recursive: true });
      mkdirSync(join(folder, name, 'home'));
      if (manifest !== undefined) writeFileSync(join(cwd, 'package.json'), JSON.stringify(manifest));
      return {
        folder: cwd,
        // A program may reach nothing at all; npm may reach the registry.
        node: (args, env = {}) => run(cwd, ['--import', offline, ...args], env),
        npm: (args) => run(cwd, [npm, ...args], {}),
        npx: (args) => run(cwd, [npm.replace(/npm-cli\.js$/, 'npx-cli.js'), ...args], {}),
      };
    },
  };
}
