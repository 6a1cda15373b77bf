import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { equivalent } from "../../../src/core/answer/equivalent";

/** Pairs by kind: what people box, each equal in meaning. */
const equal: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  numbers: [
    ["42", "42.0"],
    ["1,234", "1234"],
    ["12 500", "12500"],
    ["3{,}600", "3600"],
    ["-7", "−7"],
    ["0.5", ".5"],
    ["2.5e3", "2500"],
    ["6.02 \\times 10^{23}", "6.02e23"],
    ["\\text{seven}", "7"],
    ["twenty-one", "21"],
    ["3 million", "3,000,000"],
    ["2^{10}", "1024"],
    ["5!", "120"],
    ["\\binom{6}{2}", "15"],
  ],
  fractions: [
    ["\\frac{3}{4}", "0.75"],
    ["\\dfrac34", "3/4"],
    ["\\frac{6}{8}", "\\tfrac{3}{4}"],
    ["3\\frac{1}{2}", "7/2"],
    ["1 1/2", "1.5"],
    ["-\\frac{1}{3}", "\\frac{-1}{3}"],
    ["½", "0.5"],
    ["\\frac{22}{7}", "3.142857"],
  ],
  percent: [
    ["25\\%", "25%"],
    ["25\\%", "0.25"],
    ["40 percent", "40"],
  ],
  money: [
    ["\\$18.50", "18.5"],
    ["$1,250", "1250 dollars"],
    ["£30", "30"],
    ["50 cents", "0.5 dollars"],
  ],
  units: [
    ["12\\text{ cm}", "12"],
    ["12\\text{ cm}^2", "12 square centimeters"],
    ["2 km", "2000 m"],
    ["45^\\circ", "45"],
    ["45^\\circ", "\\frac{\\pi}{4}"],
    ["30 degrees", "30°"],
    ["90 minutes", "1.5 hours"],
    ["7 apples", "7"],
    ["49 years old", "49"],
    ["200 feet", "200"],
  ],
  radicals: [
    ["\\sqrt{12}", "2\\sqrt{3}"],
    ["\\frac{1}{\\sqrt{2}}", "\\frac{\\sqrt 2}{2}"],
    ["√5", "\\sqrt5"],
    ["\\sqrt[3]{16}", "2\\sqrt[3]{2}"],
  ],
  constants: [
    ["\\frac{\\pi}{2}", "0.5\\pi"],
    ["2πr", "2 \\pi r"],
    ["e^{2}", "e \\cdot e"],
    ["\\ln 8", "3\\ln 2"],
    ["\\cos 60^\\circ", "\\frac12"],
  ],
  intervals: [
    ["[2, 5)", "2 \\le x < 5"],
    ["x > 3", "(3, \\infty)"],
    ["(-\\infty, 1) \\cup (1, \\infty)", "x \\ne 1"],
    ["x \\in [-1, 1]", "-1 \\leq x \\leq 1"],
    ["\\mathbb{R}", "(-\\infty, \\infty)"],
  ],
  sets: [
    ["\\{1, 2, 3\\}", "3, 2, 1"],
    ["x = 2 \\text{ or } x = 5", "5, 2"],
    ["(1,2), (3,4)", "(3,4) and (1,2)"],
    ["\\pm 4", "4, -4"],
    ["2 \\pm \\sqrt{3}", "2+\\sqrt3, 2-\\sqrt3"],
  ],
  tuples: [
    ["(1, -2)", "( 1 , -2 )"],
    ["(x, y) = (3, 4)", "(3,4)"],
    ["\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}", "\\begin{bmatrix} 1 \\\\ 2 \\end{bmatrix}"],
    ["\\begin{pmatrix} 1/2 & 0 \\\\ 0 & 2 \\end{pmatrix}", "\\begin{pmatrix} 0.5 & 0 \\\\ 0 & 2 \\end{pmatrix}"],
  ],
  polynomials: [
    ["(x+1)^2", "x^2 + 2x + 1"],
    ["3x - 6", "3(x - 2)"],
    ["\\frac{x^2-1}{x-1}", "x + 1"],
    ["2ab", "2ba"],
    ["\\sin^2 t", "1 - \\cos^2 t"],
  ],
  equations: [
    ["x = 5", "5"],
    ["y = 2x + 3", "2x - y + 3 = 0"],
    ["m = 3, n = 4", "n = 4, m = 3"],
    ["f(x) = x^2", "y = x^2"],
    ["a \\approx 12", "12"],
  ],
  "no answer": [
    ["cannot be determined", "There is not enough information."],
    ["\\text{cannot be determined}", "Impossible to determine"],
    ["无法确定", "undetermined"],
  ],
  choices: [
    ["(B)", "B"],
    ["\\text{(C)}", "C"],
    ["D. 25", "D"],
    ["选B", "B"],
    ["Option A", "(A)"],
    ["A, C", "C and A"],
    ["Yes", "yes, it does"],
  ],
  text: [
    ["\\text{Monday}", "monday"],
    ["the red ball", "Red ball."],
    ["odd", "\\text{odd}"],
  ],
  dates: [
    ["March 5, 2020", "2020-03-05"],
    ["5 March 2020", "March 5th, 2020"],
    ["3:30 pm", "15:30"],
    ["2021年4月7日", "2021-04-07"],
  ],
  chinese: [
    ["三十二", "32"],
    ["二分之一", "0.5"],
    ["百分之五", "5%"],
    ["一千零五", "1005"],
    ["负三", "-3"],
    ["12个", "12"],
  ],
  notations: [
    ["0.1\\overline{6}", "\\frac16"],
    ["\\{x \\mid x > 3\\}", "(3,\\infty)"],
    ["\\mathbb{R} \\setminus \\{1\\}", "(-\\infty,1)\\cup(1,\\infty)"],
    ["\\log_2 8", "3"],
    ["e^{i\\pi}", "-1"],
    ["\\tan^{-1}(1)", "\\frac{\\pi}{4}"],
    ["**42**", "42"],
    ["sqrt(2)/2", "\\frac{\\sqrt{2}}{2}"],
  ],
  "whole texts": [
    ["Adding both gives $7 + 5 = \\boxed{12}$.", "12"],
    ["Therefore the answer is 12.", "\\boxed{12}"],
    ["所以答案是 12。", "12"],
    ["\\boxed{3} and \\boxed{4}", "3, 4"],
    ["#### 1,024", "1024"],
  ],
};

