// Numbers as text the way Python writes and reads them, so that attributes and histories are equal to Python's.

/** `str(value)` of a Python float: `0.1`, `1.0`, `1e-05`, `1e+16`, `nan`, `-inf`. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (!Number.isFinite(value)) return `${sign}inf`;
  // Both languages print the shortest digits that read back as the same double; only the layout differs.
  const [mantissa = '0', power = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    const places = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${digits.charAt(0)}${fraction}e${exponent < 0 ? '-' : '+'}${places}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.padEnd(exponent + 1, '0');
  return `${sign}${whole.slice(0, exponent + 1)}.${whole.slice(exponent + 1) || '0'}`;
}

/** Reads what libxgboost and Python print: decimal numbers, `nan`, `-nan`, `inf`, `-inf`. */
export function parseFloatText(text: string): number {
  const word = text.trim().toLowerCase();
  if (word === 'inf' || word === 'infinity') return Number.POSITIVE_INFINITY;
  if (word === '-inf' || word === '-infinity') return Number.NEGATIVE_INFINITY;
  return word === '' ? Number.NaN : Number(word);
}

/**
 * `'%.{places}f' % value` of C and Python: exact, and halves go to the even digit. `places` >= 1.
 *
 * `toFixed` is exact too, but takes halves away from zero. A half at this place is an odd multiple of
 * 2^-(places + 1), and such a number prints exactly with one place more.
 */
export function fixedText(value: number, places: number): string {
  if (!Number.isFinite(value)) return pythonFloat(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size >= 1e21) return `${sign}${BigInt(size)}.${'0'.repeat(places)}`;
  const halves = size * 2 ** (places + 1);
  if (halves % 2 !== 1) return sign + size.toFixed(places);
  const down = size.toFixed(places + 1).slice(0, -1);
  return sign + (Number(down.at(-1)) % 2 === 0 ? down : size.toFixed(places));
}
