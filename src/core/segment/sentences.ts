/** Lossless division of a text into sentences, in one linear pass. */
import { codeUnits } from "../codeUnits";
import type { Span } from "../trace";
import { type Block, blockAt } from "./blocks";
import { Seeker, skipInline } from "./inline";
import { breaksLine, endsSentence, turnsAt } from "./sentenceEnd";

/** What a sentence is. Everything but `sentence` is one atom that is never divided. */
export type SentenceKind = "sentence" | "display-math" | "code" | "list-item" | "table" | "heading" | "tag";

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
  const length = text.length;
  let start = 0;
  let paragraph = 0;
  let paragraphStart = true;
  let lineStart = true;
  while (start < length) {
    let content = start;
    while (content < length && isSpace(text.charCodeAt(content))) content++;
    const block: Block | undefined = content < length ? blockAt(text, content, lineStart, seeker) : undefined;
    const atomEnd: number = block?.whole ? block.end : proseEnd(text, content, block ? block.end : content, seeker);
    let end = atomEnd;
    let newlines = 0;
    for (; end < length; end++) {
      const code = text.charCodeAt(end);
      if (!isSpace(code)) break;
      if (code === newline) newlines++;
    }
    sentences.push({ start, end, kind: block?.kind ?? "sentence", paragraph, paragraphStart });
    lineStart = newlines > 0 || text.charCodeAt(atomEnd - 1) === newline;
    paragraphStart = newlines > 1;
    if (paragraphStart) paragraph++;
    start = end;
  }
  return sentences;
}

/** 1 for units at which a sentence may end or something is passed over whole; all others are plain. */
const stops = new Uint8Array(0x10000);
for (const sign of " \n$\\`<.!?\u3002\uff01\uff1f\uff1b") stops[sign.charCodeAt(0)] = 1;

/** End of the sentence whose content starts at `content`; scanning begins at `from`. */
function proseEnd(text: string, content: number, from: number, seeker: Seeker): number {
  const units = codeUnits(text);
  const length = text.length;
  let at = from;
  while (at < length) {
    if (stops[units[at]!] === 0) {
      at++;
      continue;
    }
    const skipped = skipInline(text, at, seeker);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    if (text.charCodeAt(at) === newline) {
      if (breaksLine(text, content, at)) return at;
      at++;
      continue;
    }
    const end = endsSentence(text, content, at);
    if (end > at) return end;
    if (at > content && turnsAt(text, at)) return at;
    at++;
  }
  return length;
}
