import { describe, expect, it } from "vitest";
import { loop } from "../../../src/core/flag/loop";
import { contextOf } from "./make";

const period = "Alternatively, perhaps I can consider that n is even, but that does not seem to help at all here.";

describe("loop", () => {
  it("gives period, count and span of a degenerate repetition, in one flag", () => {
    const steps = [["derive", "First, factor the sum."], ...Array.from({ length: 12 }, () => ["doubt", period] as const)] as const;
    const context = contextOf({ steps });
    const flags = loop.find(context);
    expect(flags).toHaveLength(1);
    const [flag] = flags;
    expect(flag?.evidence.count).toBe(12);
    expect(flag?.evidence.period).toBe(period.length + 2);
    expect(flag?.index).toBe(2);
    expect(flag?.evidence.words).toMatch(/^loop ×12 · 19 words, \d+ tokens$/);
    expect(context.text.slice(flag?.start, flag?.start === undefined ? 0 : flag.start + period.length)).toBe(period);
    expect(flag?.end).toBe(context.text.length - 1);
    expect([...context.looped]).toEqual([0, 0, ...Array.from({ length: 11 }, () => 1)]);
  });

  it("finds a loop inside one step, without sentence ends", () => {
    const context = contextOf({ steps: [["derive", `So we go on. ${"the answer is then ".repeat(40)}`]] });
    expect(loop.find(context)[0]?.evidence.count).toBe(40);
  });

  it("finds loops in Chinese", () => {
    const context = contextOf({ steps: [["derive", "也许可以考虑另一种方法来计算面积。".repeat(10)]] });
    expect(loop.find(context)[0]?.evidence.count).toBe(10);
  });

  it("does not call two copies a loop, nor a list of cases", () => {
    const cases = Array.from({ length: 20 }, (_, n) => `For n = ${n}, the value is ${n * n + 1}, not a multiple of ${n + 2}.`).join("\n");
    expect(
      loop.find(
        contextOf({
          steps: [
            ["doubt", `${period} ${period}`],
            ["derive", cases],
          ],
        }),
      ),
    ).toEqual([]);
  });

  it("keeps two loops apart", () => {
    const other = "Now the second circle touches the first one again in the same point.";
    const context = contextOf({
      steps: [
        ["doubt", `${period} `.repeat(5)],
        ["derive", "Something else happens here."],
        ["doubt", `${other} `.repeat(8)],
      ],
    });
    expect(loop.find(context).map((flag) => flag.evidence.count)).toEqual([5, 8]);
  });
});
