// DuckDB's result chunks → typed columns: whole typed arrays are copied, never a JavaScript row.

import { types } from 'node:util';
import { isNumericTypedArray } from '../data/typed-arrays.js';
import type { NumericTypedArray } from '../data/types.js';
import { NumberBuilder, ValidityBuilder } from './builders.js';
import { sortCategories } from './categories.js';
import type { Column } from './columns.js';
import type { DuckDB } from './duckdb.js';
import type { ColumnKind, Selected } from './sql.js';
import { StringCodes } from './strings.js';

type Chunk = InstanceType<DuckDB['DuckDBDataChunk']>;
type Vector = ReturnType<Chunk['getColumnVector']>;

/** Gathers one column of a result. */
export class ColumnReader {
  readonly #name: string;
  readonly #kind: ColumnKind;
  readonly #numbers = new NumberBuilder();
  readonly #validity = new ValidityBuilder();
  readonly #strings = new StringCodes();

  constructor(selected: Selected) {
    this.#name = selected.name;
    this.#kind = selected.kind;
  }

  append(vector: Vector): void {
    const count = vector.itemCount;
    const bits = validityOf(vector);
    this.#validity.append(bits, count);
    this.#numbers.append(this.#kind === 'string' ? this.#codes(vector, bits) : itemsOf(vector));
  }

  #codes(vector: Vector, bits: Uint8Array | null): Int32Array {
    const codes = new Int32Array(vector.itemCount);
    const entries = entriesOf(vector);
    for (let row = 0; row < codes.length; row++) {
      if (bits !== null && (((bits[row >> 3] ?? 0) >> (row & 7)) & 1) === 0) continue;
      codes[row] = this.#strings.ofEntry(entries, row * 4, () => String(vector.getItem(row)));
    }
    return codes;
  }

  /** The whole column; the reader is empty afterwards. */
  finish(): Column {
    const name = this.#name;
    const validity = this.#validity.finish();
    if (this.#kind === 'string') {
      const codes = this.#numbers.finish(new Int32Array(0));
      const values = types.isInt32Array(codes) ? codes : Int32Array.from(codes, Number);
      return {
        kind: 'category',
        name,
        values,
        categories: sortCategories(this.#strings.words, values),
        validity,
      };
    }
    const values = this.#numbers.finish(new Float64Array(0));
    if (this.#kind === 'bool') {
      const bytes = types.isUint8Array(values) ? values : Uint8Array.from(values, Number);
      return { kind: 'bool', name, values: bytes, validity };
    }
    return { kind: 'number', name, values, validity };
  }
}

/** The numbers of a vector, where DuckDB has them. Only good until the next chunk. */
function itemsOf(vector: Vector): NumericTypedArray {
  if ('items' in vector && isNumericTypedArray(vector.items)) return vector.items;
  throw unknownLayout(vector);
}

/** The 16-byte string entries of a vector as words. */
function entriesOf(vector: Vector): Uint32Array {
  if ('dataView' in vector && types.isDataView(vector.dataView)) {
    const { buffer, byteOffset, byteLength } = vector.dataView;
    return new Uint32Array(buffer, byteOffset, byteLength / 4);
  }
  throw unknownLayout(vector);
}

/** The validity bits of a vector, or null when nothing is missing. */
function validityOf(vector: Vector): Uint8Array | null {
  if (!('validity' in vector)) throw unknownLayout(vector);
  const validity = vector.validity;
  if (typeof validity !== 'object' || validity === null || !('data' in validity)) throw unknownLayout(vector);
  if (validity.data === null) return null;
  if (types.isBigUint64Array(validity.data)) {
    const { buffer, byteOffset, byteLength } = validity.data;
    return new Uint8Array(buffer, byteOffset, byteLength);
  }
  throw unknownLayout(vector);
}

function unknownLayout(vector: Vector): Error {
  return new Error(`this version of @duckdb/node-api lays out ${vector.constructor.name} in an unknown way`);
}
