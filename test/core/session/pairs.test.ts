import { describe, expect, it } from "vitest";
import { memorySource } from "../../../src/core/bytes/byteSource";
import { openRecords } from "../../../src/core/bytes/records";
import { fail } from "../../../src/core/result";
import { TraceSession } from "../../../src/core/session";
import type { PairPage, PairRequest } from "../../../src/core/session/types";
import { loadAnalyst } from "../../support/analyst";

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const steps = (n: number): string[] => [
  `We are asked for the area of a garden with sides ${n} and ${n + 1} metres.`,
  `The area of a rectangle is the product of its two sides, so we multiply ${n} by ${n + 1}.`,
  `Multiplying gives ${n} * ${n + 1} = ${n * (n + 1)}.`,
  `So the answer is ${n * (n + 1)}.`,
  `Wait, let me check by splitting the garden into ${n} strips of ${n + 1} square metres each: the sum is ${n * (n + 1)}, as before.`,
];

const line = (n: number, model: string, sentences: readonly string[], answer: number): string =>
  JSON.stringify({
    id: `g${n}`,
    question: `What is the area of a garden of ${n} by ${n + 1} metres?`,
    model,
    response: `<think>\n${sentences.join("\n\n")}\n</think>\n\\boxed{${answer}}`,
    reference: String(n * (n + 1)),
  });

/** Ten questions: the student leaves the check out, and answers the third wrong. Its traces are as many as the teacher's and stand after them. */
const file = (): string => {
  const numbers = Array.from({ length: 10 }, (_, i) => i + 11);
  const teacher = numbers.map((n) => line(n, "large", steps(n), n * (n + 1)));
  const student = numbers.map((n, i) => line(n, "small", steps(n).slice(0, 4), i === 2 ? 7 : n * (n + 1)));
  return [...teacher, ...student, line(99, "small", steps(99), 1)].join("\n");
};

const request: PairRequest = { teacher: { file: 0, model: "large" }, student: { file: 0, model: "small" }, key: "auto", query: "" };

async function opened(): Promise<TraceSession> {
  const session = new TraceSession(openRecords(memorySource("/data/gardens.jsonl", new TextEncoder().encode(file()))), {
    pause,
    loadAnalyst,
    openPeer: () => fail("not-found", "no"),
  });
  while (!(await session.pairs(request)).complete) await pause();
  return session;
}

/** Asks again until nothing is left to align. */
async function aligned(session: TraceSession, change: Partial<PairRequest>): Promise<PairPage> {
  for (;;) {
    const page = await session.pairs({ ...request, ...change });
    if (page.complete) return page;
    await pause();
  }
}

describe("pairs joined by a field of the records", () => {
  const plain = (id: string, model: string, uid: number | undefined): string =>
    JSON.stringify({
      id,
      model,
      ...(uid === undefined ? {} : { uid }),
      question: `Question ${id}`,
      response: `<think>${steps(uid ?? 5).join("\n\n")}</think>1`,
    });
  const lines = [
    plain("t/0", "large", 7),
    plain("t/1", "large", 8),
    plain("t/2", "large", undefined),
    plain("s/0", "small", 8),
    plain("s/1", "small", 9),
    plain("s/2", "small", 7),
  ];
  const open = () =>
    new TraceSession(openRecords(memorySource("/data/uids.jsonl", new TextEncoder().encode(lines.join("\n")))), {
      pause,
      loadAnalyst,
      openPeer: () => fail("not-found", "no"),
    });
  const settled = async (key: PairRequest["key"]): Promise<PairPage> => aligned(open(), { key });

  it("pairs equal values, and names what did not join", async () => {
    const page = await settled("field:uid");
    expect(page.pairs.map(({ teacher, student }) => [teacher.record, student.record])).toEqual([
      [0, 5],
      [1, 3],
    ]);
    expect(page).toMatchObject({ key: "field:uid", unpairedTeacher: 1, unpairedStudent: 1 });
    expect(page.alone).toMatchObject({ teacher: [{ id: "t/2", line: 3 }], student: [{ id: "s/1", line: 5 }] });
    expect(page.fields).toContain("uid");
  });

  it("a field that no record has joins nothing", async () => {
    expect(await settled("field:toString")).toMatchObject({ total: 0, unpairedTeacher: 3, unpairedStudent: 3 });
  });

  it("the key that is asked for is used, whatever else would join more", async () => {
    expect(await settled("id")).toMatchObject({ key: "id", total: 0 });
    expect(await settled("auto")).toMatchObject({ key: "index" });
  });
});

