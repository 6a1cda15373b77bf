import fc from "fast-check";
import { expect, it } from "vitest";
import { fingerprint } from "../../src/platform/fingerprint";

it("is the same for the same bytes and 16 digits long", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(fingerprint(bytes)).toMatch(/^[0-9a-f]{16}$/);
      expect(fingerprint(bytes.slice())).toBe(fingerprint(bytes));
    }),
  );
});

it("tells any changed byte, and zeros at the end", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, at, by) => {
      const changed = bytes.slice();
      changed[at % bytes.length]! ^= by;
      expect(fingerprint(changed)).not.toBe(fingerprint(bytes));
      expect(fingerprint(new Uint8Array([...bytes, 0]))).not.toBe(fingerprint(bytes));
    }),
  );
});

it("has no two alike among a hundred thousand short names", () => {
  const seen = new Set<string>();
  for (let i = 0; i < 100_000; i += 1) seen.add(fingerprint(String(i)));
  expect(seen.size).toBe(100_000);
});
