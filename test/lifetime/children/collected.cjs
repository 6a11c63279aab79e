// Makes many matrices and keeps none, without dispose, yielding now and then: prints MB made and the peak of RSS.
const { sync } = require('./raw.cjs');

const COUNT = 150;
const ROWS = 100_000;
const COLS = 8;
const values = new Float32Array(ROWS * COLS).fill(1);

(async () => {
  let peak = 0;
  for (let i = 0; i < COUNT; i++) {
    sync.XGDMatrixCreateFromDense({ values, shape: [ROWS, COLS] }, '{"missing":NaN}');
    await new Promise((resolve) => setImmediate(resolve));
    peak = Math.max(peak, process.memoryUsage().rss);
  }
  console.log(JSON.stringify({ made: (COUNT * ROWS * COLS * 8) / 2 ** 20, peak: peak / 2 ** 20 }));
})();
