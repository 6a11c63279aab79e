// What we need of a logger; console and the common logging packages fit.

/** A destination for messages. Any method may be left out. */
export interface Logger {
  debug?(message: string): void;
  info?(message: string): void;
  warn?(message: string): void;
  error?(message: string): void;
}

/** The default: warnings and errors to stderr, nothing else. */
export const quietLogger: Logger = {
  warn: (message) => void process.stderr.write(`${message}\n`),
  error: (message) => void process.stderr.write(`${message}\n`),
};
