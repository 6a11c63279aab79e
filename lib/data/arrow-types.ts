// Recognises Arrow values by their structure, so tables made by any copy of apache-arrow are read.
import type { ArrowData, ArrowRecordBatch, ArrowTable, ArrowType, ArrowVector } from './types.js';

/** The type ids of the Arrow columns we read, as apache-arrow numbers them. */
export const ArrowTypeId = {
  Null: 1,
  Int: 2,
  Float: 3,
  Binary: 4,
  Utf8: 5,
  Bool: 6,
  Decimal: 7,
  Date: 8,
  Time: 9,
  Timestamp: 10,
  Interval: 11,
  List: 12,
  Struct: 13,
  Union: 14,
  FixedSizeBinary: 15,
  FixedSizeList: 16,
  Map: 17,
  Duration: 18,
  LargeBinary: 19,
  LargeUtf8: 20,
  BinaryView: 23,
  Utf8View: 24,
  Dictionary: -1,
} as const;

/** How to turn a column of a type XGBoost cannot take into one it can. */
const FIXES: Readonly<Record<number, string>> = {
  [ArrowTypeId.Null]: 'every value is null: leave the column out, or CAST(x AS DOUBLE)',
  [ArrowTypeId.Utf8]:
    'dictionary-encode it to use it as a category, or CAST(x AS DOUBLE) if it holds numbers',
  [ArrowTypeId.Decimal]: 'CAST(x AS DOUBLE)',
  [ArrowTypeId.Date]: 'make numbers of it, such as year(x), month(x), dayofweek(x) or epoch(x)',
  [ArrowTypeId.Time]: 'make numbers of it, such as hour(x) * 60 + minute(x)',
  [ArrowTypeId.Timestamp]: 'make numbers of it, such as month(x), hour(x) or epoch(x)',
  [ArrowTypeId.Interval]: 'make a number of it, such as epoch(x)',
  [ArrowTypeId.Duration]: 'make a number of it, such as epoch(x)',
  [ArrowTypeId.List]: 'give each element a column of its own',
  [ArrowTypeId.FixedSizeList]: 'give each element a column of its own, or pass it as { values, rows, cols }',
  [ArrowTypeId.Struct]: 'give each field a column of its own',
  [ArrowTypeId.Map]: 'give each key a column of its own',
  [ArrowTypeId.Union]: 'give each type a column of its own',
  [ArrowTypeId.Binary]: 'decode it into numbers first',
};
const SAME_FIX: Readonly<Record<number, number>> = {
  [ArrowTypeId.LargeUtf8]: ArrowTypeId.Utf8,
  [ArrowTypeId.Utf8View]: ArrowTypeId.Utf8,
  [ArrowTypeId.FixedSizeBinary]: ArrowTypeId.Binary,
  [ArrowTypeId.LargeBinary]: ArrowTypeId.Binary,
  [ArrowTypeId.BinaryView]: ArrowTypeId.Binary,
};

/** The advice that goes with a column type we refuse. */
export function arrowFix(type: ArrowType): string {
  const fix = FIXES[SAME_FIX[type.typeId] ?? type.typeId] ?? 'cast it to DOUBLE';
  return fix;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isType(value: unknown): value is ArrowType {
  return isObject(value) && 'typeId' in value && typeof value.typeId === 'number';
}

function isData(value: unknown): value is ArrowData {
  return isObject(value) && 'type' in value && isType(value.type) && 'length' in value && 'offset' in value;
}

function hasSchema(value: object): value is object & { schema: { fields: readonly unknown[] } } {
  return (
    'schema' in value &&
    isObject(value.schema) &&
    'fields' in value.schema &&
    Array.isArray(value.schema.fields)
  );
}

/** A `Vector`, or anything of that shape. */
export function isArrowVector(value: unknown): value is ArrowVector {
  if (!isObject(value) || !('data' in value && 'type' in value && 'length' in value)) return false;
  return Array.isArray(value.data) && isType(value.type) && value.data.every(isData);
}

/** A `RecordBatch`, or anything of that shape. */
export function isArrowRecordBatch(value: unknown): value is ArrowRecordBatch {
  return isObject(value) && hasSchema(value) && 'data' in value && isData(value.data) && 'numRows' in value;
}

/** A `Table`, or anything of that shape. */
export function isArrowTable(value: unknown): value is ArrowTable {
  return isObject(value) && hasSchema(value) && 'batches' in value && Array.isArray(value.batches);
}
