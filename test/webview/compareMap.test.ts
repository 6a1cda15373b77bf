import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMatched } from "../../webview/compare/compareRows";
import { layoutMap, segmentAt } from "../../webview/compare/mapLayout";
import { layoutRibbons } from "../../webview/compare/ribbons";
import { alignedOf, unitRows } from "./compareFixture";

describe("ribbons", () => {
  it("join like with like, steps inside their units", () => {
    fc.assert(
      fc.property(unitRows, (rows) => {
        const aligned = alignedOf(rows);
        const map = layoutRibbons(aligned, 2, 40, 46, 46);
        const steps = aligned.diff.steps.filter(isMatched).length;
        expect(map.steps).toHaveLength(steps);
        const edges = (path: string): number[] => path.match(/-?[\d.]+/g)?.map(Number) ?? [];
        for (const ribbon of map.steps) {
          const unit = map.units.find((one) => one.row === ribbon.unitRow);
          expect(unit).toBeDefined();
          expect(edges(ribbon.path)[0]).toBeGreaterThanOrEqual(edges(unit?.path ?? "")[0] ?? Number.NaN);
        }
      }),
    );
  });
});

describe("the map", () => {
  const long = alignedOf(Array.from({ length: 60 }, (_, index) => (index % 5 === 0 ? "ttttt" : "ccsbt")));

  it("paints thin bars where there are many, and shows every bar once", () => {
    for (const width of [300, 700, 20_000]) {
      const map = layoutMap(long, width, false);
      for (const { layout, drawn, painted } of [map.teacher, map.student]) {
        expect([...drawn, ...painted].sort((a, b) => a.firstStep - b.firstStep)).toEqual(layout.segments);
        expect(painted.every(({ thin }) => thin)).toBe(true);
      }
      expect(map.teacher.painted.length > 0).toBe(width === 700);
    }
  });

  it("draws the bands of all steps as one path for each hue", () => {
    const map = layoutMap(long, 1200, false);
    expect([...map.stepBands.values()].join("")).toBe(map.ribbons.steps.map(({ path }) => path).join(""));
    expect(map.stepBands.size).toBe(1);
  });

  it("finds the bar under a place", () => {
    const { teacher } = layoutMap(long, 700, false);
    for (const segment of teacher.layout.segments) expect(segmentAt(teacher, segment.left + segment.width / 2)).toBe(segment);
    expect(segmentAt(teacher, 10_000)).toBeUndefined();
  });
});
