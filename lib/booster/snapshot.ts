// Our envelope around a model and its configuration. libxgboost's own snapshot format is never read from outside.

import { createHash } from 'node:crypto';
import { types } from 'node:util';
import { ModelError } from '../errors.js';
import { encodeJson, parseJson } from '../native/json.js';
import { describeValue } from '../options.js';

/** Eight bytes that no model file starts with. */
const MAGIC = new Uint8Array([0x89, 0x78, 0x67, 0x62, 0x67, 0x70, 0x75, 0x0a]);
const VERSION = 1;
/** Magic, version and length of the header, the two numbers little-endian. */
const PREFIX = MAGIC.length + 8;

/** A model as UBJSON and the text of `saveConfig()`. */
export interface Snapshot {
  readonly model: Uint8Array;
  readonly config: string;
}

function digest(model: Uint8Array): string {
  return createHash('sha256').update(model).digest('hex');
}

/** `magic, version, header length, header (JSON), model`. */
export function encodeSnapshot({ model, config }: Snapshot): Uint8Array {
  const header = { format: 'ubj', bytes: model.length, sha256: digest(model), config };
  const text = new TextEncoder().encode(encodeJson(header));
  const bytes = new Uint8Array(PREFIX + text.length + model.length);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(MAGIC.length, VERSION, true);
  view.setUint32(MAGIC.length + 4, text.length, true);
  bytes.set(text, PREFIX);
  bytes.set(model, PREFIX + text.length);
  return bytes;
}

function damaged(what: string): never {
  throw new ModelError(`Booster.unserialize(): the bytes are damaged: ${what}`);
}

/** Length of the header, after magic and version are known to be ours. */
function headerLength(bytes: Uint8Array): number {
  if (bytes.length < PREFIX || MAGIC.some((byte, index) => bytes[index] !== byte)) {
    throw new ModelError('Booster.unserialize(): these bytes were not written by Booster.serialize()', {
      hint: 'for the bytes of a .ubj or .json model use Booster.load()',
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(MAGIC.length, true);
  if (version !== VERSION) {
    throw new ModelError(
      `Booster.unserialize(): expected version ${VERSION} of the format, received ${version}`,
    );
  }
  const length = view.getUint32(MAGIC.length + 4, true);
  if (length > bytes.length - PREFIX) damaged(`a header of ${length} bytes does not fit`);
  return length;
}

function readHeader(bytes: Uint8Array): object {
  try {
    const header = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof header === 'object' && header !== null) return header;
  } catch (cause) {
    throw new ModelError('Booster.unserialize(): the bytes are damaged: the header cannot be read', {
      cause,
    });
  }
  return damaged('the header is not an object');
}

/** Takes the envelope apart; the model inside is unchanged, which its SHA-256 shows, but not yet looked into. */
export function decodeSnapshot(bytes: unknown): Snapshot {
  if (!types.isUint8Array(bytes)) {
    throw new TypeError(`Booster.unserialize(): expected a Uint8Array, received ${describeValue(bytes)}`);
  }
  const length = headerLength(bytes);
  const header = readHeader(bytes.subarray(PREFIX, PREFIX + length));
  const model = bytes.subarray(PREFIX + length);
  if (!('bytes' in header && header.bytes === model.length))
    damaged(`it ends after ${model.length} bytes of the model`);
  if (!('sha256' in header && header.sha256 === digest(model))) damaged('the SHA-256 of the model differs');
  if (!('config' in header && typeof header.config === 'string')) damaged('there is no configuration');
  return { model, config: header.config };
}
