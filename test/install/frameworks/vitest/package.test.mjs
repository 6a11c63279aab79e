import * as arrow from 'apache-arrow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as whole from 'xgboost-gpu';
import * as part from 'xgboost-gpu/predict';
import checks from '../checks.cjs';

checks({ test, expect, beforeAll, afterAll, whole, part, arrow });
