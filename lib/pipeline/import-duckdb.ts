// The loading of the optional peer, alone in a file so that a test can do without it.
import { requireHere } from '../native/package.js';

/** Loads `@duckdb/node-api`, which the user installs or not: at run time, so that no bundler fails for want of it. */
export const importDuckDB = async (): Promise<typeof import('@duckdb/node-api')> =>
  requireHere()('@duckdb/node-api');
