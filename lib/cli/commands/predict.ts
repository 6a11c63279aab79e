// xgboost-gpu predict: a model and a data file → a file, or lines on standard output, with a prediction for each row.

import type { DeviceName } from '../../learning/types.js';
import type { BaseModel } from '../../model/base-model.js';
import { byCodePoint } from '../../pipeline/categories.js';
import type { Column } from '../../pipeline/columns.js';
import { DataPipeline } from '../../pipeline/pipeline.js';
import { checkOutputPath, csvLines, jsonLines, writeTable } from '../../pipeline/write.js';
import { UsageError } from '../failures.js';
import { interruptible } from '../interrupt.js';
import { type CommonOptions, duration, jsonText, type Terminal } from '../terminal.js';
import { openModel } from './open-model.js';

export interface PredictCommand extends CommonOptions {
  readonly model: string;
  readonly data: string;
  readonly output?: string;
  readonly proba?: boolean;
  readonly device: DeviceName;
}

export async function predict(options: PredictCommand, terminal: Terminal): Promise<void> {
  if (options.output !== undefined) await checkOutputPath(options.output);
  const result = await interruptible(terminal, async (signal) => {
    using model = await openModel(options.model, options.device);
    if (options.proba === true && model.classes === undefined) {
      throw new UsageError(`--proba: a model of task: ${model.config.task} has no classes`);
    }
    const pipeline = DataPipeline.fromBooster(model.booster, model.device);
    const { table } = await pipeline.run(options.data, 'predict', { signal });
    signal.throwIfAborted();
    const started = performance.now();
    const columns = await predictColumns(model, table, options.proba === true);
    const milliseconds = performance.now() - started;
    return { table: { columns, rows: table.numRows }, milliseconds, device: model.device };
  });
  if (options.output === undefined) {
    for (const block of terminal.json ? jsonLines(result.table) : csvLines(result.table)) terminal.out(block);
    return;
  }
  await writeTable(options.output, result.table);
  const { rows, columns } = result.table;
  const { milliseconds, device } = result;
  if (terminal.json) {
    const names = columns.map((column) => column.name);
    terminal.out(jsonText({ output: options.output, rows, columns: names, device, milliseconds }));
  }
  terminal.talk(
    `${rows} rows predicted on the ${device} in ${duration(milliseconds)}, written to ${options.output}`,
  );
}

type Table = Parameters<BaseModel['predict']>[0];

async function predictColumns(model: BaseModel, table: Table, proba: boolean): Promise<Column[]> {
  const columns: Column[] = [await predictionColumn(model, table)];
  if (!proba) return columns;
  const { values, shape } = await model.predictProba(table);
  const classes = shape[1] ?? 0;
  for (let k = 0; k < classes; k++) {
    const probabilities = new Float32Array(shape[0] ?? 0);
    for (let row = 0; row < probabilities.length; row++)
      probabilities[row] = values[row * classes + k] ?? Number.NaN;
    const name = `probability_${String(model.classes?.[k])}`;
    columns.push({ kind: 'number', name, values: probabilities, validity: undefined });
  }
  return columns;
}

async function predictionColumn(model: BaseModel, table: Table): Promise<Column> {
  if (model.config.task !== 'classification') {
    return { kind: 'number', name: 'prediction', values: await model.predict(table), validity: undefined };
  }
  return labelColumn(await model.predictLabels(table));
}

/** Labels in the type they had in training. */
function labelColumn(labels: readonly (string | number | boolean | bigint)[]): Column {
  const name = 'prediction';
  const validity = undefined;
  const first = labels[0];
  if (typeof first === 'string') return { ...stringColumn(labels.map(String)), name, validity };
  if (typeof first === 'boolean')
    return { kind: 'bool', name, values: Uint8Array.from(labels, Number), validity };
  if (labels.every((label) => Number.isInteger(label) && Math.abs(Number(label)) < 2 ** 31)) {
    return { kind: 'number', name, values: Int32Array.from(labels, Number), validity };
  }
  if (typeof first === 'bigint') {
    return { kind: 'number', name, values: BigInt64Array.from(labels, (label) => BigInt(label)), validity };
  }
  return { kind: 'number', name, values: Float64Array.from(labels, Number), validity };
}

function stringColumn(labels: readonly string[]): {
  kind: 'category';
  values: Int32Array;
  categories: string[];
} {
  const categories = [...new Set(labels)].sort(byCodePoint);
  const codes = new Map(categories.map((label, code) => [label, code]));
  return { kind: 'category', values: Int32Array.from(labels, (label) => codes.get(label) ?? 0), categories };
}
