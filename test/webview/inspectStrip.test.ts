import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutStrip, stepTokenStarts } from "../../webview/strip/layout";
import { makeAnalysis } from "./inspectFixture";

const words = (tokens: number): string => "w ".repeat(tokens);

describe("layout of the strip", () => {
  it("gives every step its share of the width, and the response the rest", () => {
    const { analysis } = makeAnalysis([
      { words: words(30), unit: 0 },
      { words: words(60), unit: 1, function: "doubt" },
    ]);
    const layout = layoutStrip({ ...analysis, responseTokens: 10 }, 1000);
    expect(layout.segments.map(({ left, width }) => [left, width])).toEqual([
      [0, 300],
      [300, 600],
    ]);
    expect(layout.segments[1]).toMatchObject({ control: true, letter: "?", thin: false });
    expect(layout.response).toEqual({ left: 903, width: 97 });
    expect(layout.axis.at(-1)).toEqual({ left: 1000, text: "100 tok", end: true });
  });

  it("drops letters under 10 pixels, gaps under 6, and merges neighbours under 2", () => {
    const { analysis } = makeAnalysis([9, 5, 1, 1, 984].map((tokens) => ({ words: words(tokens), unit: 0 })));
    const layout = layoutStrip(analysis, 1000);
    expect(layout.segments.map(({ width, letter, thin }) => [width, letter, thin])).toEqual([
      [9, "", false],
      [5, "", true],
      [2, "", true],
      [984, "D", false],
    ]);
  });

  it("merged steps cover all steps once, in order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 50, max: 900 }),
        (sizes, width) => {
          const { analysis } = makeAnalysis(sizes.map((tokens) => ({ words: words(tokens), unit: 0 })));
          const { segments } = layoutStrip(analysis, width);
          expect(segments[0]?.firstStep).toBe(0);
          expect(segments.at(-1)?.endStep).toBe(sizes.length);
          for (let index = 1; index < segments.length; index += 1) expect(segments[index]?.firstStep).toBe(segments[index - 1]?.endStep);
          const drawn = segments.reduce((sum, segment) => sum + segment.width, 0);
          expect(drawn).toBeCloseTo(width, 3);
          expect(segments.length).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  it("writes a unit's role only where the hatch stays visible beside it", () => {
    const sized = (tokens: number, redundant: boolean) =>
      layoutStrip(makeAnalysis([{ words: words(tokens), unit: 0, redundant }]).analysis, tokens, { response: false }).units[0]?.label;
    expect(sized(60, false)).toBe("role");
    expect(sized(60, true)).toBe("number");
    expect(sized(13, false)).toBe("none");
  });

  it("lays out part of a trace when zoomed in", () => {
    const { analysis } = makeAnalysis(Array.from({ length: 100 }, () => ({ words: words(10), unit: 0 })));
    const layout = layoutStrip(analysis, 500, { fromToken: 500, toToken: 600 });
    expect(layout.pixelsPerToken).toBe(5);
    expect(layout.segments.every(({ left, width }) => left + width >= 0 && left <= 500)).toBe(true);
    expect(layout.segments.length).toBeLessThan(14);
  });

  it("draws an empty trace as an empty strip", () => {
    const { analysis } = makeAnalysis([]);
    expect(layoutStrip(analysis, 700)).toMatchObject({ segments: [], units: [], ticks: [], axis: [] });
    expect([...stepTokenStarts(analysis)]).toEqual([0]);
  });
});
