/**
 * Phrases that tell what a sentence does, as data. Written by hand from meaning, English and Chinese; no phrase list of a data set was used.
 *
 * A phrase is lower case. `(a|b|)` expands to each alternative, the empty one included; groups do not nest. English phrases match whole words;
 * Chinese ones match anywhere. Single words are weak evidence: the scorer looks mostly at phrases that open a sentence.
 */

import { checkCues } from "./checkCues";
import { turnCues } from "./turnCues";
import { workCues } from "./workCues";

/** Classes of cue phrases. `filler` words only carry a sentence opening further ("Okay, so …"). */
export const cueClasses = [
  "filler",
  "intent",
  "verify",
  "affirm",
  "backtrack",
  "wait",
  "error",
  "switch",
  "option",
  "hesitation",
  "doubt",
  "lookBack",
  "recall",
  "so",
  "contrast",
  "conclude",
  "answer",
  "plan",
  "sequence",
  "derive",
  "suppose",
  "setup",
  "premise",
  "trial",
] as const;
export type CueClass = (typeof cueClasses)[number];

/** Phrases of one class. */
export interface CueSet {
  readonly en: readonly string[];
  readonly zh: readonly string[];
}

/** The table of phrases by class. */
export const cueTable: Readonly<Record<CueClass, CueSet>> = { ...workCues, ...checkCues, ...turnCues };
