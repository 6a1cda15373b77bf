/** Each untidy thing that files in the wild hold, from bytes through records to traces. Nothing is dropped; what matters is said. */
import { appendFileSync, chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Trace } from "../../../src/core/trace";
import type { RecordContent } from "../../../src/core/traceReader";
import { openFailure } from "../../../src/platform/fileSource";
import { openFile } from "../../../src/platform/openFile";
import { pause } from "../../../src/platform/pause";
import { loadAnalyst } from "../../support/analyst";
import { readAll, settled, testFolder, traceLine, traceLines } from "../container/open";

const folder = testFolder();
let files = 0;
const read = async (content: string | Uint8Array, name = "a.jsonl") => {
  files += 1;
  return readAll(folder.write(`${files}-${name}`, content));
};
const tracesOf = (contents: readonly RecordContent[]): Trace[] =>
  contents.flatMap((content) => (content.kind === "traces" ? content.traces : []));
const oneTrace = async (content: string | Uint8Array): Promise<Trace> => {
  const [trace] = tracesOf((await read(content)).contents);
  if (!trace) throw new Error("no trace");
  return trace;
};
const kinds = (trace: Trace): string[] => trace.notices.map(({ kind }) => kind);
const thought = "We add 1 and 1. So the answer is 2.";
const record = (fields: object): string =>
  JSON.stringify({ question: "What is 1 plus 1?", response: `<think>${thought}</think>2`, ...fields });
const questions = (contents: readonly RecordContent[]): string[] => tracesOf(contents).map(({ question }) => question);
const wanted = [0, 1, 2].map((n) => `What is ${n} plus ${n}?`);

describe("layouts that belie their name", () => {
  it("printed JSON, one object after another, in .jsonl", async () => {
    const printed = [0, 1, 2].map((n) => JSON.stringify(JSON.parse(traceLine(n)), null, 2)).join("\n");
    const { reader, contents } = await read(printed);
    expect(reader.records.container).toBe("json-sequence");
    expect(questions(contents)).toEqual(wanted);
  });

  it("JSON Lines in .json", async () => {
    const { reader, contents } = await read(traceLines(0, 3), "a.json");
    expect(reader.records.container).toBe("jsonl");
    expect(questions(contents)).toEqual(wanted);
  });
});

describe("lines", () => {
  it("one invalid line among thousands is a row with its place", async () => {
    const before = traceLines(0, 3000);
    const { contents } = await read(`${before}{"id": "broken", "response": \n${traceLines(3001, 6000)}`);
    expect(contents).toHaveLength(6000);
    expect(contents.filter(({ kind }) => kind === "broken")).toEqual([contents[3000]]);
    expect(contents[3000]).toMatchObject({ problem: { record: 3000, line: 3001, byteOffset: before.length, column: expect.any(Number) } });
  });

  it.each([
    ["a byte order mark", `\ufeff${traceLines(0, 3)}`],
    ["CRLF", traceLines(0, 3).replaceAll("\n", "\r\n")],
    ["no final newline", traceLines(0, 3).trimEnd()],
    ["blank lines", `\n\n${traceLines(0, 3).replaceAll("\n", "\n \t\n\n")}`],
  ])("%s", async (_, content) => {
    const { contents } = await read(content);
    expect(questions(contents)).toEqual(wanted);
    expect(tracesOf(contents).flatMap(({ notices }) => notices)).toEqual([]);
  });

  it("NUL bytes: a line of them is a broken row, one in a string is kept with a notice", async () => {
    const { contents } = await read(`${traceLines(0, 1)}\u0000\u0000\u0000\n${record({}).replace("We add", "We\u0000add")}\n`);
    expect(contents.map(({ kind }) => kind)).toEqual(["traces", "broken", "traces"]);
    expect(contents[1]).toMatchObject({ problem: { message: expect.stringContaining("NUL") } });
    const last = tracesOf(contents)[1];
    expect(last?.text).toContain("We\u0000add");
    expect(last && kinds(last)).toContain("encoding");
  });
});

