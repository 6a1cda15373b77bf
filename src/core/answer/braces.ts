/** Balanced braces and `\boxed{}` in LaTeX that may be broken. All offsets are UTF-16 code units in the text given. */
import type { Span } from "../trace";

/** A box longer than this is not an answer; the limit keeps a text of nothing but opening braces linear. */
const maxGroup = 2000;

/**
 * Offset of the brace that closes the one at `open`, or -1 when none does within 2,000 code units or `end`. Escaped braces do not count.
 */
export function closingBrace(text: string, open: number, end = text.length): number {
  const limit = Math.min(end, text.length, open + maxGroup);
  let depth = 0;
  for (let at = open; at < limit; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x5c) {
      at += 1;
    } else if (unit === 0x7b) {
      depth += 1;
    } else if (unit === 0x7d) {
      depth -= 1;
      if (depth === 0) {
        return at;
      }
    }
  }
  return -1;
}

/** A box: the span is its content, `outerStart`/`outerEnd` the whole command. */
export interface Box extends Span {
  readonly outerStart: number;
  readonly outerEnd: number;
}

const boxCommand = /(?:boxed|fbox|framebox)\s?(?=[{\w\\-])/y;
/** How far before "box" the name of the command may start. */
const nameLeads = [0, 1, 5];

/** Offset after the command whose name holds the "box" at `at`, and of its first backslash; undefined when it is no command. */
function commandAt(text: string, at: number): { readonly start: number; readonly end: number } | undefined {
  const name = at - (nameLeads.find((lead) => text[at - lead - 1] === "\\") ?? Number.NaN);
  boxCommand.lastIndex = name;
  return Number.isNaN(name) || !boxCommand.test(text)
    ? undefined
    : { start: name - (text[name - 2] === "\\" ? 2 : 1), end: boxCommand.lastIndex };
}

function boxAt(text: string, start: number, argument: number): Box | undefined {
  if (text[argument] === "{") {
    const close = closingBrace(text, argument);
    return close < 0 ? undefined : { start: argument + 1, end: close, outerStart: start, outerEnd: close + 1 };
  }
  const word = /^\\?-?[\w.]+/.exec(text.slice(argument, argument + 40));
  return word ? { start: argument, end: argument + word[0].length, outerStart: start, outerEnd: argument + word[0].length } : undefined;
}

/** All boxes in order, the outer one where boxes are nested. Boxes that never close are left out. */
export function findBoxes(text: string): Box[] {
  const boxes: Box[] = [];
  let end = 0;
  for (let at = text.indexOf("box"); at >= 0; at = text.indexOf("box", at + 3)) {
    const command = at < end ? undefined : commandAt(text, at);
    const box = command && boxAt(text, command.start, command.end);
    if (box) {
      boxes.push(box);
      end = box.outerEnd;
    }
  }
  return boxes;
}

/** What may stand between two boxes that together are one answer: signs, spacing, "and", "or", "for part (a)". */
const boxGlue =
  /^(?:[\s,;.&+$()[\]]|\\[()[\]]|\\(?:q?quad|[,;:! ]|text|mathrm|mbox|textbf)|[{}]|\b(?:and|or|for|part)\b|\([a-z]\)|和|或|、|\uff0c)*$/;

/** Boxes with nothing but separators between them, as one group each. */
export function groupBoxes(text: string, boxes: readonly Box[]): (readonly Box[])[] {
  const groups: Box[][] = [];
  let last: Box | undefined;
  for (const box of boxes) {
    const gap = last ? text.slice(last.outerEnd, box.outerStart) : "";
    const joins = last !== undefined && gap.length <= 40 && !/[.。]\s|\n\s*\n/.test(gap) && boxGlue.test(gap);
    const group = groups.at(-1);
    if (joins && group) {
      group.push(box);
    } else {
      groups.push([box]);
    }
    last = box;
  }
  return groups;
}
