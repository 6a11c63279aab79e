// libxgboost's log lines: taken apart, and given to the user's handler or to stderr.

/** How serious a line of libxgboost's log is. */
export type LogLevel = 'error' | 'warning' | 'info' | 'debug';
/** Receives one line of libxgboost's log, without time and source position. */
export type LogHandler = (level: LogLevel, message: string) => void;

const LINE = /^\[\d\d:\d\d:\d\d\] (?:(WARNING|ERROR|FATAL|INFO|DEBUG): )?(?:[^\n]*?:\d+: )?([\s\S]*)$/;
const LEVELS: Readonly<Record<string, LogLevel>> = {
  WARNING: 'warning',
  ERROR: 'error',
  FATAL: 'error',
  INFO: 'info',
  DEBUG: 'debug',
};

let handler: LogHandler | null = null;

/** Who gets the lines; null is the default below. */
export function setLogHandler(listener: LogHandler | null): void {
  handler = listener;
}

/** The default: warnings and errors go to stderr, nothing else is shown. */
function toStderr(level: LogLevel, message: string): void {
  if (level === 'warning' || level === 'error') process.stderr.write(`xgboost ${level}: ${message}\n`);
}

/** Takes one line as libxgboost wrote it. Never throws: it is called by native code. */
export function onLogLine(line: string): void {
  const [, name, message] = LINE.exec(line) ?? [];
  try {
    (handler ?? toStderr)(LEVELS[name ?? 'INFO'] ?? 'info', (message ?? line).trimEnd());
  } catch (error) {
    // A handler's mistake must not hit whichever call happened to log; it surfaces as an uncaught exception.
    queueMicrotask(() => {
      throw error;
    });
  }
}
