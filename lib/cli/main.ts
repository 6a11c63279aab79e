#!/usr/bin/env node
// The command xgboost-gpu.
import { runCommandLine } from './program.js';

await runCommandLine(process.argv.slice(2));
