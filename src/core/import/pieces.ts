import type { FieldPath, Part, PartKind, Trace } from "../trace";
import type { Found } from "./access";
import type { Facts } from "./facts";
import type { ImportContext } from "./importer";
import { type Extra, makeTrace, traceOfField, traceOfFields } from "./makeTrace";
import { TextBuilder } from "./textBuilder";
import { splitThinking, type ThinkSplit } from "./thinkTags";

/** One piece of a conversation, in order. */
export interface Piece {
  readonly kind: "system" | "user" | "reasoning" | "message" | "tool-call" | "observation";
  readonly text: string;
  readonly path: FieldPath;
  readonly name?: string | undefined;
  /** The text was made from structured data and does not stand in the file as it is. */
  readonly made?: boolean;
  /** A reference to a picture, sound or file. Always made. */
  readonly media?: boolean;
}

/**
 * The trace of pieces in order. The response is `final` or, without it, the last message when nothing follows it, with the pictures, sounds and files that stand
 * right beside it.
 */
export function traceOfPieces(context: ImportContext, facts: Facts, body: readonly Piece[], extra: Extra, final?: Found): Trace {
  const { before, rest, after } = final ? { before: [], rest: body, after: [] } : withoutMedia(body);
  const trace = traceOfTexts(context, facts, rest, extra, final);
  if (before.length + after.length === 0) return trace;
  const [ahead, behind] = [before, after].map((pieces) => pieces.map(({ text }) => text).join("\n\n"));
  // A message without a response beside it is the text itself.
  if (trace.response === "") return { ...trace, preamble: ahead ?? "", response: behind ?? "" };
  const { responsePath, ...others } = trace;
  return { ...others, response: [ahead, trace.response, behind].filter((text) => text !== "").join("\n\n") };
}

const isMedia = (piece: Piece | undefined): boolean => piece?.kind === "message" && piece.media === true;

/** Takes out the media beside the last message: those after it, and those before it unless it begins with a chain of thought. */
function withoutMedia(body: readonly Piece[]): { before: readonly Piece[]; rest: readonly Piece[]; after: readonly Piece[] } {
  let end = body.length;
  while (isMedia(body[end - 1])) end--;
  const last = body[end - 1];
  let start = end - 1;
  if (last?.kind === "message" && !last.made && splitThinking(last.text).thinking === "none") while (isMedia(body[start - 1])) start--;
  if (!last || start === end - 1) return { before: [], rest: body.slice(0, end), after: body.slice(end) };
  return { before: body.slice(start, end - 1), rest: [...body.slice(0, start), last], after: body.slice(end) };
}

function traceOfTexts(context: ImportContext, facts: Facts, body: readonly Piece[], extra: Extra, final?: Found): Trace {
  const [first, second] = final ? [] : body;
  if (body.length === 1 && first?.kind === "message" && !first.made) return traceOfField(context, facts, first, extra);
  if (first?.kind === "reasoning" && (body.length === 1 || (body.length === 2 && second?.kind === "message"))) {
    return traceOfFields(context, facts, first, second, extra);
  }
  const last = body.at(-1);
  const cut = !final && last?.kind === "message" && !last.made ? splitThinking(last.text) : undefined;
  const spoken = cut?.thinking === "none" ? last : undefined;
  const response = final ?? spoken;
  const text = new TextBuilder();
  let tagged = false;
  for (const piece of cut ? body.slice(0, -1) : body) tagged = addPiece(text, piece) || tagged;
  if (cut && last && !spoken) addCut(text, last, { ...cut, closing: "", response: "" });
  tagged = tagged || (cut !== undefined && !spoken);
  const parts: readonly Part[] = text.end().parts();
  const thinking = parts.some((part) => part.kind === "reasoning") ? (tagged ? "closed" : "field") : "none";
  const own = cut && !spoken ? { closing: cut.closing, response: cut.response } : {};
  const shown = { response: response?.text ?? "", responsePath: response?.path, ...own };
  return makeTrace(context, facts, { text: text.text(), parts, thinking, ...shown }, extra);
}

/** Adds a piece and a blank line after it; a message with tags is cut at them. True when it was. */
function addPiece(text: TextBuilder, piece: Piece): boolean {
  const glue = piece.text.endsWith("\n") ? "\n" : "\n\n";
  const speaker = piece.kind === "user" || piece.kind === "system" ? piece.kind : undefined;
  if (piece.made) {
    const name = speaker ?? piece.name;
    text.addMade(piece.text, piece.path, madeKind(piece), { glue, ...(name === undefined ? {} : { name }) });
    return false;
  }
  if (piece.kind === "user" || piece.kind === "system") {
    text.add(piece.text, piece.path, "observation", { glue, name: piece.kind });
    return false;
  }
  const split = piece.kind === "message" ? splitThinking(piece.text) : undefined;
  if (!split || split.opening + split.closing === "" || split.thinking === "none") {
    text.add(piece.text, piece.path, piece.kind, { glue, ...(piece.name !== undefined && { name: piece.name }) });
    return false;
  }
  addCut(text, piece, split, glue);
  return true;
}

const madeKind = ({ kind, media }: Piece): PartKind => (kind === "tool-call" || (kind === "message" && media) ? kind : "observation");

/** Adds a message cut at its tags. */
function addCut(text: TextBuilder, piece: Piece, split: ThinkSplit, glue = ""): void {
  const cuts = [
    { value: split.preamble, kind: "message" as const },
    { value: split.opening, kind: "tag" as const },
    ...split.parts.map((part) => ({ value: split.text.slice(part.start, part.end), kind: part.kind })),
    { value: split.closing, kind: "tag" as const },
    { value: split.response, kind: "message" as const },
  ].filter((cut) => cut.value !== "");
  let fieldStart = 0;
  cuts.forEach((cut, i) => {
    text.add(cut.value, piece.path, cut.kind, { fieldStart, ...(i === cuts.length - 1 && { glue }) });
    fieldStart += cut.value.length;
  });
}
