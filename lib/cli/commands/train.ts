// xgboost-gpu train: a configuration and a data file → a model file and its metrics.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Config, type ModelConfig } from '../../config/config.js';
import { writeFileAtomic } from '../../files/atomic-file.js';
import type { DeviceName } from '../../learning/types.js';
import type { BaseModel } from '../../model/base-model.js';
import { createModel } from '../../model/create.js';
import { Trainer } from '../../model/trainer.js';
import { DataPipeline } from '../../pipeline/pipeline.js';
import type { TrainingData } from '../../pipeline/types.js';
import { codeOf } from '../../realm.js';
import { ProgressBar } from '../../train/progress.js';
import { Interrupted, UsageError } from '../failures.js';
import { interruptible } from '../interrupt.js';
import { type CommonOptions, duration, jsonText, type Terminal, textTable } from '../terminal.js';
import { metricRows } from './evaluate.js';

export interface TrainCommand extends CommonOptions {
  readonly config: string;
  readonly data: string;
  readonly device: DeviceName;
  readonly output?: string;
}

/** What `metrics.json` and `--json` hold. */
interface TrainReport {
  readonly model: string;
  readonly task: string;
  readonly device: string;
  /** Null where bounds take its place. */
  readonly target: string | null;
  readonly rows: { readonly train: number; readonly validation: number };
  readonly rounds: number;
  readonly bestIteration: number | null;
  readonly bestScore: number | null;
  /** Milliseconds. */
  readonly readingTime: number;
  readonly trainingTime: number;
  /** On the validation rows, or on the training rows when there are none. */
  readonly evaluatedOn: 'validation' | 'train';
  readonly metrics: Readonly<Record<string, number>>;
  readonly history: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
}

export async function train(options: TrainCommand, terminal: Terminal): Promise<void> {
  const config = loadConfig(options);
  const report = await interruptible(terminal, (signal) => run(options, config, terminal, signal));
  if (options.output !== undefined) {
    await writeFileAtomic(join(options.output, 'metrics.json'), Buffer.from(jsonText(report)));
  }
  if (terminal.json) terminal.out(jsonText(report));
  else terminal.out(`${textTable(metricRows(report.metrics))}\n`);
  terminal.talk(`model written to ${report.model}`);
}

/** The configuration; with `--output`, checkpoints go there too unless it names another folder. */
function loadConfig({ config: path, output }: TrainCommand): ModelConfig {
  let config: ModelConfig;
  try {
    config = Config.fromYaml(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    throw new UsageError(`there is no configuration ${path}; name one with --config`);
  }
  if (output === undefined || config.model?.checkpoint_dir !== undefined) return config;
  return { ...config, model: { ...config.model, checkpoint_dir: join(output, 'checkpoints') } };
}

async function run(
  options: TrainCommand,
  config: ModelConfig,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<TrainReport> {
  using model = createModel(config, options.device);
  const pipeline = new DataPipeline(config, model.device);
  terminal.talk(`reading ${options.data}`);
  const started = performance.now();
  const data = await pipeline.run(options.data, 'train', { signal });
  const readingTime = performance.now() - started;
  const rows = { train: data.train.numRows, validation: data.validation?.numRows ?? 0 };
  terminal.talk(
    `${rows.train} rows to train on, ${rows.validation} for validation, read in ${duration(readingTime)}`,
  );
  terminal.talk(`training on the ${model.device}`);
  const trainer = new Trainer(model, withCheckpoint(config, model.config.training.epochs));
  const { history, trainingTime, modelPath } = await learn(trainer, model, pipeline, data, signal, terminal);
  terminal.talk(`trained in ${duration(trainingTime)}`);
  const { metrics } = await trainer.evaluate(data.validation ?? data.train, data.target, boundsOf(data));
  const path = options.output === undefined ? modelPath : await saveTo(options.output, model);
  return {
    model: path,
    task: model.config.task,
    device: model.device,
    target: data.target ?? null,
    rows,
    rounds: model.booster.numBoostedRounds,
    bestIteration: model.booster.bestIteration ?? null,
    bestScore: model.booster.bestScore ?? null,
    readingTime,
    trainingTime,
    evaluatedOn: data.validation === undefined ? 'train' : 'validation',
    metrics,
    history,
  };
}

/** Ctrl-C keeps a checkpoint, also where the configuration asks for none on the way. */
function withCheckpoint(config: ModelConfig, epochs: number): ModelConfig {
  const interval = config.training?.checkpoint_interval ?? epochs;
  return { ...config, training: { ...config.training, checkpoint_interval: interval } };
}

/** The bounds of a survival, where there are any. */
function boundsOf({
  lowerBound,
  upperBound,
}: TrainingData): Partial<Record<'labelLowerBound' | 'labelUpperBound', string>> {
  return {
    ...(lowerBound === undefined ? {} : { labelLowerBound: lowerBound }),
    ...(upperBound === undefined ? {} : { labelUpperBound: upperBound }),
  };
}

async function saveTo(folder: string, model: BaseModel): Promise<string> {
  const path = join(folder, 'model.ubj');
  await mkdir(folder, { recursive: true });
  await model.save(path);
  return path;
}

async function learn(
  trainer: Trainer,
  model: BaseModel,
  pipeline: DataPipeline,
  data: TrainingData,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<Awaited<ReturnType<Trainer['train']>>> {
  // Before the first round, so that every file made of this training knows how its features are made.
  const attach = { beforeTraining: (booster: BaseModel['booster']) => pipeline.attachTo(booster) };
  const { model: section, training } = model.config;
  const epochs = section.type === 'random_forest' ? 1 : training.epochs;
  // Where the output is no terminal: a line every ten rounds, but no more than a hundred.
  const progress = new ProgressBar({ rounds: epochs, period: Math.max(10, Math.ceil(epochs / 100)) });
  try {
    return await trainer.train(data.train, data.target, data.validation, data.validation && data.target, {
      weight: data.weight,
      qid: data.group,
      ...boundsOf(data),
      callbacks: [attach, progress],
      signal,
    });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    terminal.talk(
      `checkpoints are in ${model.config.model.checkpoint_dir}; training.resume: true goes on from there`,
    );
    throw error;
  }
}
