/** Geometry of the ribbons between two strips, in pixels. Pure. */
import { indicesOf } from "../../src/core/compare/traceDiff";
import { stepTokenStarts } from "../strip/layout";
import type { Aligned } from "./compareRows";
import { unitPart } from "./unitParts";

/** A band from a span of the teacher's strip to a span of the student's. */
export interface Ribbon {
  readonly path: string;
  /** Index of the unit or step row it stands for. */
  readonly row: number;
  /** Index of the unit row that holds it. */
  readonly unitRow: number;
}

/** All ribbons of a comparison, and the line of the first divergence. */
export interface RibbonMap {
  readonly units: readonly Ribbon[];
  readonly steps: readonly Ribbon[];
  readonly divergence?: { readonly path: string; readonly teacher: number; readonly student: number };
}

/** Step bands narrower than this on both sides are left out; their unit's band still shows them. */
const thinnest = 0.4;

/** Bands at `pixelsPerToken`, `height` pixels apart. `above` and `below`: how far the divergence line reaches into the two strips. */
export function layoutRibbons(aligned: Aligned, pixelsPerToken: number, height: number, above: number, below: number): RibbonMap {
  const teacher = stepTokenStarts(aligned.teacher);
  const student = stepTokenStarts(aligned.student);
  const x = (starts: Float64Array, step: number): number => round((starts[step] ?? 0) * pixelsPerToken);
  const units: Ribbon[] = [];
  aligned.diff.units.forEach((_, index) => {
    const [left, right] = [unitPart(aligned, index, "teacher"), unitPart(aligned, index, "student")];
    if (!left || !right) return;
    const top = [x(teacher, left.first), x(teacher, left.end)] as const;
    const bottom = [x(student, right.first), x(student, right.end)] as const;
    units.push({ path: band(top, bottom, height), row: index, unitRow: index });
  });
  const steps: Ribbon[] = [];
  aligned.diff.steps.forEach((row, index) => {
    if (row.teacher === undefined || row.student === undefined) return;
    const top = [x(teacher, row.teacher), x(teacher, row.teacherEnd ?? row.teacher + 1)] as const;
    const bottom = [x(student, row.student), x(student, row.studentEnd ?? row.student + 1)] as const;
    if (top[1] - top[0] < thinnest && bottom[1] - bottom[0] < thinnest) return;
    steps.push({ path: band(top, bottom, height), row: index, unitRow: row.unitRow });
  });
  return { units, steps, ...divergence(aligned, { teacher, student }, x, height, above, below) };
}

type Edge = readonly [left: number, right: number];

function band([a, b]: Edge, [c, d]: Edge, height: number): string {
  const middle = height / 2;
  // One pixel of air on the right keeps neighbours apart, like the gaps of the strips.
  const right = Math.max(a + 0.5, b - 1);
  const bottomRight = Math.max(c + 0.5, d - 1);
  return `M${a} 0C${a} ${middle} ${c} ${middle} ${c} ${height}L${bottomRight} ${height}C${bottomRight} ${middle} ${right} ${middle} ${right} 0Z`;
}

function divergence(
  { diff }: Aligned,
  starts: { readonly teacher: Float64Array; readonly student: Float64Array },
  x: (starts: Float64Array, step: number) => number,
  height: number,
  above: number,
  below: number,
): Pick<RibbonMap, "divergence"> {
  if (!diff.divergence) return {};
  const row = diff.steps[diff.divergence.stepRow];
  const teacher = x(starts.teacher, diff.divergence.teacherStep ?? row?.teacher ?? stepAfter(diff, diff.divergence.stepRow, "teacher"));
  const student = x(starts.student, diff.divergence.studentStep ?? row?.student ?? stepAfter(diff, diff.divergence.stepRow, "student"));
  const middle = height / 2;
  const path = `M${teacher} ${-above}L${teacher} 0C${teacher} ${middle} ${student} ${middle} ${student} ${height}L${student} ${height + below}`;
  return { divergence: { path, teacher, student } };
}

/** Step of a side that follows what stood before a row in which that side has none. */
function stepAfter(diff: Aligned["diff"], stepRow: number, side: "teacher" | "student"): number {
  for (let index = stepRow - 1; index >= 0; index--) {
    const step = indicesOf(diff.steps[index], side).at(-1);
    if (step !== undefined) return step + 1;
  }
  return 0;
}

const round = (value: number): number => Math.round(value * 100) / 100;
