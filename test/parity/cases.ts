// All parity cases.
import { forms } from './cases/forms.js';
import { objectives } from './cases/objectives.js';
import { training } from './cases/training.js';
import { complete, type ParityCase } from './spec.js';

export const cases: ParityCase[] = [...forms, ...objectives, ...training].map(complete);
