import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type RunningEngine, Session, type StartEngine } from "../../src/editor/session";
import { lingerMs, Sessions } from "../../src/editor/sessions";
import { maximum, ViewStates } from "../../src/editor/viewStates";
import type { Engine, EngineEvents, FileInfo } from "../../src/protocol/engine";
import type { EngineOptions } from "../../src/protocol/engineOptions";
import type { ViewState } from "../../src/protocol/host";

const info: FileInfo = {
  name: "a.jsonl",
  bytes: 1,
  bytesIndexed: 1,
  indexed: true,
  container: "jsonl",
  importer: "flat",
  importerTitle: "flat",
  confidence: 1,
  records: 1,
  traces: 1,
  hasTraces: true,
  malformed: 0,
  problems: [],
  analysed: 0,
  models: [],
  notices: [],
  tokenCounter: "characters / 3.7 (estimate)",
};

/** Engines that record what was asked of them. */
function fakeEngines() {
  const started: { disposed: boolean; options: EngineOptions; peers: string[]; events: EngineEvents; die: () => void }[] = [];
  const start: StartEngine = (_path, options, events, died) => {
    const one = { disposed: false, options, peers: [] as string[], events, die: () => died({ code: "worker-exit", message: "it ended" }) };
    started.push(one);
    const refuse = () => Promise.reject(new Error("not used"));
    const engine: Engine = {
      info: async () => info,
      openPeer: async (path) => {
        one.peers.push(path);
        return { file: one.peers.length, info };
      },
      view: refuse,
      viewInfo: refuse,
      rows: refuse,
      locate: refuse,
      document: refuse,
      recordText: refuse,
      pairs: refuse,
      pairSummary: refuse,
      pairLines: refuse,
      pairPatch: refuse,
      pairPage: refuse,
      compare: refuse,
      complete: refuse,
      setBackground: refuse,
    };
    const running: RunningEngine = {
      engine,
      withSignal: () => engine,
      dispose: () => {
        one.disposed = true;
      },
    };
    return running;
  };
  return { started, start };
}

describe("sessions", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("share one engine among tabs and end it a while after the last tab", async () => {
    const { started, start } = fakeEngines();
    const sessions = new Sessions(async (uri) => new Session(uri, uri, start));
    const one = await sessions.acquire("file:///a");
    const two = await sessions.acquire("file:///a");
    expect(two.session).toBe(one.session);
    expect(started).toHaveLength(1);
    one.release();
    one.release();
    await vi.advanceTimersByTimeAsync(lingerMs * 2);
    expect(started[0]?.disposed).toBe(false);
    two.release();
    await vi.advanceTimersByTimeAsync(lingerMs - 1);
    expect(started[0]?.disposed).toBe(false);
    await vi.advanceTimersByTimeAsync(2);
    expect(started[0]?.disposed).toBe(true);
  });

  it("keep the engine of a tab that moves", async () => {
    const { started, start } = fakeEngines();
    const rests: boolean[] = [];
    const sessions = new Sessions(
      async (uri) => new Session(uri, uri, start),
      (_, resting) => void rests.push(resting),
    );
    (await sessions.acquire("file:///a")).release();
    await vi.advanceTimersByTimeAsync(lingerMs / 2);
    await sessions.acquire("file:///a");
    await vi.advanceTimersByTimeAsync(lingerMs * 2);
    expect(started).toHaveLength(1);
    expect(started[0]?.disposed).toBe(false);
    expect(rests).toEqual([true, false]);
  });

  it("try again after a file could not be opened", async () => {
    const { start } = fakeEngines();
    const open = vi
      .fn<(uri: string) => Promise<Session>>()
      .mockRejectedValueOnce(new Error("no such file"))
      .mockImplementation(async (uri) => new Session(uri, uri, start));
    const sessions = new Sessions(open);
    await expect(sessions.acquire("file:///a")).rejects.toThrow("no such file");
    await expect(sessions.acquire("file:///a")).resolves.toBeDefined();
  });
});

