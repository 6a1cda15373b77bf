import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Comparison, PairPage, PairRequest, PairRow } from "../../src/protocol/engine";
import { PairCache } from "../../webview/compare/pairCache";
import { PairLoader } from "../../webview/compare/pairLoader";
import { chosenRows, extendTo, noSelection, pairKey, toggleAll, toggleRow } from "../../webview/compare/pairSelection";

const row = (record: number): PairRow => ({
  teacher: { file: 0, record, rollout: 0 },
  student: { file: 0, record, rollout: 1 },
  id: `p${record}`,
  question: "",
});
const rows = Array.from({ length: 9 }, (_, record) => row(record));
const ids = (chosen: readonly PairRow[]): string[] => chosen.map(({ id }) => id);

describe("pairs chosen together", () => {
  it("are toggled one by one, extended with shift from the last one, and kept in the list's order", () => {
    const one = toggleRow(noSelection, rows, 4);
    expect(ids(chosenRows(toggleRow(one, rows, 1), rows))).toEqual(["p1", "p4"]);
    expect(ids(chosenRows(extendTo(one, rows, 6), rows))).toEqual(["p4", "p5", "p6"]);
    expect(ids(chosenRows(extendTo(extendTo(one, rows, 6), rows, 2), rows))).toEqual(["p2", "p3", "p4"]);
    expect(ids(chosenRows(toggleRow(one, rows, 4), rows))).toEqual([]);
  });

  it("are all or none with one click, and survive another order", () => {
    const all = toggleAll(noSelection, rows);
    expect(all.keys.size).toBe(rows.length);
    expect(toggleAll(all, rows)).toEqual(noSelection);
    expect(ids(chosenRows(toggleRow(noSelection, rows, 2), [...rows].reverse()))).toEqual(["p2"]);
  });

  it("never hold what the list does not", () => {
    const acts = fc.array(fc.tuple(fc.constantFrom("toggle", "extend"), fc.integer({ min: -2, max: 12 })));
    fc.assert(
      fc.property(acts, (changes) => {
        let selection = noSelection;
        for (const [act, index] of changes) selection = (act === "toggle" ? toggleRow : extendTo)(selection, rows, index);
        const known = new Set(rows.map(pairKey));
        expect([...selection.keys].every((key) => known.has(key))).toBe(true);
        expect(chosenRows(selection, rows)).toHaveLength(selection.keys.size);
      }),
    );
  });
});

describe("the list of pairs", () => {
  const page = (change: Partial<PairPage>): PairPage => ({
    pairs: rows,
    matching: rows.length,
    total: rows.length,
    unpairedTeacher: 0,
    unpairedStudent: 0,
    alone: { teacher: [], student: [] },
    fields: [],
    key: "id",
    joined: true,
    aligned: 0,
    complete: true,
    ...change,
  });
  const sides = { teacher: { file: 0 }, student: { file: 0 } };

  it("asks for the figures of what is on screen before the others", async () => {
    const asked: PairRequest[] = [];
    const host = {
      pairs: async (request: PairRequest) => {
        asked.push(request);
        return page({});
      },
    };
    const loader = new PairLoader(() => undefined);
    await loader.load(host, { sides, query: "", align: false });
    loader.prefer(host, [row(3), { ...row(4), teacherTokens: 5 }, { ...row(5), teacherTokens: 5, studentTokens: 6 }]);
    expect(asked.at(-1)).toMatchObject({ count: 0, first: [row(3).teacher, row(3).student, row(4).student] });
    loader.prefer(host, [{ ...row(5), teacherTokens: 5, studentTokens: 6 }]);
    expect(asked).toHaveLength(2);
  });

  it("shows the first page while records are read, and all pages after", async () => {
    let joined = false;
    const host = {
      pairs: async ({ start = 0 }: PairRequest) =>
        page({ joined, matching: 20, total: 20, pairs: start === 0 ? rows : start === 9 ? rows : rows.slice(0, 2) }),
    };
    const loader = new PairLoader(() => undefined);
    await loader.load(host, { sides, query: "", align: false });
    expect(loader.page?.pairs).toHaveLength(9);
    joined = true;
    await loader.load(host, { sides, query: "", align: false });
    expect(loader.page?.pairs).toHaveLength(20);
    loader.dispose();
  });
});

describe("pairs aligned ahead", () => {
  it("are aligned once, and tried again after a failure", async () => {
    let asked = 0;
    const cache = new PairCache(async () => {
      asked += 1;
      if (asked === 1) throw new Error("not yet");
      return {} as Comparison;
    });
    await expect(cache.get(row(1))).rejects.toThrow("not yet");
    await cache.get(row(1));
    await cache.get(row(1));
    expect(asked).toBe(2);
    for (const record of [2, 3, 4, 5]) await cache.get(row(record));
    await cache.get(row(1));
    expect(asked).toBe(7);
  });
});
