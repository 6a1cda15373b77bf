import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compareTraces } from "../../../src/core/compare/compareTraces";
import { meaningOf } from "../../../src/core/compare/measures";
import { wordChanges } from "../../../src/core/compare/wordDiff";
import { compared } from "./fixture";

const solve = [
  "Let the width of the garden be w metres and its length twice that.",
  "The fence around the garden measures 66 metres, so 6w = 66.",
  "Dividing both sides by six gives a width of 11 metres.",
  "The area of the garden is then 11 times 22, that is 242 square metres.",
];
const check = [
  "Checking the perimeter: twice 11 plus twice 22 makes 66 metres again.",
  "The area formula for rectangles confirms 242 as well.",
];

describe("identical and edited traces", () => {
  test("identical traces are the same throughout", () => {
    const diff = compareTraces(compared([solve, check]), compared([solve, check]));
    expect(diff.steps.every((row) => row.kind === "same")).toBe(true);
    expect(diff.units.every((row) => row.kind === "same" && row.similarity === 1)).toBe(true);
    expect(diff.divergence).toBeUndefined();
    expect(diff.totals).toMatchObject({ ratio: 1, unitsMatched: [2, 2], stepsMatched: [6, 6] });
  });

  test("a changed exponent is one changed token", () => {
    const [a, b] = ["We integrate x^2 + 3x over the unit interval.", "We integrate x^3 + 3x over the unit interval."];
    const student = compared([[b]]);
    const [row] = compareTraces(compared([[a]]), student).steps;
    expect(row?.kind).toBe("changed");
    expect(row?.studentWords?.map((span) => student.trace.text.slice(span.start, span.end))).toEqual(["3"]);
  });

  test("one token changed in a long text is found exactly", () => {
    const lines = Array.from({ length: 400 }, (_, i) => `Line ${i} computes the value ${i * 37 + 11} from ${i + 5} by the usual rule.`);
    const other = lines.with(251, "Line 251 computes the value 9999 from 256 by the usual rule.");
    const student = compared([other]);
    const diff = compareTraces(compared([lines]), student);
    const changed = diff.steps.filter((row) => row.kind !== "same");
    expect(changed).toHaveLength(1);
    expect(changed[0]?.studentWords?.map((span) => student.trace.text.slice(span.start, span.end))).toEqual(["9999"]);
  });

  test("an inserted step stands alone between its neighbours", () => {
    const inserted = [solve[0] ?? "", "Some gardens also have a pond with koi.", ...solve.slice(1)];
    const diff = compareTraces(compared([solve]), compared([inserted]));
    expect(diff.steps.map((row) => row.kind)).toEqual(["same", "student-only", "same", "same", "same"]);
    expect(diff.totals.studentOnly.steps).toBe(1);
  });

  test("steps with nothing in common do not match", () => {
    const diff = compareTraces(compared([solve]), compared([["Paris lies north of Lyon.", "Cats sleep much."]]));
    expect(diff.totals.stepsMatched).toEqual([0, 0]);
    expect(diff.divergence).toBeUndefined();
  });
});