describe("a session", () => {
  it("starts a dead engine again, with its second files in the same order, and says so", async () => {
    const { started, start } = fakeEngines();
    const session = new Session("file:///a", "/a", start);
    const problems: (string | undefined)[] = [];
    session.listen({ progress: () => undefined, analysed: () => undefined, problem: (message) => problems.push(message) });
    await session.openPeer("/b");
    await session.openPeer("/c");
    started[0]?.die();
    await vi.waitFor(() => expect(started[1]?.peers).toEqual(["/b", "/c"]));
    expect(problems).toEqual([expect.stringContaining("was started again")]);
    expect(session.pathOf(0)).toBe("/a");
    expect(session.pathOf(2)).toBe("/c");
    expect(session.pathOf(3)).toBeUndefined();
  });

  it("asks the next engine when the first is replaced during a request", async () => {
    const { start } = fakeEngines();
    const session = new Session("file:///a", "/a", start);
    let asked = 0;
    const answer = session.ask(async () => {
      asked++;
      if (asked > 1) return asked;
      session.restart();
      throw new Error("The connection was closed");
    });
    await expect(answer).resolves.toBe(2);
    await expect(session.ask(() => Promise.reject(new Error("no such record")))).rejects.toThrow("no such record");
  });

  it("starts over when the settings ask for another analysis, and only then", () => {
    const { started, start } = fakeEngines();
    let options: EngineOptions = {};
    const session = new Session("file:///a", "/a", start, () => options);
    session.checkOptions();
    expect(started).toHaveLength(1);
    options = { rulesOff: [] };
    session.checkOptions();
    session.checkOptions();
    expect(started.map((one) => [one.disposed, one.options])).toEqual([
      [true, {}],
      [false, { rulesOff: [] }],
    ]);
  });

  it("gives up after three deaths in a minute", () => {
    const { started, start } = fakeEngines();
    const session = new Session(
      "file:///a",
      "/a",
      start,
      () => ({}),
      () => 1_000,
    );
    const problems: (string | undefined)[] = [];
    session.listen({ progress: () => undefined, analysed: () => undefined, problem: (message) => problems.push(message) });
    for (const index of [0, 1, 2]) started[index]?.die();
    expect(started).toHaveLength(3);
    expect(problems.at(-1)).toContain("was not started again");
    expect(session.standingProblem).toBe(problems.at(-1));
  });

  it("starts again on the file that takes a deleted one's place", () => {
    const { started, start } = fakeEngines();
    const session = new Session("file:///a", "/a", start);
    const problems: (string | undefined)[] = [];
    session.listen({ progress: () => undefined, analysed: () => undefined, problem: (message) => problems.push(message) });
    session.setGone(true, "a.jsonl");
    session.setGone(true, "a.jsonl");
    session.setGone(false, "a.jsonl");
    expect(problems).toEqual([expect.stringContaining("a.jsonl was deleted"), undefined]);
    expect(session.standingProblem).toBeUndefined();
    session.setGone(true, "a.jsonl");
    expect(session.standingProblem).toContain("a.jsonl was deleted");
    expect(started).toHaveLength(2);
    expect(started[0]?.disposed).toBe(true);
  });
});

describe("view states", () => {
  const state: ViewState = {
    view: "inspect",
    query: "",
    matchCase: false,
    regex: false,
    sort: { key: "file", descending: false },
    raw: false,
    foldRedundant: false,
    foldedUnits: [],
  };
  const storage = (initial?: unknown) => {
    const values = new Map<string, unknown>([["viewStates", initial]]);
    return { get: (key: string) => values.get(key), update: async (key: string, value: unknown) => void values.set(key, value) };
  };

  it("forget the files that were left longest ago", async () => {
    const states = new ViewStates(storage());
    for (let index = 0; index < maximum + 5; index++) await states.set(`file:///${index}`, { ...state, query: `${index}` });
    expect(states.get("file:///4")).toBeUndefined();
    expect(states.get("file:///5")?.query).toBe("5");
    await states.set("file:///5", state);
    await states.set("file:///new", state);
    expect(states.get("file:///5")).toBeDefined();
    expect(states.get("file:///6")).toBeUndefined();
  });

  it("ignore what another version wrote", () => {
    expect(new ViewStates(storage("nonsense")).get("file:///a")).toBeUndefined();
    expect(new ViewStates(storage([1, ["file:///a"], ["file:///a", null]])).get("file:///a")).toBeUndefined();
  });
});
