/** Student, teacher and reference as a triangle: a line where two answers agree, a crossed dashed line where they differ. */
import { html, nothing, svg, type TemplateResult } from "lit";
import type { TraceDiff } from "../../src/core/compare/traceDiff";

interface Side {
  readonly agree: boolean | undefined;
  readonly line: readonly [x1: number, y1: number, x2: number, y2: number];
  /** Centre of the cross, or of the question mark. */
  readonly cross: readonly [x: number, y: number];
  readonly words: string;
}

/** The triangle of a pair, with its meaning in words as the accessible name. */
export function triangle(answers: TraceDiff["answers"]): TemplateResult {
  const sides: readonly Side[] = [
    { agree: answers.agree, line: [17, 9, 69, 9], cross: [43, 9], words: "teacher and student" },
    { agree: answers.teacherCorrect, line: [15, 13, 38, 28], cross: [26, 20], words: "teacher and reference" },
    { agree: answers.studentCorrect, line: [71, 13, 48, 28], cross: [58, 20], words: "student and reference" },
  ];
  const words = sides
    .map(({ agree, words }) => `${words} ${agree === undefined ? "cannot be compared" : agree ? "agree" : "differ"}`)
    .join(", ");
  return html`<div class="tri3" title=${words}><svg width="86" height="40" viewBox="0 0 86 40" role="img" aria-label=${words}>
    ${sides.map(edge)}${node(10, 9, "T")}${node(76, 9, "S")}${answers.reference === undefined ? node(43, 32, "R", true) : node(43, 32, "R")}</svg></div>`;
}

function edge({ agree, line: [x1, y1, x2, y2], cross: [x, y] }: Side): TemplateResult {
  return svg`<line class=${agree ? "eq" : agree === undefined ? "un3" : "ne"} x1=${x1} y1=${y1} x2=${x2} y2=${y2}></line>${
    agree === false ? svg`<path class="xx" d="M${x - 3} ${y - 3}l6 6M${x + 3} ${y - 3}l-6 6"></path>` : nothing
  }`;
}

const node = (x: number, y: number, letter: string, missing = false): TemplateResult =>
  svg`<circle class=${missing ? "nd no" : "nd"} cx=${x} cy=${y} r="7"></circle><text class=${missing ? "no" : ""} x=${x} y=${y + 3.5}>${letter}</text>`;
