/**
 * Bytes, JSON structure and tags at random, through a whole session. An input that once broke something belongs in `corpus/`, whatever its name; all of it is run first.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { survive } from "./survive";

const corpus = join(__dirname, "corpus");
const timeout = 120_000;
const runs = Number(process.env.FUZZ_RUNS ?? 25);
const bytesOf = (text: string): Uint8Array => Buffer.from(text, "utf8");
const check = (property: fc.IAsyncProperty<[Uint8Array]>) => fc.assert(property, { numRuns: runs });
const all = (bytes: fc.Arbitrary<Uint8Array>) => check(fc.asyncProperty(bytes, survive));

describe("what broke something once", () => {
  const files = readdirSync(corpus);
  it("is kept", () => expect(files.length).toBeGreaterThan(0));
  it.each(files)("%s", { timeout }, (name) => survive(readFileSync(join(corpus, name))));
});

const tags = [
  "<think>",
  "</think>",
  "<|begin_of_thought|>",
  "<|end_of_thought|>",
  "<Thought>",
  "<Output>",
  "[THINK]",
  "[/THINK]",
  "<|channel|>analysis<|message|>",
  "```",
  "`",
  "【答案】",
  "<eoa>",
  '["deduction"]',
  '["end-section"]',
];
const words = [
  "Wait,",
  "let me check.",
  "So the answer is 42.",
  "\\boxed{42}",
  "$x = \\frac{1}{2}$",
  "1 + 1 = 2.",
  "\n\n",
  "因此答案是 7。",
  "Action:",
  "\ud83d",
  "\u0000",
  "\u2028",
  "- item\n",
  "| a | b |\n",
];
const prose = fc
  .array(fc.oneof(fc.constantFrom(...tags), fc.constantFrom(...words), fc.string({ maxLength: 8 })), { maxLength: 40 })
  .map((pieces) => pieces.join(" "));

const keys = fc.constantFrom(
  ..."id question problem prompt response output completion reasoning reasoning_content thinking answer ground_truth is_correct score model messages conversations role from content value steps label labels rating samples responses generations chosen rejected trajectory thought action observation sections nodes edges start end logprobs tokens code pred doc resps turns type text input eval chunk chunk_idx trace_format image_url url source data tool_calls arguments system".split(
    " ",
  ),
  "The Question",
  "some-model (question)",
  "__proto__",
  "constructor",
  "",
);
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    prose,
    fc.constantFrom<unknown>(null, true, false, 0, 1, -1, 0.5, 1e300, "user", "assistant", "tool", "think", "a", ""),
    fc.array(tie("value"), { maxLength: 4 }),
    tie("object"),
  ),
  object: fc.dictionary(keys, tie("value"), { maxKeys: 6 }),
})).object;
const line = value.map((record) => JSON.stringify(record));

const fixtures = join(__dirname, "../fixtures/import");
/** The records of every family's fixture. */
const known: unknown[] = readdirSync(fixtures).flatMap((name) => {
  const text = readFileSync(join(fixtures, name), "utf8");
  const lines = name.endsWith(".jsonl") ? text.split("\n").filter((item) => item.trim() !== "") : [text];
  return lines.map((item): unknown => JSON.parse(item));
});

/** Puts `graft` in the place of the value that stands `at` values into a record in reading order; a graft of undefined puts the value there as JSON text. */
function grafted(record: unknown, at: number, graft: unknown): unknown {
  let left = at;
  const walk = (item: unknown): unknown => {
    if (left-- === 0) return graft === undefined ? JSON.stringify(item) : graft;
    if (Array.isArray(item)) return item.map(walk);
    if (typeof item !== "object" || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, walk(inner)]));
  };
  return walk(record);
}

/** A record of a known family with a few of its values replaced. */
const family = fc
  .tuple(
    fc.constantFrom(...known),
    fc.array(fc.tuple(fc.nat(30), fc.oneof(fc.constant(undefined), value, prose, fc.constantFrom(null, 0, "", []))), { maxLength: 3 }),
  )
  .map(([record, grafts]) => JSON.stringify(grafts.reduce((item, [at, graft]) => grafted(item, at + 1, graft), record)));

describe("sessions survive", () => {
  it("any bytes", { timeout }, () => all(fc.uint8Array({ maxLength: 300 })));

  it("bytes that look like a packed file", { timeout }, () =>
    all(
      fc
        .tuple(
          fc.constantFrom(
            [0x1f, 0x8b, 8, 0],
            [0x28, 0xb5, 0x2f, 0xfd],
            [0x50, 0x41, 0x52, 0x31],
            [0x50, 0x4b, 3, 4],
            [0xff, 0xfe],
            [0xfe, 0xff],
          ),
          fc.uint8Array({ maxLength: 200 }),
        )
        .map(([magic, rest]) => Buffer.concat([Buffer.from(magic), rest, magic[0] === 0x50 ? Buffer.from(magic) : Buffer.alloc(0)])),
    ),
  );

  it("gzip that is damaged or cut off", { timeout }, () =>
    all(
      fc.tuple(fc.array(line, { maxLength: 5 }), fc.nat(), fc.nat(255), fc.nat()).map(([lines, at, byte, cut]) => {
        const bytes = gzipSync(lines.join("\n"));
        bytes[10 + (at % Math.max(1, bytes.length - 10))] = byte;
        return bytes.subarray(0, cut % 3 === 0 ? cut % bytes.length : bytes.length);
      }),
    ),
  );

  it("characters of JSON in any order", { timeout }, () =>
    all(
      fc
        .array(fc.constantFrom(...'[]{},:"\\ \n\r\t0-1eE.tnfu\u0000'.split(""), '{"a":', '"response":', "<think>", "\ufeff", "NaN"), {
          maxLength: 60,
        })
        .map((pieces) => bytesOf(pieces.join(""))),
    ),
  );

  it("records of known names and any structure", { timeout }, () =>
    all(fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => bytesOf(lines.join("\n")))),
  );

  it("records of every family with other values in them", { timeout }, () =>
    all(fc.array(family, { minLength: 1, maxLength: 4 }).map((lines) => bytesOf(lines.join("\n")))),
  );

  it("the same as items of a list", { timeout }, () =>
    all(fc.array(family, { minLength: 1, maxLength: 4 }).map((lines) => bytesOf(`[${lines.join(",\n")}]`))),
  );

  it("one record of known names as the whole file, or a list of them", { timeout }, () =>
    all(fc.oneof(value, fc.array(value, { maxLength: 4 })).map((record) => bytesOf(JSON.stringify(record, null, 1)))),
  );

  it("records that are damaged in one place", { timeout }, () =>
    all(
      fc.tuple(fc.array(line, { minLength: 1, maxLength: 4 }), fc.nat(), fc.nat(255)).map(([lines, at, byte]) => {
        const bytes = Buffer.from(lines.join("\n"));
        bytes[at % bytes.length] = byte;
        return bytes;
      }),
    ),
  );

  it("tags in any order", { timeout }, () =>
    all(
      fc
        .array(fc.tuple(fc.constantFrom("response", "reasoning", "output", "text"), prose), { minLength: 1, maxLength: 4 })
        .map((texts) => bytesOf(texts.map(([key, text]) => JSON.stringify({ question: "What is 6 times 7?", [key]: text })).join("\n"))),
    ),
  );
});
