// The import of the optional peer, alone in a file so that a test can do without it.

/**
 * Loads `@duckdb/node-api`, which the user installs or not. A bundler that takes this package in must not fail for want of
 * it: webpack and Vite heed the comment, esbuild leaves an import alone that is caught on the spot.
 */
export const importDuckDB = (): Promise<typeof import('@duckdb/node-api')> =>
  import(/* webpackIgnore: true */ /* @vite-ignore */ '@duckdb/node-api').catch((error: unknown) => {
    throw error;
  });
