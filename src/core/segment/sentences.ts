/** Lossless division of a text into sentences, in one linear pass. */
import { codeUnits } from "../codeUnits";
import type { Span } from "../trace";
import { type Block, blockAt, type SentenceKind } from "./blocks";
import { Seeker, skipInline } from "./inline";
import { breaksLine, endsSentence, turnInitials, turnsAt } from "./sentenceEnd";

/** The atom of segmentation; offsets are UTF-16 code units in the divided text. White space after a sentence belongs to it. */
export interface Sentence extends Span {
  readonly kind: SentenceKind;
  /** 0-based number of its paragraph (paragraphs are separated by blank lines). */
  readonly paragraph: number;
  readonly paragraphStart: boolean;
}

const newline = 10;

/** ASCII and common Unicode white space, the line ends included. */
export function isSpace(code: number): boolean {
  return (
    code === 32 ||
    (code >= 9 && code <= 13) ||
    code === 0xa0 ||
    code === 0x3000 ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0xfeff
  );
}

/**
 * Divides a text into sentences that tile it: the first starts at 0, each starts where the one before ends, the last ends at the text's length.
 * An empty text gives none. Never divides inside maths, code, tables, headings or tags. Any string is valid, lone surrogates included.
 */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  const seeker = new Seeker(text);
  const units = codeUnits(text);
  const length = text.length;
  let start = 0;
  let paragraph = 0;
  let paragraphStart = true;
  let lineStart = true;
  while (start < length) {
    let content = start;
    while (content < length && isSpace(units[content]!)) content++;
    const block: Block | undefined = content < length ? blockAt(text, content, lineStart, seeker) : undefined;
    const atomEnd: number = block?.whole ? block.end : proseEnd(text, units, content, block ? block.end : content, seeker);
    let end = atomEnd;
    let newlines = 0;
    for (; end < length; end++) {
      const unit = units[end]!;
      if (!isSpace(unit)) break;
      if (unit === newline) newlines++;
    }
    sentences.push({ start, end, kind: block?.kind ?? "sentence", paragraph, paragraphStart });
    lineStart = newlines > 0 || units[atomEnd - 1] === newline;
    paragraphStart = newlines > 1;
    if (paragraphStart) paragraph++;
    start = end;
  }
  return sentences;
}

/** What to do at a unit: pass on, look whether a word that turns round begins, pass over maths, code or a tag whole, end a line, end a sentence. */
const actions = { pass: 0, turn: 1, inline: 2, line: 3, mark: 4 } as const;
const actionOf = new Uint8Array(0x10000);
for (const initial of turnInitials) actionOf[initial] = actions.turn;
actionOf[newline] = actions.line;
for (const sign of "$\\`<") actionOf[sign.charCodeAt(0)] = actions.inline;
for (const sign of ".!?\u3002\uff01\uff1f\uff1b") actionOf[sign.charCodeAt(0)] = actions.mark;

/** End of the sentence whose content starts at `content`; scanning begins at `from`. */
function proseEnd(text: string, units: Uint16Array, content: number, from: number, seeker: Seeker): number {
  const length = text.length;
  // Where the stretch began that is read unit by unit.
  let begun = Math.max(from, content + 1);
  let at = from;
  for (; at < length; at++) {
    const action = actionOf[units[at]!]!;
    if (action === actions.pass) continue;
    if (action === actions.turn) {
      if (at > begun && turnsAt(text, units, at - 1)) return at - 1;
    } else if (action === actions.line) {
      if (breaksLine(units, length, content, at)) return at;
    } else if (action === actions.mark) {
      const end = endsSentence(text, units, content, at);
      if (end > at) return end;
    } else {
      const skipped = skipInline(text, at, seeker);
      if (skipped <= at) continue;
      begun = Math.max(begun, skipped);
      at = skipped - 1;
    }
  }
  return length;
}
