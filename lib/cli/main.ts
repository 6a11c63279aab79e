#!/usr/bin/env node
// The command xgboost-gpu.
import { runCommandLine } from './program.js';

void runCommandLine(process.argv.slice(2));
