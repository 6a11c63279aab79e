// The commands, their options and help. Each command's code is loaded when it runs, so that help is quick.
import { Command, CommanderError, Option } from 'commander';
import { packageVersion } from '../native/package.js';
import { exitCodeOf, reportFailure } from './failures.js';
import { type CommonOptions, openTerminal, type Terminal } from './terminal.js';

const device = (): Option =>
  new Option('--device <device>', 'where to run').choices(['gpu', 'cpu']).default('gpu');

/** Wraps an action: opens the terminal, reports failures, sets the exit code. */
function action<O extends CommonOptions>(
  run: (options: O, terminal: Terminal) => Promise<void>,
): (options: O) => Promise<void> {
  return async (options) => {
    const terminal = openTerminal(options.json === true);
    try {
      await run(options, terminal);
    } catch (error) {
      reportFailure(error, terminal);
      process.exitCode = exitCodeOf(error);
    }
  };
}

function addTrain(program: Command): void {
  program
    .command('train')
    .description('train a model on a CSV, Parquet, JSON or Arrow file')
    .option('-c, --config <file>', 'configuration', 'config/default.yaml')
    .requiredOption('-d, --data <file>', 'the data to train on')
    .addOption(device())
    .option('-o, --output <folder>', 'writes model.ubj and metrics.json there')
    .option('--json', 'result as JSON on standard output')
    .action(
      action(async (options, terminal) => (await import('./commands/train.js')).train(options, terminal)),
    );
}

function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('measure a model on data with known answers')
    .requiredOption('-m, --model <file>', 'a model, .ubj or .json')
    .requiredOption('-d, --data <file>', 'the data')
    .option(
      '-t, --target <column>',
      'the column with the answers (default: the one the model was trained on)',
    )
    .addOption(device())
    .option('--json', 'result as JSON on standard output')
    .action(
      action(async (options, terminal) =>
        (await import('./commands/evaluate.js')).evaluate(options, terminal),
      ),
    );
}

function addPredict(program: Command): void {
  program
    .command('predict')
    .description('predict for each row of a file')
    .requiredOption('-m, --model <file>', 'a model, .ubj or .json')
    .requiredOption('-d, --data <file>', 'the data')
    .option('-o, --output <file>', '.arrow, .parquet, .csv or .json (default: CSV on standard output)')
    .option('-p, --proba', 'add a column with the probability of each class')
    .addOption(device())
    .option('--json', 'what was done, or without --output the predictions, as JSON on standard output')
    .action(
      action(async (options, terminal) => (await import('./commands/predict.js')).predict(options, terminal)),
    );
}

function addInspect(program: Command): void {
  program
    .command('inspect')
    .description('show what a model is: objective, rounds, features, importance, categories')
    .requiredOption('-m, --model <file>', 'a model, .ubj or .json')
    .option('--json', 'result as JSON on standard output')
    .action(
      action(async (options, terminal) => (await import('./commands/inspect.js')).inspect(options, terminal)),
    );
}

function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check this machine: addon, libxgboost, driver, GPUs, a training on each')
    .option('--json', 'result as JSON on standard output')
    .action(
      action(async (options, terminal) => (await import('./commands/doctor.js')).doctor(options, terminal)),
    );
}

function makeProgram(): Command {
  const program = new Command('xgboost-gpu')
    .description('XGBoost on the GPU and the CPU')
    .version(packageVersion())
    .showHelpAfterError('(--help shows the options)')
    .exitOverride();
  for (const add of [addTrain, addEvaluate, addPredict, addInspect, addDoctor]) add(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}

/**
 * Runs one command line and sets the exit code of the process: 0; 1 the run failed; 2 bad usage or configuration;
 * 130 after Ctrl-C.
 */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  try {
    await makeProgram().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help that was asked for and the version are no mistakes.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  }
}
