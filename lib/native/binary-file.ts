// Looks at the head of a shared library before the loader does: a file that was cut off ends the process with SIGBUS when
// it is loaded, and one for another processor gets a message that does not say so.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

type Format = 'elf' | 'mach-o' | 'pe';

/** What the head of a file tells. */
export interface BinaryFacts {
  readonly format: Format;
  /** In Node's names; undefined for a processor Node has no name for, or a file for several. */
  readonly arch: string | undefined;
  readonly bytes: number;
  /** Where the last part that the head announces ends; more than `bytes` when the file was cut off. */
  readonly end: number;
}

const ELF_MACHINES: Readonly<Record<number, string>> = {
  3: 'ia32',
  21: 'ppc64',
  22: 's390x',
  40: 'arm',
  62: 'x64',
  183: 'arm64',
  243: 'riscv64',
};
const MACH_PROCESSORS: Readonly<Record<number, string>> = { 16777223: 'x64', 16777228: 'arm64' };
const PE_MACHINES: Readonly<Record<number, string>> = { 332: 'ia32', 34404: 'x64', 43620: 'arm64' };

const HEAD = 64;
const ELF = 0x464c457f;
const MACH_O = 0xfeedfacf;
const MACH_O_FAT = 0xbebafeca;
const MZ = 0x5a4d;

type Read = (length: number, position: number) => Buffer;

function readElf(head: Buffer, read: Read, bytes: number): BinaryFacts {
  const arch = ELF_MACHINES[head.readUInt16LE(18)];
  // 32-bit files have another layout; their processor is all there is to know.
  if (head[4] !== 2) return { format: 'elf', arch, bytes, end: bytes };
  const sections = Number(head.readBigUInt64LE(40)) + head.readUInt16LE(58) * head.readUInt16LE(60);
  const size = Math.max(56, head.readUInt16LE(54));
  const table = read(size * head.readUInt16LE(56), Number(head.readBigUInt64LE(32)));
  let end = sections;
  for (let at = 0; at + 40 <= table.length; at += size) {
    end = Math.max(end, Number(table.readBigUInt64LE(at + 8)) + Number(table.readBigUInt64LE(at + 32)));
  }
  return { format: 'elf', arch, bytes, end };
}

function readHead(read: Read, bytes: number): BinaryFacts | undefined {
  const head = read(HEAD, 0);
  if (head.length < HEAD) return undefined;
  const magic = head.readUInt32LE(0);
  if (magic === ELF) return readElf(head, read, bytes);
  if (magic === MACH_O) {
    return { format: 'mach-o', arch: MACH_PROCESSORS[head.readUInt32LE(4)], bytes, end: bytes };
  }
  if (magic === MACH_O_FAT) return { format: 'mach-o', arch: undefined, bytes, end: bytes };
  if (head.readUInt16LE(0) !== MZ) return undefined;
  const pe = read(6, head.readUInt32LE(60));
  return pe.length < 6
    ? undefined
    : { format: 'pe', arch: PE_MACHINES[pe.readUInt16LE(4)], bytes, end: bytes };
}

/** The facts of a file, or undefined when it is no shared library of any system. */
export function readBinary(path: string): BinaryFacts | undefined {
  const file = openSync(path, 'r');
  try {
    const bytes = fstatSync(file).size;
    const read: Read = (length, position) => {
      const there = Math.min(length, bytes - position);
      if (there <= 0) return Buffer.alloc(0);
      const buffer = Buffer.alloc(there);
      return buffer.subarray(0, readSync(file, buffer, 0, there, position));
    };
    return readHead(read, bytes);
  } finally {
    closeSync(file);
  }
}

/** The format that the loader of a platform takes. */
export function formatOf(platform: string): Format {
  return platform === 'win32' ? 'pe' : platform === 'darwin' ? 'mach-o' : 'elf';
}
