import { describe, expect, it } from "vitest";
import { memorySource } from "../../../src/core/bytes/byteSource";
import { openRecords } from "../../../src/core/bytes/records";
import { fail, ok } from "../../../src/core/result";
import { TraceSession } from "../../../src/core/session";
import { type FileInfo, isTraceDocument, type Sort, type ViewInfo } from "../../../src/core/session/types";
import { loadAnalyst } from "../../support/analyst";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const solve = (n: number, tail = ""): string =>
  `We need to add ${n} and ${n}. The sum is ${n} + ${n} = ${2 * n}.\n\nSo the answer is ${2 * n}.\n\n${tail}`;

interface Sample {
  readonly id?: string;
  readonly question: string;
  readonly model?: string;
  readonly thinking: string;
  readonly response?: string;
  readonly answer?: string;
  readonly level?: number;
}

const record = ({ id, question, model, thinking, response, answer, level }: Sample): string =>
  JSON.stringify({ id, question, model, response: `<think>\n${thinking}</think>\n${response ?? ""}`, ground_truth: answer, level });

const samples: readonly Sample[] = Array.from({ length: 12 }, (_, i) => ({
  id: `q${i}`,
  question: `What is ${i} plus ${i}?`,
  model: i % 2 === 0 ? "big" : "small",
  thinking: solve(i, i % 3 === 0 ? `Wait, let me check: ${i} + ${i} = ${2 * i}. Yes, the answer is ${2 * i}.` : ""),
  response: `The answer is \\boxed{${i === 5 ? 11 : 2 * i}}.`,
  answer: String(2 * i),
  level: i,
}));
const lines = samples.map(record);

function open(content: string, peers: Readonly<Record<string, string>> = {}): TraceSession {
  return new TraceSession(openRecords(memorySource("/data/test.jsonl", bytesOf(content))), {
    pause,
    loadAnalyst,
    openPeer: (path) =>
      peers[path] === undefined ? fail("not-found", `Cannot open ${path}`) : ok(openRecords(memorySource(path, bytesOf(peers[path])))),
  });
}

async function settle(session: TraceSession): Promise<FileInfo> {
  for (;;) {
    const info = await session.info();
    if (info.indexed && info.analysed >= info.records) return info;
    await pause();
  }
}

const inFile: Sort = { key: "file", descending: false };
const all = { query: "", matchCase: false, regex: false, sort: inFile };

async function list(session: TraceSession, query: string, sort: Sort = inFile): Promise<{ ids: string[]; info: ViewInfo }> {
  const { id } = await session.view({ ...all, query, sort });
  for (;;) {
    const info = await session.viewInfo(id);
    if (info.complete) return { ids: (await session.rows(id, 0, 500)).map((row) => row.id), info };
    await pause();
  }
}

