// Dictionary columns whose dictionaries are chosen: apache-arrow's builders always number words as they come.
import { Dictionary, type Int8, Int32, type Uint16, Utf8, vectorFromArray } from 'apache-arrow';
import type { ArrowVector } from '../../lib/data/types.js';

export type Words = readonly (string | null)[];

/** The words as a dictionary column, in as many batches as there are orders, each with that dictionary. */
export function encoded(
  values: Words,
  orders: readonly (readonly string[])[],
  index: Int8 | Int32 | Uint16 = new Int32(),
): ArrowVector {
  const size = Math.max(1, Math.ceil(values.length / orders.length));
  const data = orders.map((order, at) => {
    const type = new Dictionary(new Utf8(), index, at);
    const part = values.slice(at * size, (at + 1) * size);
    const codes = part.map((word) => (word === null ? null : order.indexOf(word)));
    const [raw] = vectorFromArray(codes, index).data;
    if (raw === undefined) throw new Error('no codes');
    const { length, nullCount, nullBitmap, values: numbers } = raw;
    const dictionary: ArrowVector = vectorFromArray([...order], new Utf8());
    const chunk = { type, length, offset: 0, nullCount, nullBitmap, values: numbers, dictionary };
    return { ...chunk, valueOffsets: undefined, children: [] };
  });
  const type = data[0]?.type ?? new Dictionary(new Utf8(), index);
  return { type, length: values.length, data };
}
