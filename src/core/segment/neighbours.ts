/** Functions of pieces in the light of what stands beside them: single sentences are labelled, steps are read together. */
import type { StepFunction } from "../analysis";
import { cueBits } from "./cues";
import { checking, isFixed, type Piece, turning, turnsAround } from "./pieces";
import type { Sentence } from "./sentences";

/** Sets the functions of pieces by their neighbours, in place. Linear. */
export function settleNeighbours(text: string, sentences: readonly Sentence[], pieces: readonly Piece[]): void {
  absorbTiny(text, sentences, pieces);
  settleObjections(text, pieces);
  settleUnannounced(sentences, pieces);
  joinChecks(sentences, pieces);
  bridgeChecks(pieces);
}

/** A run of this many code units or fewer does not stand alone inside a paragraph. */
const tinyRun = 24;

/** Cues of a tiny sentence that only leads over to the next, and cues of one that says something itself. */
const introducing = cueBits(
  "wait",
  "hesitation",
  "doubt",
  "intent",
  "verify",
  "contrast",
  "backtrack",
  "error",
  "switch",
  "sequence",
  "plan",
);
const stating = cueBits("affirm", "so", "conclude", "answer", "derive");
/** Cues by which a check, a doubt or a turn says that it is one. */
const announcing = cueBits(
  "wait",
  "backtrack",
  "switch",
  "verify",
  "error",
  "affirm",
  "hesitation",
  "doubt",
  "contrast",
  "premise",
  "option",
);

/**
 * A tiny sentence that leads over shares the function of what follows it in its paragraph. "Hmm." takes that of the next sentence; so does a turn or an
 * announced check before another such sentence; before work, "Let me check." and "Wait, no." make the next sentence part of the check or turn.
 */
function absorbTiny(text: string, sentences: readonly Sentence[], pieces: readonly Piece[]): void {
  for (let i = pieces.length - 2; i >= 0; i--) {
    const piece = pieces[i];
    const next = pieces[i + 1];
    if (!piece || !next || isFixed(piece) || isFixed(next) || next.forced) continue;
    if ((piece.cues & introducing) === 0 || (piece.cues & stating) !== 0 || piece.function === next.function) continue;
    if (sentences[next.sentence]?.paragraphStart || sentences[piece.sentence]?.kind !== "sentence") continue;
    if (piece.end - piece.start > 2 * tinyRun || !isTiny(text, piece)) continue;
    if (pieces[i - 1]?.function === piece.function && sentences[piece.sentence]?.paragraphStart === false) continue;
    const leads = checking.has(piece.function) && !checking.has(next.function) && (piece.cues & turning) !== 0;
    if (leads) next.function = piece.function;
    else piece.function = next.function;
  }
}

/** A Chinese character says as much as three letters. */
function isTiny(text: string, piece: Piece): boolean {
  let size = 0;
  for (const character of text.slice(piece.start, piece.end).trim()) size += character > "\u2e7f" ? 3 : 1;
  return size <= tinyRun;
}

/** Functions that go over into one another: a step of work is seldom purely one of them. */
const working: ReadonlySet<StepFunction> = new Set<StepFunction>(["setup", "plan", "recall", "derive", "conclude"]);

/** Cues that make an objection a doubt, a check or a turn. */
const doubting = cueBits("wait", "backtrack", "switch", "verify", "error", "affirm", "hesitation", "doubt", "premise", "option");
const objecting = cueBits("contrast");
/** Below this confidence an objection without any of them is the argument going on. */
const plainObjection = 0.7;

/** "But since b is positive, …" goes on with the argument: it asks nothing, and turns nowhere. */
function settleObjections(text: string, pieces: readonly Piece[]): void {
  for (let i = 1; i < pieces.length; i++) {
    const piece = pieces[i]!;
    const before = pieces[i - 1]!;
    if (!checking.has(piece.function) || piece.confidence >= plainObjection || piece.forced) continue;
    if ((piece.cues & objecting) === 0 || (piece.cues & doubting) !== 0 || asks(text, piece)) continue;
    piece.function = working.has(before.function) && before.function !== "conclude" ? before.function : "derive";
  }
}

/** Below this confidence a check that nothing announces is the work going on. */
const plainCheck = 0.6;

/** "174 + 110 = 284" amid a calculation is no check of it; what starts a paragraph may be one. */
function settleUnannounced(sentences: readonly Sentence[], pieces: readonly Piece[]): void {
  for (let i = 1; i < pieces.length; i++) {
    const piece = pieces[i]!;
    if (piece.function !== "verify" || pieces[i - 1]!.function !== "derive" || piece.confidence >= plainCheck || piece.forced) continue;
    if ((piece.cues & announcing) === 0 && sentences[piece.sentence]?.paragraphStart === false) piece.function = "derive";
  }
}

/** Code units at the end of a piece among which a question mark ends it. */
const endReach = 8;

/** True when the piece ends in a question mark. */
const asks = (text: string, piece: Piece): boolean =>
  /[?？]["'”’)）*_\s]*$/.test(text.slice(Math.max(piece.start, piece.end - endReach), piece.end));

/** What carries a check or a turn on without turning again is part of it: a check or a turn has one start. A doubt before it stays a doubt. */
function joinChecks(sentences: readonly Sentence[], pieces: readonly Piece[]): void {
  for (let i = 1; i < pieces.length; i++) {
    const before = pieces[i - 1]!;
    const piece = pieces[i]!;
    if (piece.function === before.function || !checking.has(piece.function) || !checking.has(before.function)) continue;
    if (before.function === "doubt") continue;
    if (turnsAround(piece) || piece.forced || sentences[piece.sentence]?.paragraphStart) continue;
    piece.function = before.function;
  }
}

/** Pieces of work that a check may hold between its announcement and the words that close it. */
const longestBridge = 8;
const bridged: ReadonlySet<StepFunction> = new Set<StepFunction>(["derive", "recall"]);

/** The work between a check and words that go on with it or close it ("Yes, that's correct") is part of the check. */
function bridgeChecks(pieces: readonly Piece[]): void {
  let last = -1;
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i]!;
    if (piece.function === "verify") {
      if (last >= 0 && i - last > 1 && i - last - 1 <= longestBridge && !turnsAround(piece))
        for (let k = last + 1; k < i; k++) pieces[k]!.function = "verify";
      last = i;
    } else if (!bridged.has(piece.function) || piece.forced || turnsAround(piece)) last = -1;
  }
}