describe("info", () => {
  it("tells what a file is", async () => {
    const info = await settle(open(lines.join("\n")));
    expect(info).toMatchObject({ container: "jsonl", records: 12, traces: 12, analysed: 12, malformed: 0, hasTraces: true, indexed: true });
    expect(info.models).toEqual([
      { name: "big", traces: 6 },
      { name: "small", traces: 6 },
    ]);
    expect(info.confidence).toBeGreaterThan(0);
    expect(info.tokenCounter).not.toBe("");
  });

  it("tells files without traces, and leaves them unanalysed", async () => {
    const session = open('{"x": 1}\n{"x": 2}\n');
    const info = await session.info();
    expect(info).toMatchObject({ hasTraces: false, records: 2 });
    const { id } = await session.view(all);
    expect(await session.rows(id, 0, 9)).toMatchObject([{ kind: "plain" }, { kind: "plain" }]);
    const document = await session.document({ file: 0, record: 1, rollout: 0 });
    expect(document).toMatchObject({ text: '{"x": 2}', line: 2, truncated: false });
    const byTokens: Sort = { key: "tokens", descending: true };
    expect((await list(session, "", byTokens)).ids).toEqual(["line 1", "line 2"]);
  });

  it("knows the records of a list by their number", async () => {
    const session = open(`[\n${lines[0]},\n{"broken,\n{"x": 1}\n]`);
    await settle(session);
    const { id } = await session.view(all);
    const rows = await session.rows(id, 0, 9);
    expect(rows.map((row) => row.id)).toEqual(["q0", "record 2"]);
    expect(await session.document({ file: 0, record: 0, rollout: 0 })).toMatchObject({ numbered: true, line: 2 });
    expect(await session.document({ file: 0, record: 1, rollout: 0 })).toMatchObject({
      numbered: true,
      problem: { numbered: true, line: 3 },
    });
    expect((await session.info()).problems).toMatchObject([{ record: 1, numbered: true }]);
  });

  it("answers on an empty file", async () => {
    const session = open("");
    expect(await session.info()).toMatchObject({ container: "empty", records: 0, traces: 0, hasTraces: false });
    const view = await session.view(all);
    expect(view).toMatchObject({ rows: 0, complete: true });
    await expect(session.document({ file: 0, record: 0, rollout: 0 })).rejects.toMatchObject({ code: "no-record" });
  });
});