const unequal: readonly (readonly [string, string])[] = [
  ["12", "21"],
  ["0.33", "1/3"],
  ["12345678901234567", "12345678901234568"],
  ["-5", "5"],
  ["\\frac{3}{4}", "\\frac{4}{3}"],
  ["3\\frac{1}{2}", "\\frac{3}{2}"],
  ["25\\%", "2.5"],
  ["2 km", "2 m"],
  ["5 kg", "5 hours"],
  ["\\sqrt{3}", "3"],
  ["x^2", "x^3"],
  ["2x", "2y"],
  ["(1, 2)", "(2, 1)"],
  ["[0, 1]", "(0, 1)"],
  ["x > 3", "x < 3"],
  ["x > 3", "x \\ge 3"],
  ["\\{1, 2\\}", "\\{1, 2, 3\\}"],
  ["1, 2, 2", "1, 2, 3"],
  ["\\pm 4", "4"],
  ["\\begin{pmatrix} 1 & 2 \\end{pmatrix}", "\\begin{pmatrix} 2 & 1 \\end{pmatrix}"],
  ["y = 2x + 3", "y = 2x - 3"],
  ["x = 3", "y = 3"],
  ["(A)", "(B)"],
  ["Yes", "No"],
  ["dog", "god"],
  ["Evelyn", "Angela"],
  ["3:30 pm", "3:30 am"],
  ["March 5", "May 3"],
  ["三十二", "23"],
  ["\\pi", "3"],
  ["|x|", "x"],
  ["a + b = 0", "0"],
  ["", "0"],
  ["(100,200)", "100200"],
  ["2^{100}", "2^{101}"],
  ["(1,2]", "[1,2)"],
  ["[1,2]", "\\{1,2\\}"],
  ["-x^2", "(-x)^2"],
  ["cannot be determined", "2"],
  ["not enough information", "not"],
  ["49 years old", "94"],
  ["2 dozen", "2"],
];

describe("equal in meaning", () => {
  for (const [kind, pairs] of Object.entries(equal)) {
    test.each(pairs)(`${kind}: %s = %s`, (a, b) => {
      expect(equivalent(a, b).equal).toBe(true);
      expect(equivalent(b, a).equal).toBe(true);
    });
  }
});

test.each(unequal)("not equal: %s, %s", (a, b) => {
  expect(equivalent(a, b).equal).toBe(false);
  expect(equivalent(b, a).equal).toBe(false);
});

const pairsFile = "../shared/data/math-verify/pairs.jsonl";

test.skipIf(!existsSync(pairsFile))("public pairs of gold and predicted answers (skipped: no real data, where absent)", () => {
  const rows: { gold: string; pred: string; equal: boolean }[] = readFileSync(pairsFile, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const wrong = rows.filter((row) => equivalent(row.gold, row.pred).equal !== row.equal);
  expect(wrong.length).toBeLessThanOrEqual(4);
  expect(wrong.filter((row) => !row.equal).length).toBeLessThanOrEqual(1);
});
