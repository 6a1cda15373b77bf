import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { compressionRatio } from "../../../src/core/measure/compression";

const prose =
  "A shop sells pens and paper. On Monday it takes in twice as much as on Tuesday, while the takings of Wednesday are those of both days less forty. " +
  "Suppose the owner writes x for what Tuesday brings. Then Monday brings 2x, Wednesday 3x - 40, and the three days together make 6x - 40 dollars. " +
  "Since the bank statement says 260, the equation 6x - 40 = 260 follows, hence x = 50. Checking the days one after another: 50, 100, 110. Their sum is " +
  "260, which agrees with the statement. A second customer asks how many pens were sold, given a price of 3 dollars each and a quarter of all income from " +
  "paper. Three quarters of 260 are 195, and dividing by 3 leaves 65 pens. Nobody asked about envelopes, although the shop keeps some behind the counter; " +
  "their price changes with the season, so that no figure for the whole year can be named without looking into the books, which an accountant keeps upstairs. ";

const real = (text: string): number => text.length / deflateRawSync(Buffer.from(text)).length;

describe("compression ratio", () => {
  it("stays below Whisper's 2.4 for prose and near the ratio of deflate", () => {
    const window = prose.slice(0, 1024);
    expect(compressionRatio(window)).toBeLessThan(2.4);
    expect(Math.abs(compressionRatio(window) - real(window))).toBeLessThan(0.5);
  });

  it("rises far above it in a loop, also when only a part of the text loops", () => {
    const loop = "But perhaps I can consider that n is even. ".repeat(60);
    expect(compressionRatio(loop)).toBeGreaterThan(5);
    expect(compressionRatio(prose + loop + prose)).toBeGreaterThan(5);
  });

  it("says nothing of a short text", () => {
    expect(compressionRatio("")).toBe(1);
    expect(compressionRatio("no no no no")).toBe(1);
  });
});