describe("pairs of a session", () => {
  it("name models in the order of the file, however many traces they have", async () => {
    const info = await (await opened()).info();
    expect(info.models.map((model) => model.name)).toEqual(["large", "small"]);
  });

  it("give figures of both sides", async () => {
    const { pairs } = await (await opened()).pairs(request);
    expect(pairs).toHaveLength(10);
    expect(pairs[0]).toMatchObject({ teacherVerdict: "correct", studentVerdict: "correct", agree: true });
    expect(pairs[0]?.teacherTokens).toBeGreaterThan(pairs[0]?.studentTokens ?? 0);
    expect(pairs[0]?.teacherUnits).toBeGreaterThan(0);
    expect(pairs[0]?.divergence).toBeUndefined();
  });

  it("are aligned when the query or the caller asks for what alignment tells", async () => {
    const session = await opened();
    const all = await aligned(session, { align: true });
    expect(all.aligned).toBe(10);
    for (const { divergence } of all.pairs) {
      expect(divergence).toBeGreaterThanOrEqual(0);
      expect(divergence).toBeLessThanOrEqual(1);
    }
    const some = await aligned(session, { query: "divergence:>=0%" });
    expect(some.matching).toBe(10);
    expect((await aligned(session, { query: "divergence:>100" })).matching).toBe(0);
  });

  it("are filtered by correctness, agreement and ratio", async () => {
    const session = await opened();
    const ids = async (query: string) => (await session.pairs({ ...request, query })).pairs.map((pair) => pair.id);
    expect(await ids("agree:false")).toEqual(["g13"]);
    expect(await ids("teacher:correct student:wrong")).toEqual(["g13"]);
    expect(await ids("ratio:>1")).toEqual([]);
    expect(await ids("ratio:<0.95")).toHaveLength(10);
  });

  it("are all listed before anything is analysed, with estimates", async () => {
    const session = new TraceSession(openRecords(memorySource("/data/gardens.jsonl", new TextEncoder().encode(file()))), {
      pause,
      loadAnalyst,
      openPeer: () => fail("not-found", "no"),
    });
    await session.setBackground(false);
    const page = await session.pairs(request);
    expect(page).toMatchObject({ total: 10, matching: 10, unpairedStudent: 1, joined: true, complete: false });
    await session.setBackground(true);
    const known = await aligned(session, {});
    for (const [at, { teacherEstimate }] of page.pairs.entries()) {
      const tokens = known.pairs[at]?.teacherTokens ?? 0;
      expect(Math.abs((teacherEstimate ?? 0) - tokens) / tokens).toBeLessThan(0.25);
    }
    expect(known.pairs.every((pair) => pair.teacherEstimate === undefined && pair.studentEstimate === undefined)).toBe(true);
  });

  it("come in pages", async () => {
    const page = await (await opened()).pairs({ ...request, start: 8, count: 5 });
    expect(page.pairs.map((pair) => pair.id)).toEqual(["g19", "g20"]);
    expect(page.matching).toBe(10);
  });
});

describe("the summary of pairs", () => {
  it("counts transitions and gives paired differences", async () => {
    const summary = await (await opened()).pairSummary(request);
    expect(summary).toMatchObject({ matching: 10, analysed: 10, answered: 10, agreeing: 9, complete: true });
    expect(summary.transitions).toMatchObject({ "right→right": 9, "right→wrong": 1, "wrong→right": 0 });
    expect(summary.mcnemar).toBe(1);
    const { tokens } = summary;
    expect(tokens?.delta.mean).toBeLessThan(0);
    expect(tokens?.delta.mean).toBeCloseTo((tokens?.student ?? 0) - (tokens?.teacher ?? 0), 6);
    expect(tokens?.delta.low).toBeLessThanOrEqual(tokens?.delta.mean ?? 0);
    expect(tokens?.delta.high).toBeGreaterThanOrEqual(tokens?.delta.mean ?? 0);
  });

  it("follows the query, and says nothing of no pairs", async () => {
    const session = await opened();
    expect((await session.pairSummary({ ...request, query: "agree:false" })).analysed).toBe(1);
    const none = await session.pairSummary({ ...request, query: "id:nothing" });
    expect(none).toMatchObject({ matching: 0, analysed: 0, answered: 0 });
    expect(none.tokens).toBeUndefined();
    expect(none.mcnemar).toBeUndefined();
  });
});

describe("the export of pairs", () => {
  it("gives every pair once, with its alignment, the same as comparing them one by one", async () => {
    const session = await opened();
    const lines: string[] = [];
    for (let start: number | undefined = 0; start !== undefined; ) {
      const page: { lines: readonly string[]; next?: number } = await session.pairLines(request, start);
      lines.push(...page.lines);
      start = page.next;
    }
    const values = lines.map((text): { teacher: { id: string }; steps: unknown[] } => JSON.parse(text));
    expect(values.map((value) => value.teacher.id)).toEqual(Array.from({ length: 10 }, (_, i) => `g${i + 11}`));
    const { diff } = await session.compare({ file: 0, record: 0, rollout: 0 }, { file: 0, record: 10, rollout: 0 });
    expect(values[0]?.steps).toHaveLength(diff.steps.length);
  });

  it("is empty where nothing matches", async () => {
    expect(await (await opened()).pairLines({ ...request, query: "id:nothing" }, 0)).toEqual({ lines: [], total: 0 });
  });
});

describe("a person's corrections", () => {
  const pair = [
    { file: 0, record: 0, rollout: 0 },
    { file: 0, record: 10, rollout: 0 },
  ] as const;

  it("break a match and align around a pinned one", async () => {
    const session = await opened();
    const plain = (await session.compare(...pair)).diff;
    const matched = plain.steps.find((row) => row.teacher !== undefined && row.student !== undefined);
    const [t, s] = [matched?.teacher ?? -1, matched?.student ?? -1];
    const broken = (await session.compare(...pair, { pinned: [], broken: [[t, s]] })).diff;
    expect(broken.steps.some((row) => row.teacher === t && row.student === s)).toBe(false);
    const pinned = (await session.compare(...pair, { pinned: [[t + 1, s]], broken: [] })).diff;
    expect(pinned.steps.some((row) => row.teacher === t + 1 && row.student === s)).toBe(true);
  });
});
