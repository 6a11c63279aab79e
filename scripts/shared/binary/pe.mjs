// Reads of a 64-bit Windows DLL: the functions it imports by library, and what it exports.
const machines = { 34404: 'x64', 43620: 'arm64' };
const [EXPORTS, IMPORTS, DELAYED] = [0, 1, 13];

/** `{ arch, libraries, imports: { name, from }[], exports }`. */
export function readPe(data) {
  const header = data.readUInt32LE(0x3c) + 4;
  const [count, optionalSize] = [data.readUInt16LE(header + 2), data.readUInt16LE(header + 16)];
  const optional = header + 20;
  const sections = Array.from({ length: count }, (_, i) => {
    const at = optional + optionalSize + 40 * i;
    return [12, 16, 20].map((field) => data.readUInt32LE(at + field));
  });
  /** Where in the file an address of the loaded image lies. */
  const place = (address) => {
    const [begin, , file] = sections.find(([first, size]) => address >= first && address < first + size);
    return file + address - begin;
  };
  const text = (address) => data.toString('latin1', place(address), data.indexOf(0, place(address)));
  const directory = (i) => data.readUInt32LE(optional + 112 + 8 * i);

  const imports = [];
  const libraries = [];
  for (
    let at = directory(IMPORTS) && place(directory(IMPORTS));
    at && data.readUInt32LE(at + 12) !== 0;
    at += 20
  ) {
    const from = text(data.readUInt32LE(at + 12));
    libraries.push(from);
    for (let entry = place(data.readUInt32LE(at)); data.readBigUInt64LE(entry) !== 0n; entry += 8) {
      const value = data.readBigUInt64LE(entry);
      const byNumber = value >> 63n === 1n;
      imports.push({ name: byNumber ? `#${value & 0xffffn}` : text(Number(value & 0x7fffffffn) + 2), from });
    }
  }
  const exports = [];
  if (directory(EXPORTS) !== 0) {
    const table = place(directory(EXPORTS));
    const names = place(data.readUInt32LE(table + 32));
    for (let i = 0; i < data.readUInt32LE(table + 24); i++)
      exports.push(text(data.readUInt32LE(names + 4 * i)));
  }
  return {
    arch: machines[data.readUInt16LE(header)],
    libraries,
    imports,
    exports,
    delayed: directory(DELAYED) !== 0,
  };
}
