import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { following, zoomed } from "../../webview/strip/zoom";

describe("zoom of the strip", () => {
  const cases = fc.record({
    total: fc.integer({ min: 100, max: 100_000 }),
    factor: fc.double({ min: 0.1, max: 10, noNaN: true }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  it("stays inside the trace, and the whole trace is no zoom", () => {
    fc.assert(
      fc.property(cases, ({ total, factor, share }) => {
        const shown = zoomed({ from: 0, to: total }, total, factor, total * share);
        if (factor <= 1) expect(shown).toBeUndefined();
        if (!shown) return;
        expect(shown.from).toBeGreaterThanOrEqual(0);
        expect(shown.to).toBeLessThanOrEqual(total + 1e-6);
        expect(shown.to - shown.from).toBeGreaterThanOrEqual(39.999);
      }),
    );
  });

  it("follows the reading column only when it leaves the part shown", () => {
    const shown = { from: 100, to: 200 };
    expect(following(shown, 1000, { from: 120, to: 150 })).toBe(shown);
    expect(following(shown, 1000, { from: 400, to: 420 })).toEqual({ from: 360, to: 460 });
    expect(following(shown, 1000, { from: 990, to: 999 })).toEqual({ from: 900, to: 1000 });
  });
});
