// Loads the named packages in this order, lets each do its work, then all once more: prints a digest of our model.
import { createHash } from 'node:crypto';

/** `{ field, bytes or text or number }` as protobuf, enough for one small ONNX model. */
function message(...fields) {
  const parts = fields.map(([field, value]) => {
    if (typeof value === 'number') return Buffer.from([field << 3, value]);
    const bytes = Buffer.from(value);
    return Buffer.concat([Buffer.from([(field << 3) | 2, bytes.length]), bytes]);
  });
  return Buffer.concat(parts);
}

/** y = Abs(x) for one float. */
function absModel() {
  const shape = message([1, message([1, 1])]);
  const type = message([1, message([1, 1], [2, shape])]);
  const value = (name) => message([1, name], [2, type]);
  const node = message([1, 'x'], [2, 'y'], [4, 'Abs']);
  const graph = message([1, node], [2, 'g'], [11, value('x')], [12, value('y')]);
  return message([1, 8], [7, graph], [8, message([2, 13])]);
}

const packages = {
  async 'xgboost-gpu'() {
    const { DMatrix, train } = await import('../../dist/index.js');
    return async () => {
      const values = Float32Array.from({ length: 3000 }, (_, i) => (i * 31) % 101);
      const label = values.subarray(0, 1000).map((value) => value % 2);
      const data = await DMatrix.from({ values, rows: 1000, cols: 3 }, { label });
      const { booster } = await train({ max_depth: 4, nthread: 2 }, data, { numBoostRound: 10 });
      return createHash('sha256').update(booster.toBuffer()).digest('hex');
    };
  },
  async 'onnxruntime-node'() {
    const { default: onnx } = await import('onnxruntime-node');
    return async () => {
      const session = await onnx.InferenceSession.create(absModel());
      const { y } = await session.run({ x: new onnx.Tensor('float32', Float32Array.of(-3), [1]) });
      if (y.data[0] !== 3) throw new Error(`onnxruntime answers ${y.data[0]}`);
    };
  },
  async sharp() {
    const { default: sharp } = await import('sharp');
    return async () => {
      const image = sharp({ create: { width: 8, height: 8, channels: 3, background: '#a05' } });
      const { info } = await image.resize(4, 4).png().toBuffer({ resolveWithObject: true });
      if (info.width !== 4) throw new Error(`sharp answers ${info.width}`);
    };
  },
  async '@duckdb/node-api'() {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    return async () => {
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      const rows = await (await connection.run('SELECT sum(range)::INTEGER FROM range(1000)')).getRows();
      if (rows[0][0] !== 499_500) throw new Error(`duckdb answers ${rows[0][0]}`);
    };
  },
  async 'nodejs-polars'() {
    const { default: polars } = await import('nodejs-polars');
    return async () => {
      const sum = polars.Series('a', [1, 2, 3]).sum();
      if (sum !== 6) throw new Error(`polars answers ${sum}`);
    };
  },
};

const works = [];
for (const name of process.argv.slice(2)) works.push([name, await packages[name]()]);
let digest;
for (const _ of ['once', 'again']) {
  for (const [name, work] of works) {
    const answer = await work();
    if (name === 'xgboost-gpu') digest = answer;
  }
}
process.stdout.write(JSON.stringify({ digest }));
