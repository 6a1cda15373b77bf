/** Matched units that take in neighbours: what one side does in one unit, the other may do in several. */
import type { Match, RunMatch } from "./align";
import type { Units } from "./matchUnits";
import { indicesOf } from "./traceDiff";

/** Least share of a neighbour's tokens that must lie in steps matched with steps of the other side's unit. */
const leastShare = 0.5;

type Name = "teacher" | "student";

/** Matches in order with their runs; only neighbours without a partner are taken in. Linear in units and steps. */
export function growUnits(matches: readonly Match[], teacher: Units, student: Units, steps: readonly RunMatch[]): RunMatch[] {
  const taken = { teacher: new Set(matches.map((match) => match.teacher)), student: new Set(matches.map((match) => match.student)) };
  const owners = { teacher: ownersOf(teacher, student, steps, "teacher"), student: ownersOf(student, teacher, steps, "student") };
  return matches.map((match) => {
    const split = runOf(match, "student", owners.student, taken.student);
    const merged = runOf(match, "teacher", owners.teacher, taken.teacher);
    const many: Name = merged.end - merged.from > split.end - split.from ? "teacher" : "student";
    const { from, end } = many === "teacher" ? merged : split;
    if (end === from + 1) return match;
    for (let at = from; at < end; at += 1) taken[many].add(at);
    return many === "student" ? { ...match, student: from, studentEnd: end } : { ...match, teacher: from, teacherEnd: end };
  });
}

function runOf(match: Match, many: Name, owners: readonly (number | undefined)[], taken: ReadonlySet<number>) {
  const whole = many === "student" ? match.teacher : match.student;
  const belongs = (at: number): boolean => !taken.has(at) && owners[at] === whole;
  let [from, end] = [match[many], match[many] + 1];
  while (belongs(from - 1)) from -= 1;
  while (belongs(end)) end += 1;
  return { from, end };
}

/** For each unit of a side the other side's unit with which at least half of its tokens are matched. */
function ownersOf(own: Units, other: Units, steps: readonly RunMatch[], side: Name): readonly (number | undefined)[] {
  const shares = own.units.map(() => new Map<number, number>());
  for (const match of steps) {
    const partner = other.steps[side === "teacher" ? match.student : match.teacher]?.unit ?? -1;
    for (const index of indicesOf(match, side)) {
      const step = own.steps[index];
      const tokens = step && shares[step.unit];
      if (step && tokens) tokens.set(partner, (tokens.get(partner) ?? 0) + step.tokens);
    }
  }
  return shares.map((tokens, unit) => {
    const [best] = [...tokens].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return best && best[1] >= leastShare * Math.max(1, own.units[unit]?.tokens ?? 0) ? best[0] : undefined;
  });
}
