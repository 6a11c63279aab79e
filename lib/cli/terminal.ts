// Where a command writes: data to standard output, talk to standard error.

/** Options that every command has. */
export interface CommonOptions {
  readonly json?: boolean;
}

/** The two outputs of a command and what its user wants to see there. */
export interface Terminal {
  /** Machines read the output. */
  readonly json: boolean;
  /** Data for standard output. */
  out(text: string): void;
  /** One line for people, on standard error. */
  talk(line: string): void;
}

export function openTerminal(json: boolean): Terminal {
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.removeAllListeners('warning');
  process.on('warning', ({ message }) => void process.stderr.write(`warning: ${message}\n`));
  return {
    json,
    out: (text) => void process.stdout.write(text),
    talk: (line) => void process.stderr.write(`${line}\n`),
  };
}

/** `value` as a JSON document that ends in a newline. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? Number(item) : item), 2)}\n`;
}

/** Rows of cells as aligned text, without a trailing newline. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `1234.5` → `1.23 s`, `12.3` → `12.3 ms`. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}
