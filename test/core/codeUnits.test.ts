import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeUnits, hasWideUnits, mayHoldFrom, unitAt } from "../../src/core/codeUnits";

/** Any string, with the units that are written in one to four bytes of UTF-8, halves of pairs among them. */
const unit = fc.oneof(
  fc.integer({ min: 0, max: 0x7f }),
  fc.integer({ min: 0x80, max: 0x7ff }),
  fc.integer({ min: 0x800, max: 0xffff }),
  fc.constantFrom(0xfffd, 0xd83d, 0xde00, 0xd800, 0xdfff),
);
const text = fc.array(unit, { maxLength: 60 }).map((units) => String.fromCharCode(...units));

describe("codeUnits", () => {
  it("gives every unit of any string, followed by zeros", () => {
    fc.assert(
      fc.property(text, (value) => {
        const units = codeUnits(value);
        for (let at = 0; at < value.length; at++) expect(units[at]).toBe(value.charCodeAt(at));
        for (let at = value.length; at < value.length + 8; at++) expect(units[at]).toBe(0);
      }),
    );
  });

  it("says no only where no such unit stands", () => {
    fc.assert(
      fc.property(text, fc.constantFrom(0x100, 0x400, 0x2e80, 0x4e00), (value, from) => {
        const highest = Math.max(-1, ...Array.from({ length: value.length }, (_, at) => value.charCodeAt(at)));
        if (!mayHoldFrom(value, from)) expect(highest).toBeLessThan(from);
        if (highest >= 0x2e80) expect(hasWideUnits(value)).toBe(true);
        if (highest < 0x2e80) expect(hasWideUnits(value)).toBe(false);
      }),
    );
  });

  it("reads a long text as a short one", () => {
    const long = "x√=2 \u{1f600}\ud800 ".repeat(150_000);
    const units = codeUnits(long);
    for (let at = 0; at < long.length; at += 997) expect(units[at]).toBe(long.charCodeAt(at));
  });

  it("knows nothing outside a text", () => {
    expect([unitAt("ab", -1), unitAt("ab", 0), unitAt("ab", 1), unitAt("ab", 2)]).toEqual([0, 97, 98, 0]);
  });
});
