// Replaces a file and is killed right after one step of it: `write-and-die.mjs WRITERS PATH STEP [checkpoint]`, where
// WRITERS is writers.ts as JavaScript. The steps are Node's own calls, watched from outside; the code under test knows
// nothing of this.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { pathToFileURL } from 'node:url';

const [writers, path, step, kind] = process.argv.slice(2);
const promises = fs.promises;
const die = (name) => {
  if (name === step) process.kill(process.pid, 'SIGKILL');
};

function watch(owner, method, name) {
  const original = owner[method];
  owner[method] = async function (...args) {
    const result = await original.apply(this, args);
    die(typeof name === 'function' ? name(this) : name);
    return result;
  };
}

for (const name of ['rename', 'mkdtemp']) watch(promises, name, name);
const open = promises.open;
promises.open = async (name, flags, mode) => {
  const file = await open(name, flags, mode);
  const folder = flags === 'r';
  if (!folder) die('open');
  for (const [method, shown] of [
    ['writeFile', 'write'],
    ['chmod', 'chmod'],
    ['sync', folder ? 'sync-folder' : 'sync'],
    ['close', folder ? 'close-folder' : 'close'],
  ])
    watch(file, method, shown);
  return file;
};
syncBuiltinESMExports();

const { CheckpointStore, writeFileAtomic } = await import(pathToFileURL(writers));
const bytes = new TextEncoder().encode('new');

if (step === 'no-files') {
  const held = [];
  try {
    for (;;) held.push(fs.openSync('/dev/null', 'r'));
  } catch {
    // None is left.
  }
  const error = await writeFileAtomic(path, bytes).catch((reason) => reason);
  for (const file of held.slice(0, 20)) fs.closeSync(file);
  console.log(JSON.stringify({ code: error.code, path: error.path }));
} else if (kind === 'checkpoint') {
  const state = {
    round: 2,
    library: '3.4.1',
    settings: {},
    data: {},
    history: {},
    stopping: null,
    config: '{}',
  };
  await new CheckpointStore(path).write(state, bytes, [1]);
} else {
  await writeFileAtomic(path, bytes);
}
