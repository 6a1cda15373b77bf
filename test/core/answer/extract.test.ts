import { describe, expect, test } from "vitest";
import { findCandidates, findFinalAnswer, shortAnswer } from "../../../src/core/answer/extract";
import type { Trace } from "../../../src/core/trace";

const whole = (text: string) => [{ start: 0, end: text.length }];
const answers = (text: string, context = {}) => findCandidates(text, whole(text), context).map((candidate) => candidate.answer);

function trace(fields: Partial<Trace>): Trace {
  return {
    record: 0,
    rollout: 0,
    id: "t",
    question: "",
    text: "",
    parts: [],
    preamble: "",
    opening: "",
    closing: "",
    response: "",
    thinking: "none",
    notices: [],
    columns: {},
    ...fields,
  };
}

describe("short answer of a reference", () => {
  test.each([
    ["We get \\boxed{\\frac{1}{2}}.", "\\frac{1}{2}"],
    ["The roots are \\boxed{3} and \\boxed{4}.", "3, 4"],
    ["First \\boxed{3}. That was wrong. Now \\boxed{4}.", "4"],
    ["5 + 7 = 12\n#### 12", "12"],
    ["The final answer is $17$. I hope it is correct.", "17"],
    ["The answer is 3.5 km, since each lap is 700 m.", "3.5 km"],
    ["<answer>blue</answer>", "blue"],
    ["We convert the answer to weeks: 28 days / 7 = 4 weeks\n#### 4", "4"],
    ["20/2 = <<20/2=10>>10 loaves are left, which answers it.\nA: 10", "10"],
    ["### 1. Read the question\nThe answer is 12.\n### 2. Check it\nIt fits.", "12"],
    ["【答案】B<eoa>", "B"],
    ["所以答案是 18。", "18"],
    ["The correct option is (C).", "(C)"],
    ["90^\\circ", "90^\\circ"],
    ['{"reasoning": "…", "answer": "8"}', "8"],
  ])("%s → %s", (reference, answer) => {
    expect(shortAnswer(reference)).toBe(answer);
  });
});

describe("candidates", () => {
  test("an answer phrase counts, its span covers the answer itself", () => {
    const text = "Some work. So the answer is 42. Let me check.";
    const [candidate] = findCandidates(text, whole(text));
    expect(candidate && text.slice(candidate.start, candidate.end)).toBe("42");
    expect(candidate?.form).toBe("phrase");
  });

  test("an intermediate result is no candidate", () => {
    expect(answers("So x = 3, now y = 5 follows. Then z = 7.")).toEqual([]);
    expect(answers("So x = 3, now y = 5 follows.", { known: ["8"], question: "Find x + y." })).toEqual([]);
  });

  test("a conclusion about what is asked is a candidate", () => {
    const question = "Find the angle between the two lines, in degrees.";
    expect(answers("Therefore, the angle between them is 90 degrees.", { question })).toEqual(["90 degrees"]);
  });

  test("a right-hand side equal to the final answer is one", () => {
    expect(answers("Adding up, 100 + 104 = 204. Let me verify that.", { known: ["204"] })).toEqual(["204"]);
    expect(answers("It is 34 \\cdot 6 = 204 minutes", { known: ["204"] })).toEqual(["204 minutes"]);
    expect(answers("The area is 3 * 68 here", { known: ["204"] })).toEqual([]);
  });

  test("a digit that meets the eye by chance needs a conclusion", () => {
    expect(answers("We have k = 2 as the index, and then n = 2 + j.", { known: ["2"] })).toEqual([]);
    expect(answers("So the answer would be 2.", { known: ["2"] })).toEqual(["2"]);
  });

  test("or a check right after it", () => {
    expect(answers("14 - 8 = 6. Let me check that: 8 pens and 6 notebooks.", { known: ["6"] })).toEqual(["6"]);
    expect(answers("14 - 8 = 6. Then 6 times 5 is 30.", { known: ["6"] })).toEqual([]);
  });

  test("no phrase without an answer after it", () => {
    expect(answers("The answer is not clear yet. The answer is correct. The answer is in the next line.")).toEqual([]);
  });

  test("step numbers follow the steps", () => {
    const text = "The answer is 4. Wait. The answer is 5.";
    const steps = [
      { start: 0, end: 17 },
      { start: 17, end: 23 },
      { start: 23, end: text.length },
    ];
    expect(findCandidates(text, steps).map((candidate) => [candidate.step, candidate.answer])).toEqual([
      [0, "4"],
      [2, "5"],
    ]);
  });

  test("factorials, decimals and fractions stay whole", () => {
    expect(answers("The answer is 3.75.")).toEqual(["3.75"]);
    expect(answers("The answer is 6 - 5i.")).toEqual(["6 - 5i"]);
    expect(answers("The answer is $\\frac{1}{2}$ of it.")).toEqual(["\\frac{1}{2}"]);
  });
});

