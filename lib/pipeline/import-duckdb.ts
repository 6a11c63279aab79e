// The import of the optional peer, alone in a file so that a test can do without it.

/** Loads `@duckdb/node-api`, which the user installs or not. */
export const importDuckDB = (): Promise<typeof import('@duckdb/node-api')> => import('@duckdb/node-api');
