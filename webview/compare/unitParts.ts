/** Which steps of its units a row of units holds: a unit that faces several has a part of its steps beside each. Pure. */
import { indicesOf, type TraceDiff } from "../../src/core/compare/traceDiff";
import type { Aligned } from "./compareRows";

type SideName = "teacher" | "student";

/** Steps of one side, half-open, and where the rest of their unit stands. */
export interface UnitPart {
  readonly first: number;
  readonly end: number;
  /** The unit began in an earlier row. */
  readonly continues: boolean;
  /** The unit goes on in a later row. */
  readonly goesOn: boolean;
}

type Parts = Readonly<Record<SideName, readonly (UnitPart | undefined)[]>>;

const known = new WeakMap<TraceDiff, Parts>();

/** The part of a side's unit in a row; undefined where the side has none there. */
export function unitPart(aligned: Aligned, unitRow: number, side: SideName): UnitPart | undefined {
  const { diff } = aligned;
  const parts = known.get(diff) ?? { teacher: partsOf(aligned, "teacher"), student: partsOf(aligned, "student") };
  known.set(diff, parts);
  return parts[side][unitRow];
}

function partsOf(aligned: Aligned, side: SideName): readonly (UnitPart | undefined)[] {
  const { units } = aligned.diff;
  const shared = new Set(units.flatMap((row) => (row.continues === side ? [row[side]] : [])));
  const own = ownSteps(aligned, side);
  let next: number | undefined;
  return units
    .map((_, index) => units.length - 1 - index)
    .map((index) => {
      const row = units[index];
      const unit = row?.[side];
      const whole = unit === undefined ? undefined : aligned[side].units[unit];
      if (!row || !whole) return undefined;
      const goesOn = shared.has(unit) && next === unit;
      if (row.kind !== "moved") next = unit;
      const { first, end } = shared.has(unit) ? (own[index] ?? emptyPart) : { first: whole.firstStep, end: whole.endStep };
      return { first, end, continues: row.continues === side, goesOn };
    })
    .reverse();
}

const emptyPart = { first: 0, end: 0 };

/** From the first to the last step of a side in each row of units; the student's of a moved row stands elsewhere. */
function ownSteps({ diff }: Aligned, side: SideName): ({ readonly first: number; readonly end: number } | undefined)[] {
  const spans: ({ first: number; end: number } | undefined)[] = diff.units.map(() => undefined);
  for (const row of diff.steps) {
    const steps = row.kind === "moved" && side === "student" ? [] : indicesOf(row, side);
    const [first, last] = [steps[0], steps.at(-1)];
    if (first === undefined || last === undefined) continue;
    const before = spans[row.unitRow];
    spans[row.unitRow] = { first: Math.min(before?.first ?? first, first), end: Math.max(before?.end ?? 0, last + 1) };
  }
  return spans;
}
