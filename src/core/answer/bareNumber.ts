/** Numbers in running text that stand by themselves, told from those inside an expression by the signs beside them. Linear, no reading. */
import { unitAt } from "../codeUnits";

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;
const star = 0x2a;
const isSpace = (unit: number): boolean => unit === 32 || unit === 0x202f || unit === 0xa0;

/** Signs that join a number to what stands before it. Two stars are emphasis. */
const joinsBefore = new Set(Array.from("+*/^_×·÷<>≤≥!", (sign) => sign.charCodeAt(0)));
/** Signs that join a number to what follows, when an operand does. */
const joinsAfter = new Set(Array.from("+*/^×·÷-−<>≤≥,", (sign) => sign.charCodeAt(0)));

function isOperand(unit: number): boolean {
  return isDigit(unit) || unit === 0x28 || unit === 0x221a || unit === 0x3c0;
}

/** Operators written as commands after a number. */
const operators = /\\(?:cdot|times|div|pm|sqrt|left|pi|cap|cup|leq?|geq?|lt|gt)(?![a-zA-Z])/y;

function skipSpace(text: string, from: number, step: 1 | -1): number {
  let at = from;
  while (isSpace(unitAt(text, at))) {
    at += step;
  }
  return at;
}

function joinedBefore(text: string, at: number): boolean {
  let before = skipSpace(text, at - 1, -1);
  if (unitAt(text, before) === 0x7b) {
    before -= 1;
  }
  const unit = unitAt(text, before);
  if (unit === star && unitAt(text, before - 1) === star) {
    return false;
  }
  return joinsBefore.has(unit) || (isDigit(unit) && before === at - 1);
}

function joinedAfter(text: string, from: number): boolean {
  const at = skipSpace(text, from, 1);
  const unit = unitAt(text, at);
  if (unit === 0x7d) {
    return unitAt(text, at + 1) === 0x7b;
  }
  if (unit === 0x5c) {
    operators.lastIndex = at;
    return operators.test(text);
  }
  if (unit === 0x5e) {
    return !text.startsWith("\\circ", at + 1) && !text.startsWith("{\\circ", at + 1);
  }
  return (isOperand(unit) && at === from) || (joinsAfter.has(unit) && isOperand(unitAt(text, skipSpace(text, at + 1, 1))));
}

/** False for a number at `text[at, end)` that is certainly a part of an expression, an exponent or an index: "3" in "x^3", "3 + 4", "3(x". */
export function standsBare(text: string, at: number, end: number): boolean {
  return !joinedBefore(text, at) && !joinedAfter(text, end);
}
