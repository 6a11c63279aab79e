// Faults with rows, columns, labels and the like.
import { dense, labels, list, matrix, PARAMS, ROWS, trained, xgb } from '../support/world.mjs';

export const cases = [];
const { DMatrix } = xgb;
const train = (data, params = PARAMS) => xgb.train(params, data, { numBoostRound: 2 });
const done = async (work) => {
  await work;
  return 'trained';
};

const empty = list(cases, 'empty matrix');
empty('train on no rows', /^DataError/, () => train(matrix({}, 0)));
// libxgboost's own shape, which Python gives as well.
empty('predict no rows', [0, 0], async () =>
  (await trained()).predict(matrix({ label: undefined }, 0)).then((p) => p.shape),
);
empty('predict no rows in place', [0, 0], async () =>
  (await trained()).inplacePredict(dense(0)).then((p) => p.shape),
);
empty('evaluate no rows', /^(DataError|XGBoostError|ParameterError)|^value/, async () =>
  (await trained()).eval(matrix({}, 0)),
);
empty('no columns', /^DataError/, () => DMatrix.fromSync({ values: new Float32Array(0), rows: 5, cols: 0 }));
empty('an empty object', /^(DataError|TypeError)/, () => DMatrix.fromSync({}));
empty('an empty array', /^(DataError|TypeError)|^value/, () => void DMatrix.fromSync([]));
empty('rows that are empty', /^(DataError|TypeError)/, () => DMatrix.fromSync([[], []]));
empty(
  'columns without rows',
  /^(DataError|TypeError)|^value/,
  () => void DMatrix.fromSync({ a: new Float32Array(0) }),
);

const info = list(cases, 'labels, weights, groups and query ids that do not fit');
const with_ =
  (options, params = PARAMS) =>
  async () =>
    done(train(matrix(options), params));
const fill = (value, at = 5) => {
  const filled = labels();
  filled[at] = value;
  return filled;
};
info('label too short', /^DataError: .*label/, with_({ label: labels(ROWS - 1) }));
info('label too long', /^DataError: .*label/, with_({ label: labels(ROWS + 1) }));
info('label NaN', /^DataError: .*label/i, with_({ label: fill(Number.NaN) }));
info('label infinite', /^DataError: .*label/i, with_({ label: fill(Number.POSITIVE_INFINITY) }));
info('label text', /^(DataError|TypeError)/, with_({ label: Array(ROWS).fill('x') }));
info('label beyond float32', /^DataError/, with_({ label: new Float64Array(ROWS).fill(1e300) }));
info('weight negative', /^DataError: .*weight/i, with_({ weight: fill(-1) }));
info('weight NaN', /^DataError: .*weight/i, with_({ weight: fill(Number.NaN) }));
info('weight short', /^DataError: .*weight/, with_({ weight: labels(3) }));
info('base margin short', /^DataError: .*[mM]argin/, with_({ baseMargin: labels(3) }));
info(
  'query ids unsorted',
  /^DataError: .*qid/,
  with_({ qid: Int32Array.from({ length: ROWS }, (_, i) => i % 3) }),
);
info(
  'query ids fractional',
  /^(DataError|TypeError|RangeError)/,
  with_({ qid: new Float32Array(ROWS).fill(0.5) }),
);
info('groups that do not add up', /^DataError: .*group/, with_({ group: [10, 10] }));
info('groups negative', /^(DataError|RangeError): .*group/, with_({ group: [-10, ROWS + 10] }));
info('groups beyond 32 bits', /^(DataError|RangeError): .*group/, with_({ group: [2 ** 32 + ROWS] }));
info(
  'class out of range',
  /^(DataError|XGBoostError)/,
  with_({ label: fill(7) }, { objective: 'multi:softprob', num_class: 3 }),
);
info(
  'class fractional',
  /^(DataError|XGBoostError)|^value/,
  with_({ label: fill(0.5) }, { objective: 'multi:softprob', num_class: 3 }),
);
info(
  'class negative',
  /^(DataError|XGBoostError)/,
  with_({ label: fill(-1) }, { objective: 'multi:softprob', num_class: 3 }),
);
info('label outside 0..1 for logistic', /^(DataError|XGBoostError)/, with_({ label: fill(2) }));
info(
  'lower bound above upper bound',
  /^(DataError|XGBoostError)|^value/,
  with_(
    { labelLowerBound: labels().fill(5), labelUpperBound: labels().fill(1) },
    { objective: 'survival:aft' },
  ),
);
info('no label at all', /^(DataError|XGBoostError|ParameterError)/, with_({ label: undefined }));
info('label as a column that is not there', /^DataError|^TypeError/, () =>
  DMatrix.fromSync({ a: labels() }, { label: 'b' }),
);