describe("ends of an answer", () => {
  test.each([
    ["Thus $10 \\cdot 5 = 50$ here.", "50"],
    ["So it is **50** square metres.", "50"],
    ["It equals \\(50\\) units", "50"],
    ["So half is 50\\) and", "50"],
    ["The answer is 50}$.", "50"],
    ["The answer is **50**.", "50"],
    ["The answer is `50`,", "50"],
    ["The answer is $5 per apple.", "$5 per apple"],
    ["The answer is (0, 1].", "(0, 1]"],
    ["The answer is $x = 5$ or $x = 6$.", "$x = 5$ or $x = 6$"],
    ["So $\\log_2 11.2 \\approx 3.49$.", "3.49"],
    ["We get \\boxed{$50$.}", "50"],
  ])("%s → %s", (text, answer) => {
    const found = findCandidates(text, whole(text), { known: ["50", "3.49"] });
    expect(found.map((one) => one.answer)).toEqual([answer]);
    expect(found.map((one) => text.slice(one.start, one.end))).toEqual([answer]);
  });

  test("factorials do not end a sentence", () => {
    expect(answers("So the number of orders is 10! = 3628800 orders.", { known: ["3628800"] })).toEqual(["3628800 orders"]);
    expect(answers("Thus the total is 6 * 5! = 720. Next", { known: ["720"] })).toEqual(["720"]);
  });

  test("thousands separators and longer numbers", () => {
    expect(answers("Hence the sum is 28,800 here. The id is 128800.", { known: ["28800"] })).toEqual(["28,800 here"]);
    expect(answers("Hence the sum is 28{,}800.", { known: ["28800"] })).toEqual(["28{,}800"]);
  });

  test("the last clause answers", () => {
    const text = "So one tenth of the tank is 18 litres and the tank holds 180 litres.";
    expect(answers(text, { known: ["180"] })).toEqual(["180 litres"]);
    expect(answers(text, { known: ["90"], question: "How many litres does the tank hold?" })).toEqual(["180 litres"]);
  });

  test("a share of a number is not the number", () => {
    expect(answers("That is 90, which is half of 180.", { known: ["180"] })).toEqual([]);
  });
});

describe("what a conclusion says in words", () => {
  test.each([
    ["So Mia bought 6 notebooks.", ["6"], "How many notebooks did Mia buy?", ["6"]],
    ["So 4 grams.", ["4"], "How many grams of salt are needed?", ["4"]],
    ["In total 7.", ["7"], "How many real solutions are there?", ["7"]],
    ["Divided by 10000 that's 0.432.", ["0.432"], "", ["0.432"]],
    ["Time: 5 minutes.", ["5"], "How long do they need?", ["5"]],
    ["So the diagonal is 5√2, about 7.07.", ["5√2"], "What is the space diagonal?", ["5√2"]],
    ["So the owner of the dog is Ben, and Cleo gets the cat.", ["Ben"], "Who owns the dog?", ["Ben"]],
    ["所以4小时后相遇。", ["4"], "几小时后相遇？", ["4"]],
    ["所以是丙做的。", ["丙"], "事情是谁做的？", ["丙"]],
  ])("%s", (text, known, question, expected) => {
    expect(answers(`We work it out. ${text} Then we look again.`, { known, question })).toEqual(expected);
  });

  test.each([
    ["So if there were 6 of them we would be done.", ["6"], "How many notebooks did Mia buy?"],
    ["So on the 6th day the notebooks arrive.", ["6"], "How many notebooks did Mia buy?"],
    ["So Ben cannot be the owner.", ["Ben"], "Who owns the dog?"],
    ["So there are 6 pens and 8 notebooks to look at.", ["6"], "How many notebooks did Mia buy?"],
  ])("%s says none", (text, known, question) => {
    expect(answers(`We work it out. ${text} Then we look again.`, { known, question })).toEqual([]);
  });

  test("the last paragraph's conclusion makes the same value an answer where it stood before", () => {
    const text = "The number of games is 15 * 8 = 120.\n\nLet me check. It fits.\n\nThe number of games is 120.";
    expect(answers(text, { question: "How many games are played?" })).toEqual(["120", "120"]);
  });

  test("the text's own last answer counts besides a reference it misses", () => {
    const text = "Then the total is 24 + 16 - 8 = 32. Let me check. Final answer: 32.";
    expect(answers(text, { known: ["33"] })).toEqual(["32", "32"]);
  });

  test("marks of a calculator end a value", () => {
    expect(answers("She pays 3*12=<<3*12=36>>36 dollars.\n#### 36")).toEqual(["36", "36"]);
  });

  test("a number inside an expression is no place of an answer", () => {
    expect(answers("The area is 204 + 3 and the total is 204x and the rest is x^{204}.", { known: ["204"] })).toEqual([]);
  });
});

