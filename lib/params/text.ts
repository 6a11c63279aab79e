// Numbers as text, the way Python writes them. libxgboost's number reader rounds differently for different spellings of
// one number (`1e-05` and `0.00001` can end in different last bits), so equal models need equal spellings.

/** Python's `repr` of a float, except that whole numbers below 1e16 stay without a point, which reads the same. */
export function numberText(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 16) return String(value);
  const sign = power < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** `True` or `False`. */
export function switchText(value: boolean): string {
  return value ? 'True' : 'False';
}
