// Reads of a 64-bit ELF shared object what the dynamic loader reads: libraries, symbols with versions, flags.
const SECTION = { SYMTAB: 2, DYNAMIC: 6, DYNSYM: 11, VERSYM: 0x6fffffff, VERNEED: 0x6ffffffe };
const TAG = { NEEDED: 1, RPATH: 15, RUNPATH: 29, FLAGS_1: 0x6ffffffb };
const NODELETE = 0x8n;
const machines = { 62: 'x64', 183: 'arm64' };

function sectionsOf(data) {
  const offset = Number(data.readBigUInt64LE(0x28));
  const [size, count] = [data.readUInt16LE(0x3a), data.readUInt16LE(0x3c)];
  return Array.from({ length: count }, (_, i) => {
    const at = offset + i * size;
    const [begin, length] = [0x18, 0x20].map((field) => Number(data.readBigUInt64LE(at + field)));
    return {
      type: data.readUInt32LE(at + 4),
      link: data.readUInt32LE(at + 0x28),
      begin,
      end: begin + length,
    };
  });
}

function text(data, begin) {
  return data.toString('latin1', begin, data.indexOf(0, begin));
}

/** The names of needed versions, such as GLIBC_2.17, by their number. */
function versionsOf(data, section, strings) {
  const names = new Map();
  if (section === undefined) return names;
  for (let at = section.begin, next = 1; next !== 0; at += next) {
    let entry = at + data.readUInt32LE(at + 8);
    for (let i = data.readUInt16LE(at + 2); i > 0; i--) {
      names.set(data.readUInt16LE(entry + 6), text(data, strings.begin + data.readUInt32LE(entry + 8)));
      entry += data.readUInt32LE(entry + 12);
    }
    next = data.readUInt32LE(at + 12);
  }
  return names;
}

/** `{ arch, libraries, imports: { name, version }[], exports, nodelete, searchPath, stripped }`. */
export function readElf(data) {
  const sections = sectionsOf(data);
  const find = (type) => sections.find((section) => section.type === type);
  const dynamic = find(SECTION.DYNAMIC);
  const symbols = find(SECTION.DYNSYM);
  const strings = sections[symbols.link];
  const numbers = find(SECTION.VERSYM);
  const versions = versionsOf(data, find(SECTION.VERNEED), strings);

  const libraries = [];
  let [flags, searchPath] = [0n, false];
  for (let at = dynamic.begin; at < dynamic.end; at += 16) {
    const [tag, value] = [Number(data.readBigInt64LE(at)), data.readBigUInt64LE(at + 8)];
    if (tag === 0) break;
    if (tag === TAG.NEEDED) libraries.push(text(data, strings.begin + Number(value)));
    if (tag === TAG.FLAGS_1) flags = value;
    if (tag === TAG.RPATH || tag === TAG.RUNPATH) searchPath = true;
  }
  const [imports, exports] = [[], []];
  for (let i = 1, at = symbols.begin + 24; at < symbols.end; i++, at += 24) {
    const name = text(data, strings.begin + data.readUInt32LE(at));
    const number = numbers === undefined ? 0 : data.readUInt16LE(numbers.begin + 2 * i) & 0x7fff;
    const weak = data[at + 4] >> 4 === 2;
    if (data.readUInt16LE(at + 6) === 0) imports.push({ name, version: versions.get(number), weak });
    else exports.push(name);
  }
  return {
    arch: machines[data.readUInt16LE(0x12)],
    libraries,
    imports,
    exports,
    nodelete: (flags & NODELETE) !== 0n,
    searchPath,
    stripped: find(SECTION.SYMTAB) === undefined,
  };
}
