// Next.js: a route that trains and predicts, built by either bundler, then served from the standalone output.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { documented, tools } from './project.mjs';
import { installed } from './runtimes.mjs';

const route = `import { DMatrix, train } from 'xgboost-gpu';
import { CompiledForest } from 'xgboost-gpu/predict';

export const dynamic = 'force-dynamic';

export async function GET() {
  const values = Float32Array.of(1, 2, 3, 4);
  const dtrain = await DMatrix.from({ values, rows: 4, cols: 1 }, { label: values });
  const { booster } = await train({ max_depth: 2, min_child_weight: 0 }, dtrain, { numBoostRound: 5 });
  const forest = await CompiledForest.load(booster.toBuffer('ubj'));
  const [expected] = booster.inplacePredictSync({ values: Float32Array.of(3), rows: 1, cols: 1 }).values;
  return Response.json({ same: forest.predictRow(Float32Array.of(3)) === expected });
}
`;

const layout = `export default function Layout({ children }) {
  return <html lang="en"><body>{children}</body></html>;
}
`;

/** `next` and all it needs, from the tools into the project: its bundler takes no link out of the project. */
function copyPackages(project, names, done = new Set()) {
  for (const name of names) {
    const from = join(tools, name);
    if (done.has(name) || !existsSync(from)) continue;
    done.add(name);
    cpSync(from, join(project.root, 'node_modules', name), { recursive: true });
    const manifest = createRequire(join(from, 'package.json'))(join(from, 'package.json'));
    copyPackages(project, Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }), done);
  }
}

/** Starts the standalone server on a free port and asks the route once. */
async function ask(project, server) {
  const child = spawn(project.node, [server], {
    cwd: project.root,
    env: { ...project.env, PORT: '0', HOSTNAME: '127.0.0.1', NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (data) => {
    output += data;
  });
  try {
    for await (const line of createInterface(child.stdout)) {
      output += `${line}\n`;
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (address === undefined) continue;
      const response = await fetch(`${address}/api/predict`);
      const text = await response.text();
      if (response.status !== 200 || !JSON.parse(text).same)
        throw new Error(`${response.status}: ${text}\n${output}`);
      return;
    }
    throw new Error(`the server ended:\n${output}`);
  } finally {
    child.kill();
  }
}

async function built(context, flag) {
  const project = await installed(context);
  try {
    copyPackages(project, ['next', 'react', 'react-dom', '@next/swc-linux-x64-gnu']);
    project.write('app/layout.jsx', layout);
    project.write('app/api/predict/route.js', route);
    project.write('next.config.mjs', documented('next.config.mjs'));
    const extra = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
    await project.runNode(['node_modules/next/dist/bin/next', 'build', flag], { extra });
    // Where it is deployed there is no project around it, in whose node_modules a forgotten file would be found.
    const server = join(project.root, '..', 'deployed');
    renameSync(join(project.root, '.next', 'standalone'), server);
    await ask({ ...project, root: server }, 'server.js');
    return 'built; the standalone server trains and predicts';
  } finally {
    project.dispose();
  }
}

export const conditions = [
  ['Next.js 16', 'Turbopack, route handler, standalone', (context) => built(context, '--turbopack')],
  ['Next.js 16', 'webpack, route handler, standalone', (context) => built(context, '--webpack')],
];
