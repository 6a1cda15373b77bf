import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
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
    ["$1.50", "150 cents"],
    ["\\$0.75", "75 cents"],
    ["$12.00", "12"],
    ["24 dollars", "$24"],
    ["30元", "30"],
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
    ["12^{\\text{th}} \\text{ grade}", "12"],
    ["200 feet", "200"],
    ["3 m/s²", "3"],
    ["3 m/s^2", "3 m/s²"],
    ["9.8\\text{ m/s}^2", "9.8"],
    ["60 km/h", "60"],
    ["60km/h", "60 kilometers per hour"],
    ["36 km/h", "10 m/s"],
    ["\\frac{4}{3} A", "4/3"],
    ["0.5 A", "\\frac12"],
    ["12 \\text{ N}", "12"],
    ["2.5 kg·m", "2.5"],
    ["1200 gallons of blood", "1200"],
    ["3 m", "300 cm"],
    ["5 L", "5000 mL"],
    ["100 cm^2", "0.01 m^2"],
    ["加速度是3 m/s²", "3"],
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
    ["4 \\cdot 3 = 12", "12"],
    ["S = \\frac{1}{2} \\cdot 6 \\cdot 4 = 12", "12"],
    ["b = c = 2", "2"],
    ["x = 9 or x = -1", "x = -1, x = 9"],
    ["a_n = 2^{n}", "2^n"],
    ["k \\in [1, 2]", "1 \\le k \\le 2"],
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
    ["Ben", "Ben."],
    ["the mixed box", "mixed box"],
    ["\\textbf{north}", "North"],
    ["“red”", "red"],
  ],
  dates: [
    ["March 5, 2020", "2020-03-05"],
    ["5 March 2020", "March 5th, 2020"],
    ["3:30 pm", "15:30"],
    ["2021年4月7日", "2021-04-07"],
    ["July 4", "4 July"],
    ["Friday, June 12, 2020", "June 12, 2020"],
    ["the 3rd of May", "May 3"],
    ["9 a.m.", "9:00 am"],
  ],
  chinese: [
    ["三十二", "32"],
    ["二分之一", "0.5"],
    ["百分之五", "5%"],
    ["一千零五", "1005"],
    ["负三", "-3"],
    ["12个", "12"],
    ["2或6", "2, 6"],
    ["首项为2或6", "2或6"],
    ["①2；②3", "2, 3"],
    ["(1) 5 (2) 6", "5, 6"],
    ["（1）5；（2）6", "5, 6"],
    ["A、B、D", "ABD"],
    ["三分之二", "\\frac{2}{3}"],
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
  ["36 km/h", "36 m/s"],
  ["3 m/s", "3 kg"],
  ["$1.50", "1.50 cents"],
  ["1200 gallons of blood", "120"],
  ["half of 12", "12"],
  ["2或6", "2"],
  ["①2；②3", "①3；②4"],
  ["(1) 5 (2) 6", "(5)(6)"],
  ["ABD", "ABC"],
  ["b = c = 2", "b = c = 3"],
  ["July 4", "April 7"],
  ["9 am", "9 pm"],
  ["5 N", "6 N"],
  ["x = 9 or x = -1", "x = 9"],
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

describe("any two answers", () => {
  const piece = fc.constantFrom(
    ..."1 2 12 0.5 -3 1,000 x y = + - * / ^2 ( ) [ ] { } , ; % $ \\ \\frac{1}{2} \\sqrt{3} \\pi km m/s hours A B yes 三 或 ① (1) (2) ° and of 5:30 May".split(
      " ",
    ),
    " ",
  );
  const answer = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));

  test("compare the same in both orders, and equal themselves", () => {
    fc.assert(
      fc.property(answer, answer, (a, b) => {
        expect(equivalent(a, b).equal).toBe(equivalent(b, a).equal);
        expect(equivalent(a, a).equal).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test("a unit or a note of what is measured changes no number", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -9999, max: 9999 }),
        fc.constantFrom(" km/h", " m/s²", " N", " cm", " gallons of milk", " hours"),
        (n, unit) => {
          expect(equivalent(`${n}${unit}`, `${n}`).equal).toBe(true);
          expect(equivalent(`${n}${unit}`, `${n + 1}`).equal).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });
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
