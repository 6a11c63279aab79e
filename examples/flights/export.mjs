// Writes the two tables of the main job as Arrow files, for other tools to train on the same rows.
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { tableToIPC } from 'apache-arrow';
import { Config, DataPipeline } from 'xgboost-gpu';
import { config, flights } from './data.mjs';

const folder = resolve(process.argv[2] ?? 'build/flights');
const { train, validation } = await new DataPipeline(Config.fromYaml(config), 'cpu').run(flights, 'train');
mkdirSync(folder, { recursive: true });
for (const [name, table] of Object.entries({ train, validation })) {
  const path = `${folder}/${name}.arrow`;
  writeFileSync(path, tableToIPC(table, 'file'));
  console.log(`${table.numRows} rows written to ${path}`);
}