describe("encodings", () => {
  it("invalid UTF-8 is shown as U+FFFD, with a notice", async () => {
    const bytes = Buffer.from(record({}));
    bytes[bytes.indexOf("We add")] = 0xff;
    const trace = await oneTrace(bytes);
    expect(trace.text).toContain("\ufffde add 1");
    expect(kinds(trace)).toContain("encoding");
  });

  it("U+FFFD that is in the file is not taken for invalid UTF-8", async () => {
    const trace = await oneTrace(record({ response: `<think>\ufffd ${thought}</think>2` }));
    expect(trace.text).toBe(`\ufffd ${thought}`);
    expect(trace.notices.filter(({ message }) => message.includes("not UTF-8"))).toEqual([]);
  });

  it("UTF-16 with a byte order mark is decoded", async () => {
    const { reader, contents } = await read(Buffer.from(`\ufeff${traceLines(0, 3)}`, "utf16le"));
    expect(questions(contents)).toEqual(wanted);
    expect(reader.records.packing).toBe("UTF-16");
  });

  it("UTF-16 without one is broken rows, not a crash", async () => {
    const { contents } = await read(Buffer.from(traceLines(0, 3), "utf16le"));
    expect(contents.length).toBeGreaterThan(0);
    expect(contents.every(({ kind }) => kind === "broken")).toBe(true);
  });

  it("lone surrogates stay", async () => {
    const trace = await oneTrace(record({}).replace("We add", "We \\ud83d add"));
    expect(trace.text).toContain("We \ud83d add");
  });
});

describe("values", () => {
  it("mixed types per key", async () => {
    const lines = [
      record({ answer: "2", level: 3 }),
      record({ answer: { value: 2 }, level: "" }),
      record({ answer: null, level: ["x"] }),
      record({ answer: 2 }),
    ];
    const { contents } = await read(lines.join("\n"));
    expect(tracesOf(contents).map(({ text }) => text)).toEqual([thought, thought, thought, thought]);
  });

  it("null text", async () => {
    const { contents } = await read([record({}), record({ response: null }), '{"question": null, "response": null}'].join("\n"));
    expect(contents.map(({ kind }) => kind)).toEqual(["traces", "traces", "traces"]);
    expect(tracesOf(contents).map(({ text }) => text)).toEqual([thought, "", ""]);
  });

  it("empty reasoning is said", async () => {
    const { contents } = await read([record({}), record({ response: "<think>\n\n</think>\nThe answer is 2." })].join("\n"));
    const [, empty] = tracesOf(contents);
    expect(empty).toMatchObject({ thinking: "empty", response: "\nThe answer is 2." });
    expect(empty && kinds(empty)).toContain("empty");
  });

  it("a text cut at exactly 32,767 characters is said", async () => {
    const long = `<think>${"We add 1 and 1. ".repeat(3000)}`.slice(0, 32_767);
    const { contents } = await read([record({ response: long }), record({ response: long.slice(1) })].join("\n"));
    const [cut, whole] = tracesOf(contents);
    expect(cut && kinds(cut)).toContain("truncated");
    expect(whole && kinds(whole)).not.toContain("truncated");
  });

  it("keys with spaces, and whole questions as keys", async () => {
    const spaced = '{"The Question": "What is 1 plus 1?", "Complex CoT": "We add.", "Ground-True Answer": "2"}';
    expect(await oneTrace(spaced)).toMatchObject({ question: "What is 1 plus 1?", text: "We add.", reference: "2" });
    const keyed = JSON.stringify({
      "What is 1 plus 1?": { responses: { "0.0": { content: thought } } },
      "What is 2 plus 2?": { responses: { "0.0": { content: thought } } },
    });
    expect(questions((await read(keyed, "a.json")).contents)).toEqual(["What is 1 plus 1?", "What is 2 plus 2?"]);
  });

  it("duplicate keys are all kept, with a notice", async () => {
    const trace = await oneTrace('{"question": "Q", "level": 1, "level": 2, "response": "<think>We add.</think>2"}');
    expect(trace.columns).toMatchObject({ level: 2, "level (1)": 1 });
    expect(kinds(trace)).toContain("duplicate-key");
  });

  it("numbers past 2^53, NaN and Infinity are kept as written, with a notice", async () => {
    const trace = await oneTrace('{"question": "Q", "seed": 12345678901234567890, "reward": NaN, "response": "<think>We add.</think>2"}');
    expect(trace.columns).toMatchObject({ seed: "12345678901234567890", reward: "NaN" });
    expect(kinds(trace)).toEqual(["number", "number"]);
  });
});

