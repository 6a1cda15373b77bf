import fc from "fast-check";
import { expect, it } from "vitest";
import { columnsThatFit } from "../../webview/trace/factGrid";

it("keeps one line while it fits, then takes lines as even as possible", () => {
  const widths = new Array<number>(9).fill(100);
  expect(columnsThatFit(widths, 900)).toBe(9);
  expect(columnsThatFit(widths, 899)).toBe(5);
  expect(columnsThatFit(widths, 499)).toBe(3);
  expect(columnsThatFit(widths, 50)).toBe(1);
});

it("counts a column by its widest cell", () => {
  expect(columnsThatFit([100, 20, 20, 100], 199)).toBe(1);
  expect(columnsThatFit([100, 20, 100, 20], 120)).toBe(2);
});

it("gives columns that fit, or one", () => {
  const widths = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(widths, fc.integer({ min: 1, max: 1500 }), (cells, room) => {
      const columns = columnsThatFit(cells, room);
      const widest = Array.from({ length: columns }, (_, column) => Math.max(0, ...cells.filter((_, index) => index % columns === column)));
      const needed = widest.reduce((sum, width) => sum + width, 0);
      expect(columns).toBeLessThanOrEqual(cells.length);
      expect(columns === 1 || needed <= room).toBe(true);
    }),
  );
});
