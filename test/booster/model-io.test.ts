// Saving, loading, buffers and snapshots.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import { ModelError } from '../../lib/errors.js';
import type { DMatrix } from '../../lib/matrix/dmatrix.js';
import { binaryMatrix, NAMES, trained } from './fixtures.js';

let folder: string;
let dtrain: DMatrix;
let booster: Booster;
let expected: Float32Array;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'booster-'));
  dtrain = binaryMatrix();
  booster = await trained(dtrain);
  booster.setAttr({ owner: 'fraud' });
  expected = (await booster.predict(dtrain)).values;
});
afterAll(async () => {
  booster.dispose();
  dtrain.dispose();
  await rm(folder, { recursive: true });
});

async function same(other: Booster): Promise<void> {
  expect((await other.predict(dtrain)).values).toEqual(expected);
  expect(other.numBoostedRounds).toBe(4);
  expect(other.numFeatures).toBe(4);
  expect(other.featureNames).toEqual(NAMES);
  expect(other.attributes()).toEqual({ owner: 'fraud' });
}

describe('files', () => {
  it.each(['ubj', 'json'] as const)('%s: save, load, loadSync', async (format) => {
    const path = join(folder, `model.${format}`);
    await booster.save(path);
    expect(new Uint8Array(await readFile(path))).toEqual(booster.toBuffer(format));
    using loaded = await Booster.load(path);
    await same(loaded);
    using again = Booster.loadSync(path);
    await same(again);
    expect(loaded.toBuffer(format)).toEqual(booster.toBuffer(format));
  });

  it('leaves only the model behind', async () => {
    await booster.save(join(folder, 'model.ubj'));
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('a missing file is ENOENT of Node', async () => {
    const path = join(folder, 'nothing.ubj');
    await expect(Booster.load(path)).rejects.toMatchObject({ code: 'ENOENT', path });
    expect(() => Booster.loadSync(path)).toThrow(expect.objectContaining({ code: 'ENOENT', path }));
  });

  it('the extension must be .ubj or .json', async () => {
    await expect(booster.save(join(folder, 'model.bin'))).rejects.toThrow(ModelError);
    await expect(booster.save(join(folder, 'model.bin'))).rejects.toThrow(
      /must end in .ubj \(binary\) or .json/,
    );
    await expect(booster.save(join(folder, 'model'))).rejects.toThrow(/received no extension/);
    await expect(booster.save(7 as unknown as string)).rejects.toThrow(TypeError);
  });

  it('a failed save names the path and keeps the old file', async () => {
    const path = join(folder, 'no', 'model.ubj');
    await expect(booster.save(path)).rejects.toMatchObject({ code: 'ENOENT', path });
  });

  it('pickles are refused unread', async () => {
    const path = join(folder, 'model.pkl');
    await writeFile(path, 'cos\nsystem\n');
    await expect(Booster.load(path)).rejects.toThrow(/Python pickle.*save_model/);
    expect(() => Booster.loadSync(path)).toThrow(ModelError);
  });

  it.each(['', '{', 'hello', 'binf....', '{}', '{"learner":{}}'])('%j is not a model', async (text) => {
    const path = join(folder, 'bad.json');
    await writeFile(path, text);
    await expect(Booster.load(path)).rejects.toThrow(ModelError);
    expect(() => Booster.loadSync(new TextEncoder().encode(text))).toThrow(ModelError);
  });
});

describe('bytes', () => {
  it.each(['ubj', 'json'] as const)('%s', async (format) => {
    const bytes = booster.toBuffer(format);
    using loaded = await Booster.load(bytes);
    await same(loaded);
    using again = Booster.loadSync(Buffer.from(bytes));
    await same(again);
  });

  it('other formats and sources are TypeErrors', async () => {
    expect(() => booster.toBuffer('pickle' as 'ubj')).toThrow(/'ubj' or 'json', received 'pickle'/);
    await expect(Booster.load(5 as unknown as string)).rejects.toThrow(/path \(string\) or model bytes/);
    expect(() => Booster.loadSync(null as unknown as string)).toThrow(TypeError);
  });
});

describe('serialize', () => {
  it('keeps model, parameters and random state', async () => {
    using restored = Booster.unserialize(booster.serialize());
    await same(restored);
    expect(restored.saveConfig()).toBe(booster.saveConfig());
    expect(restored.serialize()).toEqual(booster.serialize());
  });

  it('a restored booster goes on exactly as the first would', async () => {
    const params = { objective: 'binary:logistic', subsample: 0.5, nthread: 1, seed: 3 } as const;
    using first = await Booster.create(params, [dtrain]);
    await first.update(dtrain, 0);
    using second = Booster.unserialize(first.serialize());
    for (const model of [first, second]) await model.update(dtrain, 1);
    expect(second.toBuffer('json')).toEqual(first.toBuffer('json'));
  });

  it('never hands foreign bytes on', () => {
    expect(() => Booster.unserialize(booster.toBuffer('ubj'))).toThrow(/not written by Booster.serialize/);
    expect(() => Booster.unserialize(new Uint8Array(64))).toThrow(ModelError);
  });
});
