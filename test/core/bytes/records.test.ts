import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memorySource } from "../../../src/core/bytes/byteSource";
import { LineScanner } from "../../../src/core/bytes/lineScanner";
import { RecordIndex } from "../../../src/core/bytes/recordIndex";
import { openRecords, type RecordFile } from "../../../src/core/bytes/records";
import { BinaryReader, BinaryWriter } from "../../../src/core/cache/binary";
import type { Container } from "../../../src/core/container/recordProvider";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function open(content: string | Uint8Array, step = 1 << 20): RecordFile {
  const file = openRecords(memorySource("test.jsonl", typeof content === "string" ? bytesOf(content) : content));
  while (file.indexMore(step));
  return file;
}

const texts = (file: RecordFile): string[] => Array.from({ length: file.count }, (_, i) => file.read(i).text);
const lines = (file: RecordFile): number[] => Array.from({ length: file.count }, (_, i) => file.line(i));

const layouts: readonly (readonly [
  name: string,
  content: string,
  container: Container,
  records: readonly string[],
  lines: readonly number[],
])[] = [
  ["lines", '{"a":1}\n{"a":2}\n', "jsonl", ['{"a":1}', '{"a":2}'], [1, 2]],
  ["no final newline", '{"a":1}\n{"a":2}', "jsonl", ['{"a":1}', '{"a":2}'], [1, 2]],
  ["CRLF", '{"a":1}\r\n{"a":2}\r\n', "jsonl", ['{"a":1}', '{"a":2}'], [1, 2]],
  ["blank lines", '\n{"a":1}\n \t\r\n\n{"a":2}\n\n', "jsonl", ['{"a":1}', '{"a":2}'], [2, 5]],
  ["a byte order mark", '\ufeff{"a":1}\n{"a":2}\n', "jsonl", ['{"a":1}', '{"a":2}'], [1, 2]],
  ["a broken first line", '{"a": "cut\n{"a":2}\n{"a":3}\n', "jsonl", ['{"a": "cut', '{"a":2}', '{"a":3}'], [1, 2, 3]],
  ["a broken line among others", '{"a":1}\n{"a":\n{"a":3}\n', "jsonl", ['{"a":1}', '{"a":', '{"a":3}'], [1, 2, 3]],
  ["a half-written last line", '{"a":1}\n{"a":2}\n{"a": "th', "jsonl", ['{"a":1}', '{"a":2}', '{"a": "th'], [1, 2, 3]],
  ["lines of arrays", "[1,2]\n[3]\n", "jsonl", ["[1,2]", "[3]"], [1, 2]],
  ["plain text", "hello\nworld\n", "jsonl", ["hello", "world"], [1, 2]],
  ["NUL bytes", "\u0000\u0000\n{}\n", "jsonl", ["\u0000\u0000", "{}"], [1, 2]],
  ["one line", '{"a":1}', "jsonl", ['{"a":1}'], [1]],
  ["an array on one line", '[{"a":1}, {"a":"]"},3]', "json-array", ['{"a":1}', '{"a":"]"}', "3"], [1, 1, 1]],
  ["a printed array", '[\n  {"a": 1},\n  {"a": [2]}\n]\n', "json-array", ['{"a": 1}', '{"a": [2]}'], [2, 3]],
  ["an array with an object a line", '[\n{"a":1},\n{"a":2}\n]', "json-array", ['{"a":1}', '{"a":2}'], [2, 3]],
  ["an empty array", "[]", "empty", [], []],
  [
    "printed objects one after another",
    '{\n  "a": 1\n}\n{\n  "a": "}"\n}\n',
    "json-sequence",
    ['{\n  "a": 1\n}', '{\n  "a": "}"\n}'],
    [1, 4],
  ],
  ["objects on one line", '{"a":1}{"a":2} {"a":3}', "json-sequence", ['{"a":1}', '{"a":2}', '{"a":3}'], [1, 1, 1]],
  ["objects with commas between", '{"a":1},\n{"a":2},\n', "json-sequence", ['{"a":1}', '{"a":2}'], [1, 2]],
  ["one printed object", '{\n "messages": [1],\n "info": {}\n}\n', "json-single", ['{\n "messages": [1],\n "info": {}\n}'], [1]],
  [
    "an object keyed by question",
    '{\n "Is 7 prime?": {"responses": {"0": 1}},\n "Is \\"9\\" prime?": {"responses": {}}\n}',
    "json-object",
    ['{"responses": {"0": 1}}', '{"responses": {}}'],
    [2, 3],
  ],
  ["nothing", "", "empty", [], []],
  ["white space", " \n\r\n\t", "empty", [], []],
  ["only a byte order mark", "\ufeff", "empty", [], []],
];

