/** A person's corrections of an alignment: matches set and broken, with undo. Pure. */
import type { Correction, StepPair } from "../../src/core/compare/corrections";
import type { Pins } from "../../src/protocol/engine";

/** The corrections of a pair in the order in which they were made, and what they come to. */
export interface Corrections {
  readonly changes: readonly Correction[];
  readonly pins: Pins;
}

export const noCorrections: Corrections = { changes: [], pins: { pinned: [], broken: [] } };

const same = ([a, b]: StepPair, [c, d]: StepPair): boolean => a === c && b === d;
/** Two matches that cannot both hold in one reading order. */
const crosses = ([a, b]: StepPair, [c, d]: StepPair): boolean => a === c || b === d || a < c !== b < d;

/** What corrections come to; later ones win over earlier ones that they contradict. */
export const correctionsOf = (changes: readonly Correction[]): Corrections => ({
  changes,
  pins: changes.reduce(after, noCorrections.pins),
});

const after = (pins: Pins, { kind, matches }: Correction): Pins => matches.reduce(kind === "set" ? withMatch : withoutMatch, pins);

const withoutMatch = ({ pinned, broken }: Pins, match: StepPair): Pins => ({
  pinned: pinned.filter((other) => !same(other, match)),
  broken: [...broken.filter((other) => !same(other, match)), match],
});

const withMatch = ({ pinned, broken }: Pins, match: StepPair): Pins => ({
  pinned: [...pinned.filter((other) => !crosses(other, match)), match],
  broken: broken.filter((other) => !same(other, match)),
});

/** Breaks the matches of a row: their steps are never matched with each other again. */
export const breakMatches = ({ changes }: Corrections, matches: readonly StepPair[]): Corrections =>
  correctionsOf([...changes, { kind: "break", matches }]);

/** Sets a match; earlier set matches that it crosses are dropped. */
export const setMatch = ({ changes }: Corrections, match: StepPair): Corrections =>
  correctionsOf([...changes, { kind: "set", matches: [match] }]);

/** Takes the last change back; the same when there is none. */
export const undo = (corrections: Corrections): Corrections =>
  corrections.changes.length === 0 ? corrections : correctionsOf(corrections.changes.slice(0, -1));

/** Matches set and broken. */
export const correctionCount = ({ changes }: Corrections): number => changes.length;

/** Is this match one that a person set? */
export const isPinned = ({ pins }: Corrections, teacher: number | undefined, student: number | undefined): boolean =>
  teacher !== undefined && student !== undefined && pins.pinned.some((match) => same(match, [teacher, student]));
