// xgboost-gpu evaluate: the metrics of a model on data with known answers.
import type { DeviceName } from '../../learning/types.js';
import { DataPipeline } from '../../pipeline/pipeline.js';
import type { EvaluationData } from '../../pipeline/types.js';
import { interruptible } from '../interrupt.js';
import { type CommonOptions, duration, jsonText, type Terminal, textTable } from '../terminal.js';
import { openModel } from './open-model.js';

export interface EvaluateCommand extends CommonOptions {
  readonly model: string;
  readonly data: string;
  readonly target?: string;
  readonly device: DeviceName;
}

export async function evaluate(options: EvaluateCommand, terminal: Terminal): Promise<void> {
  const { model: path, data: file, target } = options;
  await interruptible(terminal, async (signal) => {
    using model = await openModel(path, options.device);
    const pipeline = DataPipeline.fromBooster(model.booster, model.device);
    const data = await pipeline.run(file, 'evaluate', target === undefined ? { signal } : { signal, target });
    signal.throwIfAborted();
    const started = performance.now();
    const metrics = await model.evaluate(data.table.select([...data.features]), answers(data, data.target), {
      qid: data.group === undefined ? undefined : answers(data, data.group),
    });
    const milliseconds = performance.now() - started;
    const rows = data.table.numRows;
    if (terminal.json) {
      terminal.out(
        jsonText({
          model: path,
          data: file,
          target: data.target,
          rows,
          device: model.device,
          metrics,
          milliseconds,
        }),
      );
      return;
    }
    terminal.out(`${textTable(metricRows(metrics))}\n`);
    terminal.talk(`${rows} rows on the ${model.device} in ${duration(milliseconds)}`);
  });
}

function answers(
  data: EvaluationData,
  name: string,
): NonNullable<ReturnType<EvaluationData['table']['getChild']>> {
  const column = data.table.getChild(name);
  if (column === null) throw new Error(`the pipeline left out the column '${name}'`);
  return column;
}

/** Metrics as rows of a text table. */
export function metricRows(metrics: Readonly<Record<string, number>>): string[][] {
  return Object.entries(metrics).map(([name, value]) => [name, value.toFixed(6)]);
}