describe("a solution in the place of the answer", () => {
  test.each([
    ["【答案】B<eoa>", "B"],
    ["【答案】 ABD。<eoa>", "ABD"],
    ["【答案】由题意$a_1=3$，公比$q=2$，所以$a_5=48$。<eoa>", "a_5=48"],
    ["【答案】首先求导，得$f'(x)=2x-4$。因此，最小值为$-4$。<eoa>", "-4"],
    ["【答案】圆$O$到直线$l$的距离为$3$。<eoa>", "3"],
    ["【答案】利润为 8*9+3=75元，所以应该购进17枝。<eoa>", "17"],
    ["【答案】解得 $k>1$。综上，$k$ 的取值范围是 $(1, +\\infty)$。<eoa>", "(1, +\\infty)"],
    ["【答案】联立得 $x=1$。所以方程的解为 $x=1$ 或 $x=5$。<eoa>", "$x=1$ 或 $x=5$"],
    ["【答案】①2；②3<eoa>", "①2；②3"],
    ["【答案】第一问。<eoa>\n(2)【解析】再算。<eoe>\n【答案】故面积为$6$，周长为$12$。<eoa>", "12"],
  ])("%s → %s", (text, answer) => {
    expect(shortAnswer(`${text}${" ".repeat(90)}`)).toBe(answer);
    expect(findFinalAnswer(trace({ response: text }), [])?.answer).toBe(answer);
  });

  test("a Chinese reference solution ends in its value", () => {
    const solution =
      "解：设公差为 $d$，由 $a_3=7$ 得 $2d=4$，因为等差数列各项已知，故可以求和，先写出首项与公差，再代入求和公式逐项化简，最后检查一遍前三项的和是否与题设一致。\n\n所以前 $n$ 项和为 $n^2+2n$ .";
    expect(shortAnswer(solution)).toBe("n^2+2n");
    expect(shortAnswer(`${solution}\n\n当 $n=3$ 时和的最大值为 15 元.`)).toBe("15");
  });
});

describe("no answer as the answer", () => {
  const response = "The time cannot be determined: the distance is missing, and 80 km/h alone is not enough.";

  test("a response that says so is the final answer", () => {
    const given = trace({ text: "If it were 160 km, it would take 2 hours.", response });
    expect(findFinalAnswer(given, [])).toEqual({ answer: "cannot be determined", from: "response" });
  });

  test("the same words are a candidate where the known answer says so, and doubt elsewhere", () => {
    expect(answers(response, { known: ["not enough information"] })).toEqual(["cannot be determined"]);
    expect(answers(response, { known: ["25"] })).toEqual([]);
  });

  test("a later conclusion counts more", () => {
    const text = "From this alone it cannot be determined. With the second equation it can. Therefore the total is 12.";
    expect(findFinalAnswer(trace({ response: text }), [])?.answer).toBe("12");
  });
});

describe("final answer", () => {
  test("the response comes first", () => {
    const given = trace({ text: "The answer is 3.", response: "It is \\boxed{4}.", answerField: "5" });
    expect(findFinalAnswer(given, findCandidates(given.text, whole(given.text)))).toEqual({ answer: "4", from: "response" });
  });

  test("then the record's own field, then the reasoning", () => {
    const text = "The answer is 3. Wait. The answer is 7.";
    const candidates = findCandidates(text, whole(text));
    expect(findFinalAnswer(trace({ text, answerField: "5" }), candidates)).toEqual({ answer: "5", from: "field" });
    expect(findFinalAnswer(trace({ text }), candidates)).toEqual({ answer: "7", from: "reasoning" });
  });

  test("a thinking that was cut off has none unless it stated one", () => {
    const text = "Let us add 3 and 4 and then";
    expect(findFinalAnswer(trace({ text, thinking: "unclosed" }), [])).toBeUndefined();
  });

  test("an empty trace has none", () => {
    expect(findFinalAnswer(trace({}), [])).toBeUndefined();
  });
});