describe("moves, splits, divergence", () => {
  test("a unit that changed its place is moved", () => {
    const third = ["Another approach guesses widths near ten and corrects upwards.", "Guessing 10 gives 60 metres, which is 6 short."];
    const diff = compareTraces(compared([solve, third, check]), compared([third, solve, check]));
    expect(diff.units.filter((row) => row.kind === "moved")).toHaveLength(1);
    expect(diff.totals.unitsMatched).toEqual([3, 3]);
    expect(diff.steps.filter((row) => row.kind === "moved" || row.kind === "same")).toHaveLength(8);
  });

  test("steps of a unit that was split keep their partners", () => {
    const diff = compareTraces(compared([solve]), compared([solve.slice(0, 2), solve.slice(2)]));
    expect(diff.steps.every((row) => row.kind === "same")).toBe(true);
    expect(diff.units.map((row) => row.kind).sort()).toEqual(["changed", "student-only"]);
  });

  test("the first divergence is the match before three steps without one", () => {
    const tail = ["Koi ponds need filters.", "Roses need pruning in March.", "Gravel paths drain quickly."];
    const teacher = compared([[...solve.slice(0, 2), ...tail]]);
    const diff = compareTraces(teacher, compared([solve.slice(0, 2)]));
    expect(diff.divergence).toMatchObject({ stepRow: 1, teacherStep: 1, studentStep: 1 });
    expect(diff.divergence?.reason).toMatch(/^the next 3 teacher steps \(\d+ tokens\) have no match$/);
  });

  test("a different result of the same computation is a divergence", () => {
    const diff = compareTraces(
      compared([["Next we compute 12 * 13 = 156 for the area."]]),
      compared([["Next we compute 12 * 13 = 146 for the area."]]),
    );
    expect(diff.divergence?.reason).toContain("156");
  });

  test("a pinned pair is kept, a broken one is not matched", () => {
    const [a, b] = [compared([solve]), compared([solve])];
    const pinned = compareTraces(a, b, { pinned: [[0, 2]], broken: [] });
    expect(pinned.steps.some((row) => row.teacher === 0 && row.student === 2)).toBe(true);
    const broken = compareTraces(a, b, { pinned: [], broken: [[1, 1]] });
    expect(broken.steps.some((row) => row.teacher === 1 && row.student === 1)).toBe(false);
  });
});

test("an empty side gives rows of the other", () => {
  const diff = compareTraces(compared([solve]), compared([]));
  expect(diff.steps.map((row) => row.kind)).toEqual(solve.map(() => "teacher-only"));
  expect(diff.totals.ratio).toBe(0);
});

test("functions the student drops", () => {
  const teacher = compared([solve, check], ["setup", "derive", "derive", "conclude", "verify", "verify"]);
  const student = compared([solve], ["setup", "derive", "derive", "conclude"]);
  const meaning = meaningOf(teacher, student, compareTraces(teacher, student));
  expect(meaning.dropped).toEqual(["verify"]);
});

const benchFile = "../shared/data/prmbench/redundancy_test-p2.jsonl";

test.skipIf(!existsSync(benchFile))("changed steps of a public set (skipped: no real data, where absent)", () => {
  const counts = { hit: 0, extra: 0, missed: 0 };
  for (const line of readFileSync(benchFile, "utf8").trim().split("\n")) {
    const row: { original_process: string[]; modified_process: string[]; modified_steps: number[] } = JSON.parse(line);
    const diff = compareTraces(compared([row.original_process]), compared([row.modified_process]));
    const found = new Set(diff.steps.flatMap((step) => (step.student !== undefined && step.kind !== "same" ? [step.student + 1] : [])));
    const labelled = new Set(row.modified_steps);
    counts.hit += [...found].filter((step) => labelled.has(step)).length;
    counts.extra += [...found].filter((step) => !labelled.has(step)).length;
    counts.missed += [...labelled].filter((step) => !found.has(step)).length;
  }
  expect((2 * counts.hit) / (2 * counts.hit + counts.extra + counts.missed)).toBeGreaterThan(0.79);
});

describe("formulas in other delimiters", () => {
  test.each([
    ["We get \\(x = 3\\) from it.", "We get $x = 3$ from it."],
    ["We get \\[x = 3\\] from it.", "We get $$x = 3$$ from it."],
  ])("say the same: %s", (one, other) => {
    expect(wordChanges(one, 0, other, 0)).toMatchObject({ teacherWords: [], studentWords: [], aligned: 1 });
  });

  test("differ where their content does", () => {
    const { teacherWords, studentWords } = wordChanges("\\(x^2 = 3\\)", 0, "$x^3 = 3$", 0);
    expect([teacherWords, studentWords]).toEqual([[{ start: 4, end: 5 }], [{ start: 3, end: 4 }]]);
  });
});
