// Before `npm pack`: a dist/ without leftovers of files that were renamed or removed. `prepare` then fills it.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './shared/run.mjs';

rmSync(join(root, 'dist'), { recursive: true, force: true });
