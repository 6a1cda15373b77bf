import { expect } from "vitest";
import { memorySource } from "../../src/core/bytes/byteSource";
import { TraceSession } from "../../src/core/session";
import { isTraceDocument, type PlainDocument, type TraceDocument } from "../../src/core/session/types";
import { openRecordsOf } from "../../src/platform/openFile";
import { pause } from "../../src/platform/pause";
import { loadAnalyst } from "../support/analyst";

/** Records of a file that are looked at one by one. */
const looked = 12;
const sides = { teacher: { file: 0 }, student: { file: 0, rollout: 0 }, key: "auto", query: "" } as const;

/** Opens any bytes as a file of traces and asks everything of it that an editor asks. Fails when something throws, hangs or does not add up. */
export async function survive(bytes: Uint8Array): Promise<void> {
  const records = openRecordsOf(memorySource("fuzz.jsonl", bytes));
  if (!records.ok) {
    expect(records.error.message).not.toBe("");
    return;
  }
  const session = new TraceSession(records.value, {
    pause,
    loadAnalyst,
    openPeer: () => ({ ok: false, error: { code: "not-found", message: "" } }),
  });
  try {
    const { id } = await session.view({ query: "", matchCase: false, regex: false, sort: { key: "tokens", descending: true } });
    await session.rows(id, 0, 1);
    const info = await settled(session, id);
    expect(info.malformed).toBeLessThanOrEqual(info.records);
    expect(info.problems.length).toBe(Math.min(100, info.malformed));
    const rows = await session.rows(id, 0, 500);
    expect(rows.length).toBe(Math.min(500, (await session.viewInfo(id)).rows));
    for (const { record, rollout } of rows.slice(0, looked)) {
      const ref = { file: 0, record, rollout };
      expectWhole(await session.document(ref));
      expect((await session.recordText(ref, 100)).text.length).toBeLessThanOrEqual(100);
      await session.compare(ref, ref).catch((error: unknown) => expect(error).toMatchObject({ code: "not-a-trace" }));
    }
    await session.complete("", 0, id);
    await session.pairs(sides);
  } finally {
    session.close();
  }
}

/** What is known of the file once a view of it is complete. */
async function settled(session: TraceSession, view: number) {
  for (let turn = 0; turn < 20_000; turn++) {
    const info = await session.info();
    if (info.indexed && (!info.hasTraces || info.analysed >= info.records) && (await session.viewInfo(view)).complete) return info;
    await pause();
  }
  throw new Error("The session does not come to rest");
}

/** Parts, steps and units tile the text. */
function expectWhole(document: TraceDocument | PlainDocument): void {
  if (!isTraceDocument(document)) return;
  const { trace, analysis } = document;
  for (const spans of [trace.parts, analysis.steps]) {
    let at = 0;
    for (const { start, end } of spans) {
      expect(start).toBe(at);
      expect(end).toBeGreaterThanOrEqual(start);
      at = end;
    }
    if (spans.length > 0) expect(at).toBe(trace.text.length);
  }
  for (const { start, end } of analysis.flags) expect(0 <= start && start <= end && end <= trace.text.length).toBe(true);
}