describe("code as the answer", () => {
  const answered = (response: string) => findFinalAnswer(trace({ response }), [])?.answer;

  test("the last listing is, a listing of plain words is not", () => {
    expect(answered("Here it is:\n```python\nprint(1)\n```\nIt prints\n```\nGood morning\nto all\n```")).toBe("print(1)");
    expect(answered("Here it is:\n```\nx = f(2)\n```")).toBe("x = f(2)");
    expect(answered("It prints\n```\nGood morning\nto all\n```")).toBeUndefined();
  });
});

describe("a response that announces nothing", () => {
  const final = (response: string, answerField: string, question = "") => findFinalAnswer(trace({ response, answerField, question }), []);

  test.each([
    [
      "The point lies on the axis, so the angle is $\\frac{\\pi}{4}$.\n\nThus, the point is $(5, \\frac{\\pi}{4})$.",
      "4",
      "(5, \\frac{\\pi}{4})",
    ],
    ["Sum: $2 + \\frac{4}{5} = \\frac{14}{5}$.", "5", "\\frac{14}{5}"],
    ["We simplify:\n\\[\n\\sqrt{99} = \\sqrt{9 \\times 11} = 3\\sqrt{11}\n\\]", "11", "3\\sqrt{11}"],
    ["We add:\n\\[\n\\begin{aligned}\na &= 1 + 2 \\\\ &= \\frac{9}{3}\n\\end{aligned}\n\\]", "3", "\\frac{9}{3}"],
  ])("%s: an answer field that is just its last number does not stand for what it concludes", (response, field, answer) => {
    expect(final(response, field)).toEqual({ answer, from: "response" });
  });

  test("the name a question asks for, where the last sentence decides for one", () => {
    const question = "Nora, Ilya and Tess ran the same lap. Which of them ran fastest?";
    const response = "- Nora: 80 / 20 = 4\n- Ilya: 80 / 16 = 5\n\nTherefore, Ilya's speed is the greatest.";
    expect(final(response, "5", question)).toEqual({ answer: "Ilya", from: "response" });
    expect(final(response.replace("Ilya's", "Omar's"), "5", question)).toEqual({ answer: "5", from: "field" });
  });

  test("another field than the last number is trusted, and so is one that the response goes on to after its conclusion", () => {
    expect(final("So the side is 7. The perimeter: $6 \\cdot 7 + 0$ and in the end 42", "42")).toEqual({ answer: "42", from: "field" });
    expect(final("Thus, the sum is $\\frac{14}{5}$.", "9")).toEqual({ answer: "9", from: "field" });
  });
});

describe("digits that belong to a name", () => {
  const answered = (response: string) => findFinalAnswer(trace({ response }), [])?.answer;

  test.each([
    ["One structure fits all of the peaks: CC(=O)Oc1ccccc1C(=O)O", undefined],
    ["After 12 rounds the winner was team B2", "12"],
    ["Roughly $a\\approx5$", "5"],
    ["A rod of 5cm", "5"],
  ])("%s", (response, answer) => {
    expect(answered(response)).toBe(answer);
  });
});

describe("an answer given in a whole sentence", () => {
  test("a box inside it is the answer", () => {
    const text = "It is 27 m.\n\n**Final Answer**\nThe height of the mast is \\boxed{27} metres.";
    expect(answers(text)).toEqual(["27 m", "27"]);
  });

  test("its subject is left out", () => {
    expect(shortAnswer("**Final Answer**\nThe width of the tank and its base is $5x$.")).toBe("5x");
    expect(shortAnswer("The final answer is: the sum of all such n is 144.")).toBe("144");
  });

  test("the last conclusion of a whole text counts where words only close it", () => {
    const text = "So a + b = 17, at first sight. Let me add again. Thus a + b = 21. Fine, a + b = 21. I think that's it.";
    expect(answers(text, { question: "Find a + b." })).toContain("21");
    expect(answers("Thus a + b = 21. I add the rest: 5 and 7.", { question: "Find c." })).toEqual([]);
  });
});
