// xgboost-gpu predict: a model and a data file → a file, or lines on standard output, with a prediction for each row.

import type { NumericTypedArray } from '../../data/types.js';
import type { DeviceName } from '../../learning/types.js';
import type { BaseModel } from '../../model/base-model.js';
import type { Column } from '../../pipeline/columns.js';
import { DataPipeline } from '../../pipeline/pipeline.js';
import { checkOutputPath, csvLines, jsonLines, writeTable } from '../../pipeline/write.js';
import { byCodePoint } from '../../python/code-point-order.js';
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
    const columns = await predictColumns(model, table, table.numRows, options.proba === true);
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

/** `prediction`, and where asked for `probability_<class>`; several of a row are numbered: `prediction_0`, … */
async function predictColumns(
  model: BaseModel,
  table: Table,
  rows: number,
  proba: boolean,
): Promise<Column[]> {
  const predicted = await predictionColumns(model, table, rows);
  if (!proba) return predicted;
  const { values, shape } = await model.predictProba(table);
  const several = predicted.length > 1;
  const probabilities = columnsOf(values, shape[0] ?? 0).map((column, k) =>
    numberColumn(Float32Array.from(column), `probability_${several ? k : String(model.classes?.[k])}`),
  );
  return [...predicted, ...probabilities];
}

/** The columns of a row-major matrix of so many rows. */
function columnsOf<T>(values: ArrayLike<T>, rows: number): T[][] {
  const width = rows === 0 ? 1 : values.length / rows;
  return Array.from({ length: width }, (_, k) =>
    Array.from({ length: rows }, (_row, row) => values[row * width + k] as T),
  );
}

async function predictionColumns(model: BaseModel, table: Table, rows: number): Promise<Column[]> {
  const nameOf = (k: number, all: readonly unknown[]) =>
    all.length === 1 ? 'prediction' : `prediction_${k}`;
  if (model.config.task === 'classification') {
    const labels = columnsOf(await model.predictLabels(table), rows);
    return labels.map((column, k) => labelColumn(column, nameOf(k, labels)));
  }
  const values = columnsOf(await model.predict(table), rows);
  return values.map((column, k) => numberColumn(Float32Array.from(column), nameOf(k, values)));
}

function numberColumn(values: NumericTypedArray, name: string): Column {
  return { kind: 'number', name, values, validity: undefined };
}

/** Labels in the type they had in training. */
function labelColumn(labels: readonly (string | number | boolean | bigint)[], name: string): Column {
  const validity = undefined;
  const first = labels[0];
  if (typeof first === 'string') return { ...stringColumn(labels.map(String)), name, validity };
  if (typeof first === 'boolean')
    return { kind: 'bool', name, values: Uint8Array.from(labels, Number), validity };
  if (labels.every((label) => Number.isInteger(label) && Math.abs(Number(label)) < 2 ** 31)) {
    return numberColumn(Int32Array.from(labels, Number), name);
  }
  if (typeof first === 'bigint') {
    return numberColumn(
      BigInt64Array.from(labels, (label) => BigInt(label)),
      name,
    );
  }
  return numberColumn(Float64Array.from(labels, Number), name);
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