describe("layouts", () => {
  for (const [name, content, container, records, at] of layouts) {
    it(name, () => {
      const file = open(content);
      expect(texts(file)).toEqual(records);
      expect(file.container).toBe(container);
      expect(lines(file)).toEqual(at);
    });
  }

  it("gives the keys of an object's entries", () => {
    const file = open('{"Is 7 prime?": {"r": 1}, "Is \\"9\\" prime?": {"r": 2}}');
    expect([file.key(0), file.key(1)]).toEqual(["Is 7 prime?", 'Is "9" prime?']);
  });

  it("keeps an unfinished value of an array", () => {
    expect(texts(open('[{"a":1},\n{"a":"half'))).toEqual(['{"a":1}', '{"a":"half']);
  });

  it("reports bytes that are not UTF-8 and decodes the rest", () => {
    const file = open(Uint8Array.of(0x22, 0xff, 0x61, 0x22, 10));
    const read = file.read(0);
    expect(read.text).toBe('"\ufffda"');
    expect(read.notices.map((notice) => notice.kind)).toEqual(["encoding"]);
  });

  it("takes a rightful U+FFFD for what it is", () => {
    expect(open('"\ufffd"').read(0).notices).toEqual([]);
  });

  it("cuts between characters", () => {
    const read = open('"äöü"').read(0, 4);
    expect(read).toMatchObject({ text: '"ä', truncated: true });
  });
});

describe("in pieces", () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  const step = fc.integer({ min: 1, max: 50 });

  it("lines are the same, however they are fed", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), step, (values, bytes) => {
        const content = values.map((item) => JSON.stringify({ item })).join("\n");
        expect(texts(open(content, bytes)).map((text) => JSON.parse(text).item)).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });

  it("elements of an array are the same, however they are fed and printed", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), step, fc.integer({ min: 0, max: 2 }), (values, bytes, indent) => {
        const content = JSON.stringify(
          values.map((item) => ({ item })),
          null,
          indent,
        );
        const file = open(content, bytes);
        expect(texts(file).map((text) => JSON.parse(text).item)).toEqual(JSON.parse(JSON.stringify(values)));
        expect(lines(file)).toEqual(linesOf(content, file));
      }),
    );
  });

  it("printed objects one after another are the same", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 2 }), step, (values, bytes) => {
        const content = values.map((item) => JSON.stringify({ item, end: 0 }, null, 2)).join("\n");
        const file = open(content, bytes);
        expect(texts(file).map((text) => JSON.parse(text).item)).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });
});

/** Lines counted in the plain way. */
function linesOf(content: string, file: RecordFile): number[] {
  const bytes = bytesOf(content);
  return Array.from({ length: file.count }, (_, i) => bytes.subarray(0, file.range(i).start).filter((byte) => byte === 10).length + 1);
}

describe("any bytes whatever", () => {
  const jsonish = fc.stringMatching(/^[[\]{}",:\\ \n\r\ta1é]{0,60}$/).map(bytesOf);
  const any = fc.oneof(fc.uint8Array({ maxLength: 200 }), jsonish);

  it("open without a throw, and every byte is in one record or between records", () => {
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 64 }), (bytes, step) => {
        const file = open(bytes, step);
        let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
        for (let i = 0; i < file.count; i++) {
          const { start, end } = file.range(i);
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expectSeparators(file, bytes.subarray(at, start), i);
          file.read(i);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(bytes.length);
        expectSeparators(file, bytes.subarray(at), -1);
        expect(file.bytesIndexed).toBe(bytes.length);
      }),
      { numRuns: 2000 },
    );
  });

  it("are the same records in pieces of any size", () => {
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 9 }), (bytes, step) => {
        const pieces = open(bytes, step);
        const whole = open(bytes);
        expect(texts(pieces)).toEqual(texts(whole));
        expect(lines(pieces)).toEqual(lines(whole));
      }),
      { numRuns: 1000 },
    );
  });
});

