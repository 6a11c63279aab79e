// Models that XGBoost 1.6 to 3.4 wrote: every one loads, predicts what XGBoost 3.4.1 predicts from the same file, bit
// for bit, and saves the same bytes. Made by corpus/make.mjs.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import type { FeatureType } from '../../lib/data/types.js';
import { setConfig } from '../../lib/library.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';

// Small models: threads cost more than they bring.
setConfig({ nthread: 1 });

interface Line {
  readonly name: string;
  readonly ubj: string;
  readonly json: string;
  readonly rows: number;
  readonly cols: number;
  readonly x: string;
  readonly types: FeatureType[] | null;
  readonly names: string[] | null;
  /** What the version that wrote the model predicts. */
  readonly own: string;
  /** What 3.4.1 predicts and saves; null where it cannot load the file. */
  readonly expected: string | null;
  readonly saved: { readonly ubj: string; readonly json: string } | null;
}

const folder = join(import.meta.dirname, 'corpus');
const archives = readdirSync(folder).filter((name) => name.endsWith('.jsonl.gz'));

function read(archive: string): Line[] {
  const text = gunzipSync(readFileSync(join(folder, archive))).toString();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

function bytes(base64: string): Uint8Array {
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}

function floats(base64: string): Float32Array {
  return new Float32Array(bytes(base64).buffer);
}

function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function matrix(line: Line): DMatrix {
  return DMatrix.fromSync(
    { values: floats(line.x), rows: line.rows, cols: line.cols },
    {
      ...(line.names === null ? {} : { featureNames: line.names }),
      ...(line.types === null ? {} : { featureTypes: line.types }),
    },
  );
}

test('there is an archive for each version from 1.6 to 3.4', () => {
  const versions = archives.map((name) => name.split('.').slice(0, 2).join('.'));
  expect(versions.sort()).toEqual(['1.6', '1.7', '2.0', '2.1', '3.0', '3.1', '3.2', '3.3', '3.4']);
});

describe.each(archives)('%s', (archive) => {
  const lines = read(archive);

  test('has at least forty kinds of models', () => expect(lines.length).toBeGreaterThanOrEqual(40));

  test.each(lines.map((line) => [line.name, line] as const))('%s', (_, line) => {
    using data = matrix(line);
    for (const format of ['ubj', 'json'] as const) {
      using booster = Booster.loadSync(bytes(line[format]));
      const predicted = booster.predictSync(data).values;
      if (line.expected !== null) expect(predicted).toEqual(floats(line.expected));
      const own = floats(line.own);
      expect(predicted.length).toBe(own.length);
      own.forEach((value, index) => {
        expect(Math.abs((predicted[index] ?? Number.NaN) - value)).toBeLessThanOrEqual(
          1e-5 * Math.max(1, Math.abs(value)),
        );
      });
      if (line.saved === null || archive.startsWith('1.')) continue;
      for (const kind of ['ubj', 'json'] as const) {
        expect(sha256(booster.toBuffer(kind)), `saved as ${kind}`).toBe(line.saved[kind]);
      }
    }
  });
});
