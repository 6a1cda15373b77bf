/** A rough cut of running text into sentences: cheap, and decimals and factorials stay whole. Offsets are UTF-16 code units. */
import { isWhiteSpace } from "../codeUnits";

const plain = 0;
const mark = 1;
const bang = 2;
const breaking = 3;

const kinds = new Uint8Array(0x10000);
for (const sign of ".?") kinds[sign.charCodeAt(0)] = mark;
kinds[0x21] = bang;
for (const sign of "\n\u3002\uff01\uff1f") kinds[sign.charCodeAt(0)] = breaking;

/** Digits and closing brackets: an exclamation mark after one is a factorial. */
const isOperand = (unit: number): boolean => (unit >= 48 && unit <= 57) || unit === 0x29 || unit === 0x7d;

const isMark = (units: Uint16Array, at: number): boolean => {
  const kind = kinds[units[at] ?? 0];
  return kind === mark || (kind === bang && !isOperand(units[at - 1] ?? 0));
};

/**
 * The end of the sentence that starts at `from` in the first `length` of these code units: after marks that white space follows, after a line break or a Chinese mark, else the text's end.
 * Each code unit is looked at once over all calls.
 */
export function roughSentenceEnd(units: Uint16Array, length: number, from: number): number {
  for (let at = from; at < length; at += 1) {
    const kind = kinds[units[at] ?? 0];
    if (kind === plain) {
      continue;
    }
    let end = at + 1;
    if (kind === breaking) {
      while (end < length && kinds[units[end] ?? 0] === breaking) {
        end += 1;
      }
      return end;
    }
    if (!isMark(units, at)) {
      continue;
    }
    while (end < length && isMark(units, end)) {
      end += 1;
    }
    if (end === length || isWhiteSpace(units[end] ?? 0)) {
      return end;
    }
    at = end - 1;
  }
  return length;
}