/** Between records stand white space, and in JSON containers commas, their own brackets, and keys with their colons. */
function expectSeparators(file: RecordFile, between: Uint8Array, next: number): void {
  const text = new TextDecoder().decode(between);
  if (file.container === "jsonl") expect(text.trim()).toBe("");
  else if (next >= 0 && file.key(next) !== undefined) expect(text).toMatch(/^[\s,{}]*"[\s\S]*"[\s:]*$/);
  else expect(text).toMatch(/^[\s,:[\]{}]*$/);
}

describe("growing files", () => {
  function growing(start: string) {
    let bytes = bytesOf(start);
    const file = openRecords({
      name: "grows.jsonl",
      size: () => bytes.length,
      read: (offset, length) => bytes.subarray(offset, offset + length),
      close: () => {},
    });
    const index = () => {
      while (file.indexMore(7));
    };
    index();
    return {
      file,
      become(text: string) {
        bytes = bytesOf(text);
        const change = file.refresh();
        index();
        return change;
      },
    };
  }

  it("finds appended lines and finishes a half-written one", () => {
    const { file, become } = growing('{"a":1}\n{"a":2}\n{"a');
    expect(texts(file)).toEqual(['{"a":1}', '{"a":2}', '{"a']);
    expect(become('{"a":1}\n{"a":2}\n{"a":3}\n{"a":4}\n')).toBe("grown");
    expect(texts(file)).toEqual(['{"a":1}', '{"a":2}', '{"a":3}', '{"a":4}']);
    expect(lines(file)).toEqual([1, 2, 3, 4]);
    expect(become('{"a":1}\n{"a":2}\n{"a":3}\n{"a":4}\n')).toBe("same");
  });

  it("starts over on a file that was cut or replaced", () => {
    const { file, become } = growing('{"a":1}\n{"a":2}\n');
    expect(become('{"a":1}\n')).toBe("replaced");
    expect(texts(file)).toEqual(['{"a":1}']);
    expect(become('{"b":1}\n{"b":2}\n{"b":3}\n')).toBe("replaced");
    expect(texts(file)).toEqual(['{"b":1}', '{"b":2}', '{"b":3}']);
  });

  it("tells the layout again once a first line is whole", () => {
    const { file, become } = growing('{"a": "ha');
    become('{"a": "half"}\n{"a": "more"}\n');
    expect(file.container).toBe("jsonl");
    expect(texts(file)).toEqual(['{"a": "half"}', '{"a": "more"}']);
  });
});

it("holds a record of more than 4 GB and offsets beyond", () => {
  const index = new RecordIndex(false);
  const scanner = new LineScanner(index, 0);
  const far = 2 ** 33;
  scanner.feed(bytesOf("aaaa"), 0);
  scanner.feed(bytesOf("a\n{}\n"), far);
  expect([index.count, index.start(0), index.end(0), index.line(0)]).toEqual([2, 0, far + 1, 1]);
  expect([index.start(1), index.end(1), index.line(1)]).toEqual([far + 2, far + 4, 2]);
});

describe("an index", () => {
  const steps = fc.array(fc.tuple(fc.nat(9), fc.nat(2 ** 34), fc.nat(3)), { minLength: 1, maxLength: 40 });

  it("gives back what was added, saved and restored or not, whatever the distances", () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (all, keyed) => {
        const index = new RecordIndex(keyed);
        let end = 0;
        let line = 0;
        const added = all.map(([gap, length, blank]) => {
          const keyStart = end + gap;
          const start = keyStart + (keyed ? 5 : 0);
          end = start + length;
          line += blank + 1;
          index.add(start, end, line, keyStart);
          return { start, end, line, keyStart };
        });
        const writer = new BinaryWriter();
        index.save(writer);
        for (const one of [index, RecordIndex.restore(new BinaryReader(writer.bytes()), keyed)])
          expect(added.map((_, i) => ({ start: one.start(i), end: one.end(i), line: one.line(i), keyStart: one.keyStart(i) }))).toEqual(
            added,
          );
      }),
    );
  });

  it("keeps line numbers over blocks, with blank lines anywhere", () => {
    const index = new RecordIndex(false);
    const lineOf = (record: number): number => record + 1 + (record > 70_000 ? 2 : 0);
    for (let record = 0; record < 200_000; record++) index.add(record * 10, record * 10 + 9, lineOf(record));
    for (const record of [0, 65_535, 65_536, 70_000, 70_001, 131_071, 131_072, 199_999]) expect(index.line(record)).toBe(lineOf(record));
    expect([index.start(199_999), index.end(199_999), index.line(200_000), index.start(200_000)]).toEqual([1_999_990, 1_999_999, 0, 0]);
  });
});
