// The package in another realm, loaded as Jest loads it: each file of dist/ is compiled in a context of its own, where the
// classes of the language are other ones than those of Node's modules, and `require` is the loader's.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compileFunction, createContext, runInContext } from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';

const dist = join(import.meta.dirname, '..', '..', 'dist');

/** What a context has beside the language. Uint8Array is Node's, since Buffer is made of it; Jest has it so as well. */
const NODES = { ArrayBuffer, Buffer, TextDecoder, TextEncoder, Uint8Array, performance, structuredClone };

/** A realm with one copy of each file, like a test file of Jest; `bundle` has no `require` for Node's modules. */
class Realm {
  readonly #context = createContext({ ...NODES, console, process });
  readonly #modules = new Map<string, { exports: unknown }>();

  constructor(readonly kind: 'test' | 'bundle') {}

  load(path: string): unknown {
    const known = this.#modules.get(path);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    this.#modules.set(path, module);
    const names = ['module', 'exports', 'require', '__dirname', '__filename'];
    const folder = this.kind === 'test' ? dirname(path) : undefined;
    const run = compileFunction(readFileSync(path, 'utf8'), names, {
      parsingContext: this.#context,
      filename: path,
    });
    run(module, module.exports, this.#requireOf(path), folder, this.kind === 'test' ? path : undefined);
    return module.exports;
  }

  #requireOf(path: string) {
    const real = createRequire(path);
    return (name: string): unknown => {
      if (name.startsWith('.')) return this.load(join(dirname(path), name));
      if (this.kind === 'bundle') throw new Error(`Dynamic require of "${name}" is not supported`);
      return isBuiltin(name) ? real(name) : this.load(real.resolve(name));
    };
  }

  /** Runs the body of an async function over there, and answers with what it gives. */
  run(body: string, given: object): Promise<unknown> {
    return runInContext(`(async (given) => { ${body} })`, this.#context)(given);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'realms-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(['test', 'bundle'] as const)('in a %s', (kind) => {
  const realm = new Realm(kind);
  const given = {
    ...(realm.load(join(dist, 'index.js')) as object),
    part: realm.load(join(dist, 'predict.js')),
    path: join(folder, `${kind}.ubj`),
    missing: join(folder, 'missing.ubj'),
  };

  it('trains, saves, opens and predicts', async () => {
    const found = await realm.run(
      `
      const { Booster, DMatrix, train, path, part } = given;
      const values = Float32Array.from({ length: 200 }, (_, i) => (i * 37) % 101);
      const data = { values, rows: 100, cols: 2 };
      const dtrain = await DMatrix.from(data, { label: values.filter((_, i) => i % 2 === 0) });
      const { booster } = await train({ nthread: 1, max_depth: 3 }, dtrain, { numBoostRound: 3 });
      await booster.save(path);
      const again = await Booster.load(path);
      const forest = await part.CompiledForest.load(path);
      const expected = booster.inplacePredictSync(data).values;
      const others = [again.inplacePredictSync(data).values, (await forest.predict(data)).values];
      return others.map((found) => found.length === 100 && found.every((value, row) => value === expected[row]));`,
      given,
    );
    expect([...(found as boolean[])]).toEqual([true, true]);
    expect(existsSync(given.path)).toBe(true);
  });

  it('throws errors of that realm, and of the classes that both entries have', async () => {
    const found = await realm.run(
      `
      const { Booster, DMatrix, DataError, ModelError, XGBoostError, part, missing } = given;
      const thrown = async (work) => { try { await work(); } catch (error) { return error; } };
      const data = await thrown(() => DMatrix.from([1, 2]));
      const model = await thrown(() => Booster.load(new TextEncoder().encode('{}')));
      const option = await thrown(() => DMatrix.from({ values: new Float32Array(2), rows: 2, cols: 1 }, 7));
      const file = await thrown(() => Booster.load(missing));
      const inThread = await thrown(() => part.CompiledForest.load(new TextEncoder().encode('[]')));
      return {
        data: data instanceof DataError && data instanceof Error && data instanceof part.DataError,
        model: model instanceof ModelError && model instanceof XGBoostError,
        inThread: inThread instanceof part.ModelError,
        option: option instanceof TypeError,
        file: file.code,
      };`,
      given,
    );
    expect({ ...(found as object) }).toEqual({
      data: true,
      model: true,
      inThread: true,
      option: true,
      file: 'ENOENT',
    });
  });

  it('stops at a signal of Node’s', async () => {
    const controller = new AbortController();
    const found = realm.run(
      `
      const { DMatrix, train, controller } = given;
      const values = Float32Array.from({ length: 100 }, (_, i) => i);
      const dtrain = await DMatrix.from({ values, rows: 100, cols: 1 }, { label: values });
      const callbacks = [{ afterIteration: () => { controller.abort(new RangeError('enough')); } }];
      await train({ nthread: 1 }, dtrain, { signal: controller.signal, callbacks, numBoostRound: 1000 });`,
      { ...given, controller },
    );
    await expect(found).rejects.toThrow('enough');
    expect(controller.signal.aborted).toBe(true);
  });
});
