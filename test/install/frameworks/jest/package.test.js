require('../checks.cjs')({
  ...{ test, expect, beforeAll, afterAll },
  whole: require('xgboost-gpu'),
  part: require('xgboost-gpu/predict'),
  arrow: require('apache-arrow'),
});
