// Where the flights are: 3 million of the United States, January to June 2001, in the npm package vega-datasets.
import { fileURLToPath } from 'node:url';

export const flights = fileURLToPath(new URL('data/flights-3m.parquet', packageRoot('vega-datasets')));
export const config = fileURLToPath(new URL('config.yaml', import.meta.url));

/** The folder of an installed package; its data files are none of its exports. */
function packageRoot(name) {
  return new URL('../', import.meta.resolve(name));
}
