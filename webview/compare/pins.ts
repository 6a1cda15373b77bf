/** A person's corrections of an alignment: matches set and broken, with undo. Pure. */
import type { Pins } from "../../src/protocol/engine";

/** The corrections of a pair, and those before each change. */
export interface Corrections {
  readonly pins: Pins;
  readonly past: readonly Pins[];
}

export const noCorrections: Corrections = { pins: { pinned: [], broken: [] }, past: [] };

type Match = readonly [teacher: number, student: number];

const same = ([a, b]: Match, [c, d]: Match): boolean => a === c && b === d;
/** Two matches that cannot both hold in one reading order. */
const crosses = ([a, b]: Match, [c, d]: Match): boolean => a === c || b === d || a < c !== b < d;

const changed = ({ pins, past }: Corrections, next: Pins): Corrections => ({ pins: next, past: [...past, pins] });

/** Breaks a match: the two steps are never matched with each other again. */
export const breakMatch = (corrections: Corrections, match: Match): Corrections =>
  changed(corrections, {
    pinned: corrections.pins.pinned.filter((other) => !same(other, match)),
    broken: [...corrections.pins.broken.filter((other) => !same(other, match)), match],
  });

/** Sets a match; earlier set matches that it crosses are dropped. */
export const setMatch = (corrections: Corrections, match: Match): Corrections =>
  changed(corrections, {
    pinned: [...corrections.pins.pinned.filter((other) => !crosses(other, match)), match],
    broken: corrections.pins.broken.filter((other) => !same(other, match)),
  });

/** Takes the last change back; the same when there is none. */
export function undo(corrections: Corrections): Corrections {
  const last = corrections.past.at(-1);
  return last ? { pins: last, past: corrections.past.slice(0, -1) } : corrections;
}

/** Matches set and broken. */
export const correctionCount = ({ pins }: Corrections): number => pins.pinned.length + pins.broken.length;

/** Is this match one that a person set? */
export const isPinned = ({ pins }: Corrections, teacher: number | undefined, student: number | undefined): boolean =>
  teacher !== undefined && student !== undefined && pins.pinned.some((match) => same(match, [teacher, student]));
