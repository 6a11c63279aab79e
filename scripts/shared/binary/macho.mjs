// Reads of a 64-bit Mach-O dynamic library what the dynamic loader reads: libraries, symbols, the oldest system.
const COMMAND = {
  SYMTAB: 0x2,
  DYLIB: 0xc,
  WEAK_DYLIB: 0x80000018,
  RPATH: 0x8000001c,
  SIGNATURE: 0x1d,
  VERSION_MIN: 0x24,
  BUILD_VERSION: 0x32,
  DYLD_INFO: 0x80000022,
};
const machines = { 16777223: 'x64', 16777228: 'arm64' };

function text(data, begin) {
  return data.toString('latin1', begin, data.indexOf(0, begin));
}

function version(number) {
  return `${number >> 16}.${(number >> 8) & 0xff}`;
}

function exportsOf(data, command) {
  const [begin, count, strings] = [8, 12, 16].map((field) => data.readUInt32LE(command + field));
  const entries = Array.from({ length: count }, (_, i) => begin + 16 * i);
  // External, no debugging entry, neither undefined nor private to the library.
  const shown = entries.filter((at) => (data[at + 4] & 0xf1) === 1 && (data[at + 4] & 0xe) !== 0);
  return shown.map((at) => text(data, strings + data.readUInt32LE(at)).replace(/^_/, ''));
}

/** Runs the loader's instructions in [at, end), as far as they tell which symbol comes from where. */
function bindings(data, at, end) {
  const found = new Map();
  let [name, from] = ['', 0];
  const skipNumber = () => {
    while ((data[at++] & 0x80) !== 0);
  };
  while (at < end) {
    const [operation, value] = [data[at] & 0xf0, data[at++] & 0xf];
    if (operation === 0x10) from = value;
    if (operation === 0x20) from = data[at];
    if (operation === 0x30) from = value === 0 ? 0 : value - 16;
    if (operation === 0x40) {
      name = text(data, at);
      at += name.length + 1;
    }
    if (operation >= 0x90 && operation <= 0xc0) found.set(name, { name: name.replace(/^_/, ''), from });
    const numbers = { 32: 1, 96: 1, 112: 1, 128: 1, 160: 1, 192: 2 }[operation] ?? 0;
    for (let i = 0; i < numbers; i++) skipNumber();
  }
  return [...found.values()];
}

/**
 * `{ arch, minimum, libraries, imports: { name, from }[], exports, searchPath, signed }`; `from` is the path of a library,
 * or 'process' for what any image of the process may have.
 */
export function readMachO(data) {
  const [libraries, bound, exports] = [[], [], []];
  let [minimum, searchPath, signed, at] = ['', false, false, 32];
  for (let i = data.readUInt32LE(16); i > 0; i--) {
    const command = data.readUInt32LE(at);
    const word = (field) => data.readUInt32LE(at + field);
    if (command === COMMAND.SYMTAB) exports.push(...exportsOf(data, at));
    if (command === COMMAND.DYLIB || command === COMMAND.WEAK_DYLIB) libraries.push(text(data, at + word(8)));
    if (command === COMMAND.RPATH) searchPath = true;
    if (command === COMMAND.SIGNATURE) signed = true;
    if (command === COMMAND.BUILD_VERSION) minimum = version(word(12));
    if (command === COMMAND.VERSION_MIN) minimum = version(word(8));
    if (command === COMMAND.DYLD_INFO) {
      for (const [begin, size] of [
        [16, 20],
        [32, 36],
      ].map((fields) => fields.map(word)))
        bound.push(...bindings(data, begin, begin + size));
    }
    at += word(4);
  }
  const imports = bound.map(({ name, from }) => ({
    name,
    from: from === -2 ? 'process' : libraries[from - 1],
  }));
  return { arch: machines[data.readUInt32LE(4)], minimum, libraries, imports, exports, searchPath, signed };
}
