// The order in which Python sorts strings: by code point, which is the order of their UTF-8 bytes. UTF-16 (`<`) differs
// beyond U+FFFF.

const encoder = new TextEncoder();

/** Compares two texts, or their UTF-8 bytes, for `sort`. */
export function byCodePoint(a: string | Uint8Array, b: string | Uint8Array): number {
  return Buffer.compare(utf8(a), utf8(b));
}

function utf8(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? encoder.encode(text) : text;
}
