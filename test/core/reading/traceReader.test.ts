import { describe, expect, it } from "vitest";
import { memorySource } from "../../../src/core/bytes/byteSource";
import { openRecords } from "../../../src/core/bytes/records";
import { JoinFile } from "../../../src/core/joinFile";
import type { Trace } from "../../../src/core/trace";
import { type ReadingOptions, TraceReader } from "../../../src/core/traceReader";
import { settled, testFolder, traceLines } from "../container/open";

const folder = testFolder();
const provider = (content: string) => openRecords(memorySource("a.jsonl", Buffer.from(content)));

function read(content: string, options: ReadingOptions = {}): { readonly reader: TraceReader; readonly traces: readonly Trace[] } {
  const reader = new TraceReader(provider(content), options);
  while (reader.indexMore(1 << 20));
  const contents = Array.from({ length: reader.records.count }, (_, i) => reader.read(i));
  return { reader, traces: contents.flatMap((item) => (item.kind === "traces" ? item.traces : [])) };
}

const jsonl = (records: readonly unknown[]): string => records.map((record) => JSON.stringify(record)).join("\n");
const joinOf = (records: readonly unknown[]): Promise<JoinFile> => JoinFile.open(provider(jsonl(records)));

describe("a joined file", () => {
  const answers = [0, 1, 2].map((n) => ({ model_answer: `<think>It is ${n}.</think>${n}` }));
  const questions = [0, 1, 2].map((n) => ({ question: `What is ${n}?`, answer: String(n) }));

  it("gives questions and references by number", async () => {
    const join = await joinOf(questions);
    const { traces } = read(jsonl(answers), { join });
    expect(traces.map(({ question, reference }) => [question, reference])).toEqual([0, 1, 2].map((n) => [`What is ${n}?`, String(n)]));
    expect(join.by).toBe("number");
  });

  it("gives them by a field that names records in both, in whatever order", async () => {
    const join = await joinOf(questions.map((record, n) => ({ ...record, unique_id: `u${n}` })).reverse());
    const { traces } = read(jsonl(answers.map((record, n) => ({ ...record, unique_id: `u${n}` }))), { join });
    expect(traces.map(({ question }) => question)).toEqual(["What is 0?", "What is 1?", "What is 2?"]);
    expect(join.by).toBe("unique_id");
  });

  it("leaves a record alone whose name it does not have, and a record's own question", async () => {
    const join = await joinOf([
      { id: 1, question: "Joined?" },
      { id: 2, question: "Other?" },
    ]);
    const records = [
      { id: 1, response: "<think>a</think>b" },
      { id: 9, response: "<think>a</think>b" },
      { id: 2, question: "Own?", response: "<think>a</think>b" },
    ];
    expect(read(jsonl(records), { join }).traces.map(({ question }) => question)).toEqual(["Joined?", "", "Own?"]);
  });
});

it("a mapping says where the fields stand", () => {
  const records = [{ q: "What is 1?", gen: [{ out: "It is 1." }] }];
  const { reader, traces } = read(jsonl(records), { mapping: { question: "q", reasoning: "gen[0].out" } });
  expect(reader.choice).toMatchObject({ importer: "mapping", confidence: 1, hasTraces: true });
  expect(traces[0]).toMatchObject({ question: "What is 1?", text: "It is 1." });
});

describe("records that are pieces of one trace", () => {
  const chunks = ["We add. ", "1 + 1 = 2. ", "So 2."].map((chunk, i) => ({ chunk, chunk_idx: i, function_tags: ["active_computation"] }));

  it.each([
    ["a list", JSON.stringify(chunks, null, 1)],
    ["lines", jsonl(chunks)],
  ])("are read as one, from %s", (_, content) => {
    const { reader, traces } = read(content);
    expect(reader.records.count).toBe(1);
    expect(traces).toHaveLength(1);
    expect(traces[0]?.givenSteps).toHaveLength(3);
  });

  it("are one row of a session", async () => {
    const { session, info } = await settled(folder.write("chunks.json", JSON.stringify(chunks)));
    expect(info).toMatchObject({ records: 1, traces: 1, analysed: 1, hasTraces: true });
    expect(await session.document({ file: 0, record: 0, rollout: 0 })).toMatchObject({ trace: { givenSteps: { length: 3 } } });
    session.close();
  });
});

it("decides by the first records, and keeps to it", () => {
  const reader = new TraceReader(provider(traceLines(0, 100)));
  expect(reader.choice).toBeUndefined();
  reader.indexMore(100);
  expect(reader.choice).toBeUndefined();
  while (reader.indexMore(1000) && !reader.choice);
  expect(reader.choice).toMatchObject({ hasTraces: true, usualTraces: 1 });
  expect(reader.records.count).toBeLessThan(100);
});
