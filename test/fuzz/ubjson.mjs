// UBJSON in libxgboost's dialect, for making mutants. Numbers of typed lists keep their type beside the list; every
// other number is an integer, or a Real.

/** A float32 on its own, so that 1.0 is not 1. */
export class Real {
  constructor(value) {
    this.value = value;
  }
}

/** A list of numbers of one type: the letter UBJSON has for it. */
export class Typed {
  constructor(type, values) {
    this.type = type;
    this.values = values;
  }
}

const READERS = {
  i: ['getInt8', 1],
  U: ['getUint8', 1],
  I: ['getInt16', 2],
  l: ['getInt32', 4],
  L: ['getBigInt64', 8],
  d: ['getFloat32', 4],
};

/** Reads what libxgboost wrote; nothing else. */
export function readUbjson(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new TextDecoder();
  let at = 0;
  const marker = () => String.fromCharCode(bytes[at++]);
  const number = (type) => {
    const [method, size] = READERS[type];
    const value = view[method](at);
    at += size;
    return typeof value === 'bigint' ? Number(value) : value;
  };
  const length = () => {
    at++;
    return number('L');
  };
  const text = () => {
    const size = length();
    at += size;
    return decoder.decode(bytes.subarray(at - size, at));
  };
  const list = () => {
    let next = marker();
    if (next === '$') {
      const type = marker();
      at++;
      const size = length();
      return new Typed(
        type,
        Array.from({ length: size }, () => number(type)),
      );
    }
    const size = length();
    next = [];
    for (let i = 0; i < size; i++) next.push(value());
    return next;
  };
  const object = () => {
    const members = [];
    while (bytes[at] !== 0x7d) members.push([text(), value()]);
    at++;
    return new Map(members);
  };
  const value = () => {
    const type = marker();
    if (type === '{') return object();
    if (type === '[') return list();
    if (type === 'S') return text();
    return type === 'd' ? new Real(number('d')) : number(type);
  };
  return value();
}

/** The smallest integer type that holds the value. */
function typeOf(value) {
  if (value >= -128 && value < 128) return 'i';
  if (value >= -32768 && value < 32768) return 'I';
  return value >= -2147483648 && value < 2147483648 ? 'l' : 'L';
}

function put(out, type, value) {
  const buffer = Buffer.alloc(READERS[type][1]);
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  if (type === 'L') view.setBigInt64(0, BigInt.asIntN(64, BigInt(Math.trunc(Number(value) || 0))));
  else view[READERS[type][0].replace('get', 'set')](0, Number(value));
  out.push(buffer);
}

export function writeUbjson(value) {
  const out = [];
  const mark = (text) => out.push(Buffer.from(text, 'latin1'));
  const text = (string) => {
    const bytes = Buffer.from(string);
    mark('L');
    put(out, 'L', bytes.length);
    out.push(bytes);
  };
  const write = (node) => {
    if (node instanceof Map) {
      mark('{');
      for (const [key, member] of node) {
        text(key);
        write(member);
      }
      mark('}');
    } else if (node instanceof Typed) {
      mark(`[$${node.type}#L`);
      put(out, 'L', node.values.length);
      for (const element of node.values) put(out, node.type, element);
    } else if (Array.isArray(node)) {
      mark('[#L');
      put(out, 'L', node.length);
      for (const element of node) write(element);
    } else if (node instanceof Real) {
      mark('d');
      put(out, 'd', node.value);
    } else if (typeof node === 'string') {
      mark('S');
      text(node);
    } else if (node === null) {
      mark('Z');
    } else {
      const type = typeOf(node);
      mark(type);
      put(out, type, node);
    }
  };
  write(value);
  return Buffer.concat(out);
}

/** The same tree as JSON text. */
export function writeJson(value) {
  const real = (number) => {
    if (Number.isNaN(number)) return 'NaN';
    if (!Number.isFinite(number)) return number > 0 ? 'Infinity' : '-Infinity';
    return Math.fround(number).toExponential(8);
  };
  const write = (node) => {
    if (node instanceof Map) {
      return `{${[...node].map(([key, member]) => `${JSON.stringify(key)}:${write(member)}`).join(',')}}`;
    }
    if (node instanceof Typed) {
      const each = node.type === 'd' ? real : (number) => String(Math.trunc(number));
      return `[${node.values.map(each).join(',')}]`;
    }
    if (Array.isArray(node)) return `[${node.map(write).join(',')}]`;
    if (node instanceof Real) return real(node.value);
    return typeof node === 'number' ? String(Math.trunc(node)) : JSON.stringify(node);
  };
  return Buffer.from(write(value));
}
