/** Find in a pair: both texts, in the order of the rows. Pure. */
import { indicesOf } from "../../src/core/compare/traceDiff";
import type { PagePair } from "../../src/core/export/pairHtml";
import { type FindQuery, findPattern, type Match } from "../trace/find";
import type { SideName } from "./compareWords";

/** A match with its side and the step row that shows it. Offsets are in the side's text. */
export interface PairMatch extends Match {
  readonly side: SideName;
  readonly stepRow: number;
}

export interface PairFind {
  readonly matches: readonly PairMatch[];
  readonly error?: string;
  readonly more: boolean;
}

const mostMatches = 10_000;

/** All matches in the steps of both sides, by row, the teacher's first. An empty query finds nothing. */
export function findInPair(pair: PagePair, query: FindQuery): PairFind {
  if (query.text === "") return { matches: [], more: false };
  const pattern = findPattern(query);
  if (typeof pattern === "string") return { matches: [], error: pattern, more: false };
  const bySide = { teacher: matchesByStep(pair, "teacher", pattern), student: matchesByStep(pair, "student", pattern) };
  const matches: PairMatch[] = [];
  pair.diff.steps.forEach((row, stepRow) => {
    for (const side of ["teacher", "student"] as const)
      for (const step of indicesOf(row, side))
        for (const match of bySide[side].get(step) ?? []) if (matches.length < mostMatches) matches.push({ ...match, side, stepRow });
  });
  return { matches, more: matches.length >= mostMatches };
}

/** Matches of one side by the step in which they begin. */
function matchesByStep(pair: PagePair, side: SideName, pattern: RegExp): Map<number, Match[]> {
  const { trace, analysis } = pair[side];
  const found = new Map<number, Match[]>();
  let step = 0;
  for (const match of trace.text.matchAll(pattern)) {
    if (match[0] === "") continue;
    while (step + 1 < analysis.steps.length && (analysis.steps[step]?.end ?? 0) <= match.index) step++;
    const list = found.get(step) ?? [];
    list.push({ start: match.index, end: match.index + match[0].length });
    found.set(step, list);
  }
  return found;
}
