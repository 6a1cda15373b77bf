/** Answers that a text announces: by a box, a phrase, a tag. */
import type { Candidate } from "../analysis";
import type { Span } from "../trace";
import { type Box, findBoxes, groupBoxes } from "./braces";
import { cleanSpan } from "./clean";
import { type Phrase, phrases } from "./phrases";
import { sectionAnswer } from "./section";
import { asAnswer, readValue } from "./value";

/** An answer and where it stands. */
export interface Found extends Span {
  readonly answer: string;
  readonly form: Candidate["form"];
}

/** Boxed answers in order; adjacent boxes are one. */
export function boxedAnswers(text: string): Found[] {
  return groupBoxes(text, findBoxes(text)).flatMap((group: readonly Box[]) => {
    const spans = group.map((box) => cleanSpan(text, box) ?? box);
    const answer = spans.map((span) => text.slice(span.start, span.end).trim()).join(", ");
    const [first, last] = [spans[0], spans.at(-1)];
    return first && last && answer !== "" ? [{ start: first.start, end: last.end, answer, form: "boxed" as const }] : [];
  });
}

/** Where a phrase may start, ascending. */
function startsOf(text: string, signs: Phrase["signs"]): number[] {
  const starts: number[] = [];
  for (const [literal, lead] of signs) {
    for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) {
      starts.push(at - lead);
    }
  }
  return signs.length > 1 ? starts.sort((a, b) => a - b) : starts;
}

/** Answers after a phrase, in order. */
export function phraseAnswers(text: string, { signs, pattern, form, section }: Phrase): Found[] {
  const found: Found[] = [];
  let end = 0;
  for (const start of startsOf(text, signs)) {
    if (start < end) {
      continue;
    }
    pattern.lastIndex = start;
    if (!pattern.test(text)) {
      continue;
    }
    end = pattern.lastIndex;
    const solution = section ? sectionAnswer(text, end) : undefined;
    const value = solution ? undefined : readValue(text, end);
    const span = value ? asAnswer(text, value) : solution;
    if (span) {
      found.push({ start: span.start, end: span.end, answer: text.slice(span.start, span.end), form });
    }
  }
  return found;
}

/** The last one's answer. */
function lastOf(found: readonly Found[]): string | undefined {
  return found.at(-1)?.answer;
}

/** Without one of these a text announces nothing. */
const announcers = /box|answer|result|solution|value|option|choice|####?|\u7b54\u6848|\u7ed3\u679c|\u9009/i;

/** False for a text that certainly announces no answer, at the cost of one scan. */
export function mayAnnounce(text: string): boolean {
  return announcers.test(text);
}

/** The answer a text announces by a box, a phrase or a tag, in the order of trust, the last of its kind; undefined when it announces none. */
export function announcedAnswer(text: string): string | undefined {
  const boxed = lastOf(boxedAnswers(text));
  if (boxed !== undefined) {
    return boxed;
  }
  for (const phrase of phrases) {
    const answer = lastOf(phraseAnswers(text, phrase));
    if (answer !== undefined) {
      return answer;
    }
  }
  return jsonAnswer(text);
}

/** Answer in a JSON object that stands in the text as a string: `"answer": "42"`. */
function jsonAnswer(text: string): string | undefined {
  if (!text.includes('answer"')) {
    return undefined;
  }
  const match = [...text.matchAll(/"(?:final_)?answer"\s*:\s*(?:"((?:[^"\\]|\\.){1,400})"|(-?[\d.]+|true|false))/g)].at(-1);
  return match?.[1] ?? match?.[2];
}
