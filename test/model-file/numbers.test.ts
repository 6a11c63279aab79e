// Numbers of a JSON model are rounded once, to the nearest float32 with ties to even, however many digits they have.
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { CompiledForest, DMatrix, train } from '../../lib/index.js';

let template = '';

beforeAll(async () => {
  const data = await DMatrix.from([[1], [2]], { label: [1, 2] });
  const { booster } = await train({ base_score: 0.5, max_depth: 1 }, data, { numBoostRound: 0 });
  template = Buffer.from(booster.toBuffer('json')).toString();
  booster.dispose();
  data.dispose();
});

/** The float that the reader makes of a text: a model without trees predicts its base score. */
async function read(text: string): Promise<number> {
  const model = JSON.parse(template);
  model.learner.learner_model_param.base_score = `[${text}]`;
  const forest = await CompiledForest.load(Buffer.from(JSON.stringify(model)));
  const margin = forest.predictRow(Float32Array.of(0));
  forest.dispose();
  return margin;
}

/** The exact decimal text of `digits * 2^power`. */
function decimal(digits: bigint, power: number): string {
  if (power >= 0) return `${digits * 2n ** BigInt(power)}`;
  return `${digits * 5n ** BigInt(-power)}e${power}`;
}

/** The same number and a little more, or a little less: behind its last digit. */
function beside(text: string, up: boolean): string {
  const [digits = '', exponent = '0'] = text.split('e');
  const longer = `${digits}${'0'.repeat(30)}`;
  return `${BigInt(longer) + (up ? 1n : -1n)}e${Number(exponent) - 30}`;
}

function float(significand: number, power: number): number {
  return significand * 2 ** power;
}

it('rounds the middle between two floats to the even one, and what is beside it to its side', async () => {
  const significand = fc.integer({ min: 2 ** 23, max: 2 ** 24 - 2 });
  // Normal floats of every size; below them the last bit is always worth 2^-149.
  const normal = fc.tuple(significand, fc.integer({ min: -149, max: 103 }));
  const small = fc.tuple(fc.integer({ min: 1, max: 2 ** 23 - 2 }), fc.constant(-149));
  await fc.assert(
    fc.asyncProperty(fc.oneof(normal, small), fc.boolean(), async ([bits, power], negative) => {
      const sign = negative ? -1 : 1;
      const text = decimal(2n * BigInt(bits) + 1n, power - 1);
      const [lower, upper] = [float(bits, power), float(bits + 1, power)].map((value) => sign * value);
      const minus = negative ? '-' : '';
      expect(await read(`${minus}${text}`)).toBe(bits % 2 === 0 ? lower : upper);
      expect(await read(`${minus}${beside(text, false)}`)).toBe(lower);
      expect(await read(`${minus}${beside(text, true)}`)).toBe(upper);
    }),
  );
});

it.each([
  ['0e99999999999999', 0],
  ['1e-400', 0],
  ['7.006492321624085e-46', 0],
  ['7.0064923216240861e-46', 2 ** -149],
  ['340282356779733661637539395458142568447', float(2 ** 24 - 1, 104)],
  [`1${'0'.repeat(60)}e-60`, 1],
  [`0.${'0'.repeat(60)}1e61`, 1],
  ['16777217', 16777216],
  ['16777219', 16777220],
])('reads %s', async (text, expected) => {
  expect(await read(text)).toBe(expected);
});
