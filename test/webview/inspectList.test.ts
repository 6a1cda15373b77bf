import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Row, SortKey } from "../../src/protocol/engine";
import type { ColumnChoice } from "../../src/protocol/host";
import { columnsFor, tracksOf } from "../../webview/list/columns";
import { barHeight, barToList, isScaled, listToBar, revealRow, tallest, visibleRows } from "../../webview/list/scaledScroll";
import { ListModel } from "../../webview/state/listModel";
import { RowCache } from "../../webview/state/rowCache";
import type { Shell } from "../../webview/state/shell";

const extent = (rows: number) => ({ rows, rowHeight: 24, viewport: 720 });

describe("scrolling a list of any length", () => {
  it("is exact below the browser's limit and proportional above it", () => {
    expect(isScaled(extent(1000))).toBe(false);
    expect(barToList(480, extent(1000))).toBe(480);
    expect(isScaled(extent(10_000_000))).toBe(true);
    expect(barHeight(extent(10_000_000))).toBe(tallest);
  });

  it("reaches the first and the last row at the ends of the bar", () => {
    const long = extent(10_000_000);
    expect(visibleRows(barToList(0, long), long, 0).first).toBe(0);
    expect(visibleRows(barToList(tallest - 720, long), long, 0).end).toBe(10_000_000);
  });

  it("goes from bar to list and back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 20_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (rows, share) => {
        const bar = share * (barHeight(extent(rows)) - 720);
        expect(listToBar(barToList(bar, extent(rows)), extent(rows))).toBeCloseTo(bar, 3);
      }),
    );
  });

  it("brings a row on screen with the least movement", () => {
    expect(revealRow(2, 480, extent(100))).toBe(48);
    expect(revealRow(25, 480, extent(100))).toBe(480);
    expect(revealRow(60, 480, extent(100))).toBe(61 * 24 - 720);
  });
});

describe("columns", () => {
  it("go in the order flags, units, model, id; question and numbers stay", () => {
    const names = (width: number) => columnsFor(width).map((column) => column.key);
    expect(names(600)).toHaveLength(8);
    expect(names(500)).not.toContain("flags");
    expect(names(440)).not.toContain("units");
    expect(names(400)).not.toContain("model");
    expect(names(300)).toEqual(["verdict", "question", "tokens", "after"]);
  });
});

describe("columns that nothing fills", () => {
  it("are left out unless the reader chose them; the id takes the question's room", () => {
    const empty = new Set<SortKey>(["question", "model"]);
    const names = (choice?: readonly ColumnChoice[]) => columnsFor(600, choice, empty).map((column) => column.key);
    expect(names()).toEqual(["verdict", "id", "tokens", "units", "after", "flags"]);
    expect(names([{ key: "model", shown: true }])).toContain("model");
    expect(tracksOf(columnsFor(600, undefined, empty))).toBe("16px minmax(78px,1fr) 46px 32px 54px 90px");
    expect(tracksOf(columnsFor(600))).toContain("78px minmax(0,1fr)");
  });

  it("are known once a row came, and are shown from the first row that fills them", async () => {
    const rows = [
      { kind: "malformed", record: 0, question: "" },
      { kind: "trace", record: 1, question: "" },
      { kind: "trace", record: 2, question: "Why?", model: "m" },
    ];
    let asked = 0;
    const host = { view: async () => ({ id: 1, rows: 3 }), rows: async () => [rows[asked++]] };
    const shell = { host, state: { query: "", sort: { key: "file" } }, changed: () => undefined, report: async () => undefined };
    const list = new ListModel(shell as unknown as Shell, async () => undefined);
    await list.run();
    const seen: string[][] = [];
    for (const position of [0, 1, 2]) {
      await list.rowAt(position);
      seen.push([...list.empty]);
    }
    expect(seen).toEqual([[], ["question", "model"], []]);
  });
});

describe("row cache", () => {
  const row = (position: number): Row => ({
    row: position,
    record: position,
    rollout: 0,
    kind: "trace",
    line: position + 1,
    id: `r${position}`,
    question: "",
  });
  const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

  it("asks for each page once and again only when it went stale", async () => {
    const asked: number[] = [];
    const cache = new RowCache(
      async (start, count) => {
        asked.push(start);
        return Array.from({ length: count }, (_, index) => row(start + index));
      },
      () => {},
    );
    cache.want(90, 130);
    cache.want(90, 130);
    await wait();
    expect(asked).toEqual([0, 100]);
    expect(cache.row(105)?.id).toBe("r105");
    cache.stale(120, 120);
    cache.want(90, 130);
    expect(asked).toEqual([0, 100, 100]);
    expect(cache.row(105)?.id).toBe("r105");
    expect(cache.find(42, 0)).toBe(42);
  });

  it("ignores answers to questions that were dropped, and asks again after a failure", async () => {
    let fails = true;
    const cache = new RowCache(
      async () => {
        if (fails) throw new Error("gone");
        return [row(0)];
      },
      () => {},
    );
    cache.want(0, 1);
    await wait();
    expect(cache.row(0)).toBeUndefined();
    fails = false;
    cache.want(0, 1);
    cache.clear();
    await wait();
    expect(cache.row(0)).toBeUndefined();
    cache.want(0, 1);
    await wait();
    expect(cache.row(0)?.id).toBe("r0");
  });
});