it("a record of 100 MB opens, is analysed in part, and says so", { timeout: 120_000 }, async () => {
  const sentence = "We add 1 and 1, which gives 2, and write it down. ";
  const path = folder.write(
    "large.jsonl",
    `${traceLine(0)}\n${record({ response: `<think>${sentence.repeat(2 << 20)}</think>2` })}\n${traceLine(2)}\n`,
  );
  const opened = openFile(path);
  if (!opened.ok) throw new Error(opened.error.message);
  const { TraceSession } = await import("../../../src/core/session");
  const session = new TraceSession(opened.value, { pause, loadAnalyst, openPeer: (peer) => openFile(peer) });
  await session.setBackground(false);
  expect(await session.document({ file: 0, record: 2, rollout: 0 })).toMatchObject({ trace: { question: "What is 2 plus 2?" } });
  const document = await session.document({ file: 0, record: 1, rollout: 0 }, 10_000);
  expect(document).toMatchObject({ notAnalysed: expect.any(Number), trace: { text: expect.stringContaining(sentence) } });
  if ("trace" in document) {
    expect(document.notAnalysed + document.trace.text.length).toBe(sentence.length * (2 << 20));
    expect(document.trace.notices.at(-1)?.message).toMatch(/the first 10,000 are shown and analysed/);
  }
  expect((await session.recordText({ file: 0, record: 1, rollout: 0 }, 1000)).truncated).toBe(true);
  session.close();
});

it("a file that grows: a half-written last line waits, new records appear", async () => {
  const path = folder.write("growing.jsonl", `${traceLines(0, 2)}${traceLine(2).slice(0, 30)}`);
  const { session, info } = await settled(path);
  expect(info).toMatchObject({ records: 3, malformed: 1, problems: [{ message: expect.stringContaining("the file ends here") }] });
  appendFileSync(path, `${traceLine(2).slice(30)}\n${traceLine(3)}\n`);
  session.poll();
  for (let seen = await session.info(); seen.records !== 4 || seen.analysed !== 4; seen = await session.info()) await pause();
  expect(await session.info()).toMatchObject({ malformed: 0, problems: [] });
  session.close();
});

it("a file that was replaced by another of the same length is read anew", async () => {
  const path = folder.write("replaced.jsonl", traceLines(1, 3));
  const { session } = await settled(path);
  folder.write("replaced.jsonl", traceLines(5, 7));
  session.poll();
  while (!(await session.info()).indexed) await pause();
  expect(await session.document({ file: 0, record: 0, rollout: 0 })).toMatchObject({ trace: { question: "What is 5 plus 5?" } });
  session.close();
});

it("an empty file, and one of white space, hold no records", async () => {
  for (const content of ["", " \n\n", "\ufeff"]) {
    const { reader, contents } = await read(content);
    expect(contents).toEqual([]);
    expect(reader.records.container).toBe("empty");
    expect(reader.choice?.hasTraces).toBe(false);
  }
});

it("a folder without traces, and a missing file, cannot be opened", () => {
  mkdirSync(join(folder.path, "nothing"));
  expect(openFile(join(folder.path, "nothing"))).toMatchObject({ ok: false, error: { code: "no-records" } });
  expect(openFile(join(folder.path, "nowhere.jsonl"))).toMatchObject({ ok: false, error: { code: "not-found" } });
});

it("a file without permission cannot be opened", () => {
  const path = folder.write("secret.jsonl", traceLine(0));
  chmodSync(path, 0);
  // Root may read every file, so for root the system's refusal is made by hand.
  const isRoot = process.getuid?.() === 0;
  const refused = isRoot ? openFailure(path, Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" })) : openFile(path);
  expect(refused).toMatchObject({ ok: false, error: { code: "no-permission", message: expect.stringContaining(path) } });
});
