// The envelope of serialize(): what goes in comes out, and damage is noticed.
import { describe, expect, it } from 'vitest';
import { decodeSnapshot, encodeSnapshot } from '../../lib/booster/snapshot.js';
import { ModelError } from '../../lib/errors.js';

const model = Uint8Array.from({ length: 300 }, (_, index) => index & 255);
const config = '{"learner":{"seed":9223372036854775807,"name":"ü","on":true,"x":NaN},"version":[3,4,1]}';

describe('snapshot', () => {
  it('keeps model and configuration, big integers included', () => {
    const decoded = decodeSnapshot(encodeSnapshot({ model, config }));
    expect(decoded.model).toEqual(model);
    expect(decoded.config).toBe(config);
  });

  it('reads from the middle of a larger buffer', () => {
    const bytes = encodeSnapshot({ model, config });
    const larger = new Uint8Array(bytes.length + 14).fill(7);
    larger.set(bytes, 7);
    expect(decodeSnapshot(larger.subarray(7, 7 + bytes.length)).model).toEqual(model);
  });

  it('refuses other bytes with advice', () => {
    expect(() => decodeSnapshot(new Uint8Array(0))).toThrow(ModelError);
    expect(() => decodeSnapshot(new TextEncoder().encode('{"learner": {}}             '))).toThrow(
      /Booster.load/,
    );
    expect(() => decodeSnapshot('text')).toThrow(TypeError);
  });

  it('refuses other versions', () => {
    const bytes = encodeSnapshot({ model, config });
    bytes[8] = 9;
    expect(() => decodeSnapshot(bytes)).toThrow(/expected version 1 of the format, received 9/);
  });

  it('notices every cut and every changed byte', () => {
    const bytes = encodeSnapshot({ model, config });
    for (let length = 0; length < bytes.length; length += 3) {
      expect(() => decodeSnapshot(bytes.slice(0, length)), `cut at ${length}`).toThrow(ModelError);
    }
    for (let at = bytes.length - model.length; at < bytes.length; at += 7) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => decodeSnapshot(changed), `changed at ${at}`).toThrow(/SHA-256/);
    }
    expect(() => decodeSnapshot(new Uint8Array([...bytes, 0]))).toThrow(ModelError);
  });
});