describe("broken lines", () => {
  const broken = [lines[0], '{"id": "x", "question": "half', lines[2]].join("\n");

  it("are rows with their error, and problems of the file", async () => {
    const session = open(broken);
    const info = await settle(session);
    expect(info.malformed).toBe(1);
    expect(info.problems).toMatchObject([{ record: 1, line: 2, byteOffset: bytesOf(`${lines[0]}\n`).length }]);
    const { id } = await session.view(all);
    const rows = await session.rows(id, 0, 10);
    expect(rows.map((row) => row.kind)).toEqual(["trace", "malformed", "trace"]);
    expect(rows[1]?.error).toMatch(/unterminated string at column \d+/);
  });

  it("are shown with the lines around them", async () => {
    const session = open(broken);
    const document = await session.document({ file: 0, record: 1, rollout: 0 });
    expect(isTraceDocument(document)).toBe(false);
    expect(document).toMatchObject({ line: 2, problem: { line: 2 }, text: '{"id": "x", "question": "half' });
    expect("around" in document && document.around?.before).toMatch(/^\{"id":"q0"/);
    expect("around" in document && document.around?.after).toMatch(/^\{"id":"q2"/);
  });

  it("can be filtered for", async () => {
    expect((await list(open(broken), "is:malformed")).ids).toEqual(["line 2"]);
  });
});

describe("views", () => {
  it("give rows with their figures", async () => {
    const session = open(lines.join("\n"));
    await settle(session);
    const { id } = await session.view(all);
    const [row] = await session.rows(id, 5, 1);
    expect(row).toMatchObject({
      row: 5,
      record: 5,
      rollout: 0,
      line: 6,
      id: "q5",
      question: "What is 5 plus 5?",
      model: "small",
      verdict: "wrong",
    });
    expect(row?.tokens).toBeGreaterThan(10);
    expect(row?.steps).toBeGreaterThan(0);
    expect(row?.flags).toHaveLength(5);
  });

  it("give rows before they are analysed", async () => {
    const session = open(lines.join("\n"));
    await session.setBackground(false);
    const { id } = await session.view(all);
    const [row] = await session.rows(id, 0, 1);
    expect(row).toMatchObject({ id: "q0", question: "What is 0 plus 0?" });
    for (;;) {
      const [later] = await session.rows(id, 0, 1);
      if (later?.tokens !== undefined) break;
      await pause();
    }
  });

  it("filter by what the analysis says", async () => {
    expect((await list(open(lines.join("\n")), "correct:false")).ids).toEqual(["q5"]);
    expect((await list(open(lines.join("\n")), "-correct:true")).ids).toEqual(["q5"]);
  });

  it("filter by model, columns of the record, line and text", async () => {
    const session = open(lines.join("\n"));
    expect((await list(session, "model:small level:>6")).ids).toEqual(["q7", "q9", "q11"]);
    expect((await list(session, "line:2..3")).ids).toEqual(["q1", "q2"]);
    expect((await list(session, '"let me check" model:big')).ids).toEqual(["q0", "q6"]);
    expect((await list(session, "7 + 7")).ids).toContain("q7");
  });

  it("sort by figures and by numbers inside names", async () => {
    const session = open(lines.join("\n"));
    const ids = samples.map((sample) => sample.id);
    expect((await list(session, "", { key: "id", descending: true })).ids).toEqual([...ids].reverse());
    expect((await list(session, "", { key: "file", descending: true })).ids).toEqual([...ids].reverse());
    const { ids: sorted } = await list(session, "", { key: "tokens", descending: false });
    const { id } = await session.view({ ...all, sort: { key: "tokens", descending: false } });
    const tokens = (await session.rows(id, 0, 20)).map((row) => row.tokens ?? -1);
    expect(tokens).toEqual([...tokens].sort((a, b) => a - b));
    expect(sorted).toHaveLength(12);
  });

  it("find a trace's place", async () => {
    const session = open(lines.join("\n"));
    await settle(session);
    const { id } = await session.view({ ...all, query: "model:small" });
    expect(await session.locate(id, 7, 0)).toBe(3);
    expect(await session.locate(id, 6, 0)).toBe(-1);
    const whole = await session.view({ ...all, sort: { key: "file", descending: true } });
    expect(await session.locate(whole.id, 11, 0)).toBe(0);
  });

  it("count what each condition keeps out when nothing matches", async () => {
    const { info } = await list(open(lines.join("\n")), "model:small id:q4");
    expect(info.rows).toBe(0);
    expect(info.without).toEqual([
      { condition: "model:small", rows: 1 },
      { condition: "id:q4", rows: 6 },
    ]);
  });

  it("report errors of the query", async () => {
    const view = await open(lines.join("\n")).view({ ...all, query: "tokens:many" });
    expect(view.errors).toMatchObject([{ message: expect.stringMatching(/takes a number/) }]);
  });

  it("end with the last four", async () => {
    const session = open(lines.join("\n"));
    const first = await session.view(all);
    for (let i = 0; i < 4; i++) await session.view(all);
    await expect(session.viewInfo(first.id)).rejects.toMatchObject({ code: "no-view" });
  });
});

describe("several rollouts in a record", () => {
  const many = Array.from({ length: 3000 }, (_, i) =>
    JSON.stringify({
      idx: i,
      question: `Q${i}?`,
      gt: "1",
      code: Array.from({ length: 1 + (i % 3) }, (_, k) => `Think ${i}.${k}. The answer is 1.`),
      pred: ["1"],
      score: [true],
    }),
  ).join("\n");

  it("are rows of their own, and positions hold when all is read", async () => {
    const session = open(many);
    const info = await settle(session);
    expect(info.records).toBe(3000);
    expect(info.traces).toBe(6000);
    const { id } = await session.view(all);
    for (const record of [0, 1, 1023, 1024, 1025, 2999]) {
      const at = await session.locate(id, record, record % 3);
      const [row] = await session.rows(id, at, 1);
      expect(row).toMatchObject({ record, rollout: record % 3 });
    }
    expect((await session.rows(id, 5999, 5)).length).toBe(1);
  });
});

describe("documents", () => {
  it("hold the trace, its analysis and where it stands", async () => {
    const content = lines.join("\n");
    const session = open(content);
    const document = await session.document({ file: 0, record: 3, rollout: 0 });
    if (!isTraceDocument(document)) throw new Error("no trace");
    expect(document.trace.text).toContain("3 + 3 = 6");
    expect(document.line).toBe(4);
    expect(new TextDecoder().decode(bytesOf(content).subarray(document.byteStart, document.byteEnd))).toBe(lines[3]);
    expect(document.analysis.steps.at(-1)?.end).toBe(document.trace.text.length);
    expect(document.notAnalysed).toBe(0);
  });

  it("are cut to a limit that does not split a character", async () => {
    const session = open(record({ ...samples[0]!, thinking: "We 😀😀😀 think. ".repeat(40) }));
    const document = await session.document({ file: 0, record: 0, rollout: 0 }, 5);
    if (!isTraceDocument(document)) throw new Error("no trace");
    expect(document.trace.text.length + document.notAnalysed).toBeGreaterThan(600);
    expect(document.trace.text).toBe(new TextDecoder().decode(bytesOf(document.trace.text)));
    expect(document.analysis.steps.at(-1)?.end).toBe(document.trace.text.length);
    expect(document.trace.parts.at(-1)?.end).toBe(document.trace.text.length);
  });

  it("know their siblings by question, whatever its typography", async () => {
    const twin = record({ ...samples[3]!, id: "twin", model: "other", question: "what is  3 plus 3 ?" });
    const session = open([...lines, twin].join("\n"));
    await settle(session);
    const document = await session.document({ file: 0, record: 3, rollout: 0 });
    expect(isTraceDocument(document) && document.siblings).toMatchObject([{ ref: { file: 0, record: 12, rollout: 0 }, model: "other" }]);
  });

  it("give the record's own text", async () => {
    const session = open(lines.join("\n"));
    expect(await session.recordText({ file: 0, record: 1, rollout: 0 }, 1 << 20)).toEqual({ text: lines[1], truncated: false });
    expect(await session.recordText({ file: 0, record: 1, rollout: 0 }, 7)).toEqual({ text: lines[1]?.slice(0, 7), truncated: true });
  });

  it("reject what is not there", async () => {
    const session = open(lines.join("\n"));
    await expect(session.document({ file: 0, record: 12, rollout: 0 })).rejects.toMatchObject({ code: "no-record" });
    await expect(session.document({ file: 0, record: 1, rollout: 5 })).rejects.toMatchObject({ code: "no-rollout" });
    await expect(session.document({ file: 3, record: 1, rollout: 0 })).rejects.toMatchObject({ code: "no-file" });
  });
});

describe("pairs", () => {
  const teacher = samples.map((sample) => record({ ...sample, model: "teacher" }));
  const student = samples
    .slice(0, 10)
    .map((sample, i) => record({ ...sample, id: `s${i}`, model: "student", response: `\\boxed{${i === 2 ? 9 : 2 * i}}` }));

  it("join two models of one file by question", async () => {
    const session = open([...teacher, ...student].join("\n"));
    await settle(session);
    const page = await session.pairs({
      teacher: { file: 0, model: "teacher" },
      student: { file: 0, model: "student" },
      key: "auto",
      query: "",
    });
    expect(page).toMatchObject({ total: 10, matching: 10, key: "question", unpairedTeacher: 2, unpairedStudent: 0, complete: true });
    expect(page.pairs[2]).toMatchObject({
      teacher: { record: 2 },
      student: { record: 14 },
      agree: false,
      teacherVerdict: "correct",
      studentVerdict: "wrong",
    });
  });

  it("join two files, and filter", async () => {
    const session = open(teacher.join("\n"), { "/data/student.jsonl": student.join("\n") });
    const peer = await session.openPeer("/data/student.jsonl");
    expect(peer.info.records).toBe(10);
    expect((await session.openPeer("/data/student.jsonl")).file).toBe(peer.file);
    const ask = (query: string) => session.pairs({ teacher: { file: 0 }, student: { file: peer.file }, key: "auto", query });
    while (!(await ask("")).complete) await pause();
    expect((await ask("agree:false")).pairs.map((pair) => pair.id)).toEqual(["q2", "q5"]);
    expect((await ask("student:wrong teacher:correct")).pairs.map((pair) => pair.id)).toEqual(["q2"]);
    const comparison = await session.compare({ file: 0, record: 2, rollout: 0 }, { file: peer.file, record: 2, rollout: 0 });
    expect(comparison.diff.answers.agree).toBe(false);
  });

  it("reject a file that cannot be opened, and let it be tried again", async () => {
    const session = open(teacher.join("\n"));
    await expect(session.openPeer("/nowhere")).rejects.toMatchObject({ code: "not-found" });
    await expect(session.openPeer("/nowhere")).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("completions", () => {
  it("offer names with what the rows hold", async () => {
    const session = open(lines.join("\n"));
    await settle(session);
    const { id } = await session.view(all);
    const [tokens] = await session.complete("model:big to", 12, id);
    expect(tokens).toMatchObject({ insert: "tokens:", start: 10, end: 12 });
    expect(tokens?.holds).toMatch(/^\d+ to \d+$/);
    expect(tokens?.histogram?.bins.reduce((sum, bin) => sum + bin, 0)).toBe(12);
  });

  it("offer values and columns of the record", async () => {
    const session = open(lines.join("\n"));
    await settle(session);
    const { id } = await session.view(all);
    const models = await session.complete("model:", 6, id);
    expect(models.map(({ insert, holds }) => [insert, holds])).toEqual([
      ["big", "6 of 12"],
      ["small", "6 of 12"],
    ]);
    expect((await session.complete("lev", 3, id)).map(({ insert, holds }) => [insert, holds])).toEqual([["level:", "0 to 11"]]);
  });
});

describe("a file that grows", () => {
  it("shows new records, and reads a half-written one anew", async () => {
    let bytes = bytesOf(`${lines.slice(0, 3).join("\n")}\n${lines[3]?.slice(0, 40)}`);
    const session = new TraceSession(
      openRecords({
        name: "/data/run.jsonl",
        size: () => bytes.length,
        read: (offset, length) => bytes.subarray(offset, offset + length),
        close: () => {},
      }),
      { pause, loadAnalyst, openPeer: () => fail("not-found", "") },
    );
    expect(await settle(session)).toMatchObject({ records: 4, malformed: 1 });
    const { id } = await session.view({ ...all, query: "id:q3,q4" });
    bytes = bytesOf(`${lines.slice(0, 5).join("\n")}\n`);
    session.poll();
    expect(await settle(session)).toMatchObject({ records: 5, malformed: 0, problems: [], analysed: 5 });
    while (!(await session.viewInfo(id)).complete) await pause();
    expect((await session.rows(id, 0, 9)).map((row) => row.id)).toEqual(["q3", "q4"]);
  });
});

it("tells of its progress and ends with everything analysed", async () => {
  const session = open(lines.join("\n"));
  const seen = new Set<number>();
  let last: FileInfo | undefined;
  session.listen({
    progress: (info) => {
      last = info;
    },
    analysed: (from, to) => {
      for (let record = from; record <= to; record++) seen.add(record);
    },
  });
  while (last?.analysed !== 12) await pause();
  expect(seen.size).toBe(12);
});

it("works in the background only once the first document was given, where it is told to wait", async () => {
  const records = openRecords(memorySource("a.jsonl", bytesOf(samples.slice(0, 5).map(record).join("\n"))));
  const waits: (() => void)[] = [];
  const wait = () => new Promise<void>((resolve) => void waits.push(resolve));
  const session = new TraceSession(records, { pause, loadAnalyst, wait, openPeer: () => fail("not-found", "") });
  for (let turn = 0; turn < 20; turn++) await pause();
  expect((await session.info()).analysed).toBe(0);
  const before = waits.length;
  await session.document({ file: 0, record: 4, rollout: 0 });
  expect(waits.length).toBe(before + 1);
  expect((await session.info()).analysed).toBe(1);
  waits.at(-1)?.();
  while ((await session.info()).analysed < 5) await pause();
  session.close();
});
