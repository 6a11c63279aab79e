// An empty project of a user: a folder with a manifest, an empty home, a PATH with nothing but Node and a shell.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const programs = join(folder, 'programs');

/** Folder of the tools, each a package of the package.json here. */
export const tools = join(folder, 'node_modules');

/** The snippet of docs/environments.md that is the file `name`: a recipe that is tried is the one that is documented. */
export function documented(name) {
  const page = readFileSync(join(folder, '..', '..', '..', 'docs', 'environments.md'), 'utf8');
  const [, code] = page.match(new RegExp(`^\`\`\`js\\n// ${name}\\n([\\s\\S]*?)^\`\`\``, 'm')) ?? [];
  if (code === undefined) throw new Error(`docs/environments.md has no ${name}`);
  return code;
}

/** How a program that failed ended, with the last lines of what it said. */
class Failed extends Error {
  constructor(command, status, output) {
    super(
      `${command} ended with ${status}:\n${output
        .trim()
        .split('\n')
        .slice(-25)
        .map((line) => line.slice(0, 400))
        .join('\n')}`,
    );
    this.output = output;
  }
}

/** A new project that installs from `registry`; `dispose` removes it. */
export function newProject({ registry, node = process.execPath }) {
  const top = mkdtempSync(join(tmpdir(), 'xgboost-gpu-project-'));
  const [home, bin, root] = ['home', 'bin', 'project'].map((name) => join(top, name));
  for (const path of [home, bin, root]) mkdirSync(path);
  symlinkSync(node, join(bin, 'node'));
  symlinkSync('/bin/sh', join(bin, 'sh'));
  const env = {
    HOME: home,
    PATH: bin,
    TMPDIR: top,
    CI: '1',
    npm_config_registry: registry,
    npm_config_update_notifier: 'false',
  };

  const write = (name, text) => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  const writeManifest = (more) =>
    write(
      'package.json',
      JSON.stringify({ name: 'project', version: '1.0.0', private: true, type: 'module', ...more }),
    );
  writeManifest({});
  if (registry !== undefined) write('.npmrc', `registry=${registry}\n`);
  cpSync(programs, root, { recursive: true });

  /** Runs a program to its end; answers its output, or rejects with the last of it. */
  const run = (command, args, { extra = {}, signal } = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn(command, args, { cwd: root, env: { ...env, ...extra }, signal, timeout: 300_000 });
      let output = '';
      child.stdout.on('data', (data) => (output += data));
      child.stderr.on('data', (data) => (output += data));
      child.on('error', reject);
      child.on('close', (status, died) => {
        if (status === 0) resolve(output);
        else reject(new Failed([command, ...args].join(' '), died ?? status, output));
      });
    });

  return {
    root,
    env,
    node,
    write,
    writeManifest,
    run,
    /** Runs a JavaScript file with the project's Node. */
    runNode: (args, options) => run(join(bin, 'node'), args, options),
    dispose: () => rmSync(top, { recursive: true, force: true }),
  };
}
