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
      qid: answers(data, data.group),
      labelLowerBound: answers(data, data.lowerBound),
      labelUpperBound: answers(data, data.upperBound),
    });
    const milliseconds = performance.now() - started;
    const rows = data.table.numRows;
    if (terminal.json) {
      terminal.out(
        jsonText({
          model: path,
          data: file,
          target: data.target ?? null,
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
  name: string | undefined,
): NonNullable<ReturnType<EvaluationData['table']['getChild']>> | undefined {
  if (name === undefined) return undefined;
  const column = data.table.getChild(name);
  if (column === null) throw new Error(`the pipeline left out the column '${name}'`);
  return column;
}

/** Why the labels may not define a metric. */
const UNDEFINED: Readonly<Record<string, string>> = {
  auc: 'a class does not occur',
  r2: 'one row has no variance',
  concordance: 'the order of no two events is known',
};

/** Metrics as rows of a text table; one that the labels do not define comes with the reason. */
export function metricRows(metrics: Readonly<Record<string, number>>): string[][] {
  return Object.entries(metrics).map(([name, value]) => {
    const reason = Number.isNaN(value) ? UNDEFINED[name] : undefined;
    return reason === undefined ? [name, value.toFixed(6)] : [name, value.toFixed(6), reason];
  });
}
