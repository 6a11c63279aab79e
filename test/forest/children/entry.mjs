// Predicts with `xgboost-gpu/predict` in every way, and reports what the process has loaded. Argument: a model file.
import { readFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';

// Whatever imports apache-arrow fails from now on.
const refuse = 'if (/apache-arrow/.test(specifier)) throw new Error("apache-arrow is imported");';
const hook = `export async function resolve(specifier, context, next) { ${refuse} return next(specifier, context); }`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

const require = createRequire(import.meta.url);
const loaded = () => ({
  libxgboost: /libxgboost\.so/.test(readFileSync('/proc/self/maps', 'utf8')),
  addon: /xgboost_gpu\.node|xgboost-gpu.*\.node/.test(readFileSync('/proc/self/maps', 'utf8')),
  arrow: Object.keys(require.cache).some((path) => path.includes('apache-arrow')),
});

const { CompiledForest } = await import('xgboost-gpu/predict');
const before = loaded();
const forest = await CompiledForest.load(process.argv[2]);
const cols = forest.numFeatures;
const table = { values: new Float32Array(50_000 * cols).fill(0.5), rows: 50_000, cols };
const found = [
  forest.predictRow(table.values.subarray(0, cols)),
  forest.predictSync(table).values[7],
  (await forest.predict(table)).values[49_999],
];
for await (const { values } of forest.predictStream([table])) found.push(values[0]);
found.push(CompiledForest.attach(forest.share()).predictSync(table).values[3]);
const after = loaded();
const arrow = await import('apache-arrow').then(
  () => 'not refused',
  (error) => error.message,
);
const { buildInfo } = await import('xgboost-gpu');
buildInfo();
console.log(JSON.stringify({ before, after, found, arrow, control: loaded() }));
