// All parity cases.
import { bins } from './cases/bins.js';
import { continuing } from './cases/continuing.js';
import { explaining } from './cases/explaining.js';
import { forms } from './cases/forms.js';
import { growth } from './cases/growth.js';
import { linearAndStarts } from './cases/linear.js';
import { metrics } from './cases/metrics.js';
import { missing } from './cases/missing.js';
import { objectives } from './cases/objectives.js';
import { severalOutputs } from './cases/outputs.js';
import { ranking } from './cases/ranking.js';
import { training } from './cases/training.js';
import { complete, type ParityCase } from './spec.js';

const sketches = [
  ...forms,
  ...missing,
  ...objectives,
  ...severalOutputs,
  ...ranking,
  ...metrics,
  ...training,
  ...growth,
  ...linearAndStarts,
  ...continuing,
  ...explaining,
  ...bins,
];

export const cases: ParityCase[] = sketches.map(complete);
