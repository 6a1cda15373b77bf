import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainMaths } from "../../webview/text/plainMaths";

describe("maths as plain characters", () => {
  it.each([
    ["If $a + b = 7$ and $ab = 12$, find $a^2 + b^2$.", "If a + b = 7 and ab = 12, find a² + b²."],
    ["rope at $3 per metre. Mia has $60 and $A = xy$.", "rope at $3 per metre. Mia has $60 and A = xy."],
    ["Find \\(\\frac{1}{x+1}\\) of \\[\\sqrt{2}\\]", "Find 1/(x+1) of √2"],
    ["Let $x_1 \\le x_{10}$, $\\angle ABC = 90^\\circ$", "Let x₁ ≤ x₁₀, ∠ ABC = 90°"],
    ["$\\left\\{ \\frac{\\sqrt{3}}{2}, e^{i\\pi} \\right\\}$", "{ √3/2, e^(iπ) }"],
    ["$p = \\sum_{k=1}^{\\infty} \\frac{1}{k^{10x}}$", "p = ∑_(k=1)^∞ 1/(k^10x)"],
    ["C:\\new\\path and \\alpha outside", "C:\\new\\path and \\alpha outside"],
    ["\\begin{align} a &= b \\\\ c &= d \\end{align}", "a = b c = d"],
  ])("%s", (source, shown) => expect(plainMaths(source)).toBe(shown));

  it("never throws, and leaves text without maths as it is", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."$\\{}()[]^_ab1 ".split("")), maxLength: 500 }),
        (text) => typeof plainMaths(text) === "string",
      ),
    );
    fc.assert(
      fc.property(
        fc.string({ maxLength: 300 }).map((text) => text.replace(/[$\\]/g, "")),
        (text) => plainMaths(text) === text,
      ),
    );
  });
});
