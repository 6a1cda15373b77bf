import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRecord } from "../../../src/core/bytes/parseRecord";

const read = (text: string) => {
  const parsed = parseRecord(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
};
const failure = (text: string) => {
  const parsed = parseRecord(text);
  return parsed.ok ? undefined : parsed.error;
};
const kinds = (text: string): string[] => read(text).notices.map((notice) => notice.kind);

describe("what JSON.parse reads", () => {
  it("is read alike, without notices", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const parsed = read(text);
        const unsafe = /\d{16}/.test(text) || parsed.notices.length > 0;
        if (!unsafe) expect(parsed.value).toEqual(JSON.parse(text));
      }),
    );
  });

  it("gives a failure where it is no JSON, never a throw", () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseRecord(text).ok === "boolean"));
  });
});

describe("nothing is lost", () => {
  it("of NaN and the infinities", () => {
    expect(read('{"a": NaN, "b": [-Infinity, Infinity]}').value).toEqual({ a: "NaN", b: ["-Infinity", "Infinity"] });
    expect(kinds('{"a": NaN}')).toEqual(["number"]);
  });

  it("of integers beyond 2^53", () => {
    expect(read('{"id": 12345678901234567890, "n": 9007199254740991}').value).toEqual({ id: "12345678901234567890", n: 9007199254740991 });
    expect(kinds('{"x": 0.12345678901234567, "y": 1e300}')).toEqual([]);
    expect(read("12345678901234567890").value).toBe("12345678901234567890");
  });

  it("of repeated keys", () => {
    const parsed = read('{"a": 1, "b": {"a": 2, "a": 3}, "a": 4, "a": 5}');
    expect(parsed.value).toEqual({ "a (1)": 1, "a (2)": 4, a: 5, b: { "a (1)": 2, a: 3 } });
    expect(parsed.notices.map((notice) => notice.kind)).toEqual(["duplicate-key", "duplicate-key", "duplicate-key"]);
  });

  it("of raw control characters", () => {
    expect(read('{"a": "x\u0000\ty"}')).toMatchObject({ value: { a: "x\u0000\ty" } });
    expect(kinds('{"a": "x\ty"}')).toEqual(["encoding"]);
  });

  it("of a key named __proto__", () => {
    expect(JSON.stringify(read('{"__proto__": 1, "n": NaN}').value)).toBe('{"__proto__":1,"n":"NaN"}');
  });

  it("of lone surrogates", () => {
    expect(read('"\\ud800"').value).toBe("\ud800");
  });

  it("of keys and colons that stand in strings", () => {
    expect(read('{"a": "\\"b\\": 1", "c\\\\": "d:"}').notices).toEqual([]);
  });
});

describe("failures in plain words", () => {
  const cases: readonly (readonly [string, number, RegExp])[] = [
    ['{"a": "text', 12, /unterminated string at column 12/],
    ['{"a": 1', 8, /ends inside the object that starts at column 1/],
    ['{"a" 1}', 6, /Expected ":" after the key "a", found "1" at column 6/],
    ['{"a": 1,}', 9, /Expected a key in quotes/],
    ["[1 2]", 4, /Expected "," or "\]", found "2"/],
    ["{'a': 1}", 2, /Expected a key in quotes, found "'"/],
    ['{"a": True}', 7, /Unexpected "True"/],
    ["{} x", 4, /Unexpected "x" after the value/],
    ["{}\u0000", 3, /a NUL byte/],
    ['"\\x"', 2, /Unknown escape/],
    ["", 1, /Nothing but white space/],
  ];
  for (const [text, column, message] of cases) {
    it(JSON.stringify(text), () => {
      expect(failure(text)).toMatchObject({ column, message: expect.stringMatching(message) });
    });
  }

  it("groups the digits of large columns", () => {
    expect(failure(`"${"a".repeat(8110)}`)?.message).toMatch(/column 8,112$/);
  });

  it("stops at deep nesting instead of exhausting the stack", () => {
    expect(failure("[".repeat(100_000) + "]".repeat(100_000))?.code).toBe("too-deep");
  });
});