const outputs = list(cases, 'label with k * rows entries');
outputs('flat', /^DataError: .*label/, with_({ label: labels(ROWS * 2) }));
outputs(
  'with its shape',
  'trained',
  with_({ label: { values: labels(ROWS * 2), rows: ROWS, cols: 2 } }, { objective: 'reg:squarederror' }),
);
outputs(
  'with a shape that lies',
  /^DataError: .*label/,
  with_({ label: { values: labels(ROWS), rows: ROWS, cols: 2 } }),
);

const weights = list(cases, 'feature weights shorter than the columns');
weights('too short', /^DataError: .*featureWeights/, with_({ featureWeights: [1] }));
weights('too long', /^DataError: .*featureWeights/, with_({ featureWeights: [1, 1, 1, 1] }));
weights('negative', /^(DataError|XGBoostError)/, with_({ featureWeights: [1, -1, 1] }));

const names = list(cases, 'feature names and types that do not fit');
names('too few names', /^DataError/, with_({ featureNames: ['a'] }));
names('the same name twice', /^DataError/, with_({ featureNames: ['a', 'a', 'b'] }));
names('names that libxgboost refuses', /^DataError/, with_({ featureNames: ['a[', 'b]', 'c<'] }));
names('a name with NUL', /^(DataError|TypeError)/, with_({ featureNames: ['a\0', 'b', 'c'] }));
names('a name of 1 MB', 'trained', with_({ featureNames: ['x'.repeat(1e6), 'b', 'c'] }));
names('an unknown type', /^(DataError|TypeError)/, with_({ featureTypes: ['float', 'float', 'text'] }));
names('no strings', /^(DataError|TypeError)/, with_({ featureNames: [1, null, {}] }));

const categories = list(cases, 'category codes');
const coded = (value) => async () => {
  const data = dense();
  data.values[0] = value;
  return done(train(DMatrix.fromSync(data, { label: labels(), featureTypes: ['c', 'float', 'float'] })));
};
categories('-1', /^(DataError|XGBoostError)/, coded(-1));
categories('1e9', /^(DataError|XGBoostError)/, coded(1e9));
categories('16,777,215: a request for gigabytes', /^(DataError|XGBoostError)/, coded(16_777_215));
categories('65,536, one more than may be', /^DataError/, coded(65_536));
categories('65,535, the last that may be', 'trained', coded(65_535));
categories('set afterwards', /^DataError/, () => {
  const data = dense();
  data.values[0] = 1e6;
  const made = DMatrix.fromSync(data, { label: labels() });
  made.setInfo({ featureTypes: ['c', 'float', 'float'] });
  return done(train(made));
});
categories('in place', /^(DataError|XGBoostError)|^value/, async () => {
  const made = DMatrix.fromSync(
    { values: labels(180), rows: 60, cols: 3 },
    { label: labels(), featureTypes: ['c', 'c', 'c'] },
  );
  const { booster } = await train(made);
  return (await booster.inplacePredict({ values: new Float32Array(3).fill(1e9), rows: 1, cols: 3 })).shape;
});
categories('a fraction', /^(DataError|XGBoostError)|^value/, coded(0.5));
categories('infinite', /^(DataError|XGBoostError)/, coded(Number.POSITIVE_INFINITY));
categories('unknown to the model, in place', /^(DataError|XGBoostError)|^value/, async () => {
  const params = { ...PARAMS, max_cat_to_onehot: 1 };
  const data = DMatrix.fromSync({ c: Array.from(labels(), (v) => (v ? 'x' : 'y')) }, { label: labels() });
  const { booster } = await xgb.train(params, data, { numBoostRound: 2 });
  return (await booster.inplacePredict({ c: ['z', 'x'] })).shape;
});
