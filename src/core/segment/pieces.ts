/** What steps are made of: sentences, or pieces of them, each with its function. */
import type { StepFunction } from "../analysis";
import type { Part, Span } from "../trace";
import { cueBits } from "./cues";
import { isSpace } from "./sentences";

/** A sentence, or the piece of one that lies in one part of the trace, with its function. */
export interface Piece extends Span {
  readonly sentence: number;
  /** Set by its own words, then smoothed by its neighbours. */
  function: StepFunction;
  readonly confidence: number;
  /** Cue classes that open it, as bits. */
  readonly cues: number;
  /** True where a step must start whatever the functions are. */
  readonly forced: boolean;
}

const fixedFunctions: Readonly<Partial<Record<Part["kind"], StepFunction>>> = { "tool-call": "tool-call", observation: "observation" };

/** Cuts pieces where a tool call or an observation starts or ends, and gives them that function; white space left between stays with what is before it. */
export function cutAtParts(text: string, pieces: readonly Piece[], parts: readonly Part[]): readonly Piece[] {
  if (!parts.some((part) => fixedFunctions[part.kind])) return pieces;
  const cut: Piece[] = [];
  let p = 0;
  for (const piece of pieces) {
    let start = piece.start;
    while (start < piece.end) {
      while (p < parts.length - 1 && (parts[p]?.end ?? 0) <= start) p++;
      const part = parts[p];
      const fixed = part && fixedFunctions[part.kind];
      const end = part && part.end > start ? Math.min(piece.end, part.end) : piece.end;
      const forced = part !== undefined && part.start === start;
      const before = cut.at(-1);
      if (before && isBlank(text, start, end)) cut[cut.length - 1] = { ...before, end };
      else cut.push(fixed ? { ...piece, start, end, function: fixed, confidence: 1, cues: 0, forced } : { ...piece, start, end, forced });
      start = end;
    }
  }
  return cut;
}

function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isSpace(text.charCodeAt(at))) return false;
  return true;
}

/** A tool call or an observation, which nothing beside it changes. */
export function isFixed(piece: Piece): boolean {
  return piece.function === "tool-call" || piece.function === "observation";
}

/** Functions of a check, a doubt or a turn. */
export const checking: ReadonlySet<StepFunction> = new Set<StepFunction>(["verify", "switch", "doubt"]);

/** Cues of a turn or an announced check. */
export const turning = cueBits("wait", "backtrack", "switch", "verify", "error");
/** The piece opens with a turn or announces a check. */
export const turnsAround = (piece: Piece): boolean => (piece.cues & turning) !== 0;
