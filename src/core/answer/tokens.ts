/** Normalised answers cut into tokens. */
import { closingBrace } from "./braces";
import { knownUnit } from "./units";

/** A token. `spaced` is true when white space stands before it. */
export interface Token {
  readonly type: "number" | "letter" | "command" | "word" | "sign" | "row";
  readonly text: string;
  readonly spaced: boolean;
}

/** Tokens beyond this make an answer unreadable rather than slow. */
const maxTokens = 3000;

const shape =
  /(\s*)(?:(\\\\)|\\([a-zA-Z]+)|\\([^a-zA-Z\s])|(\d+(?:\.\d+)?(?:[eE][-+]?\d+(?![\d.a-zA-Z]))?|\.\d+)|([a-zA-Z]+)|([\p{L}]+)|(<=|>=|!=|==|<>|=<|\*\*|->|=>)|(\S))/uy;

/** Words that stand for a command or separator when written plainly. */
const plainWords: Readonly<Record<string, Token["text"]>> = {
  sqrt: "sqrt",
  pi: "pi",
  Pi: "pi",
  sin: "sin",
  cos: "cos",
  tan: "tan",
  cot: "cot",
  sec: "sec",
  csc: "csc",
  arcsin: "arcsin",
  arccos: "arccos",
  arctan: "arctan",
  sinh: "sinh",
  cosh: "cosh",
  tanh: "tanh",
  log: "log",
  ln: "ln",
  exp: "exp",
  abs: "abs",
  infinity: "infty",
  inf: "infty",
  infty: "infty",
  and: "and",
  or: "or",
  in: "in",
  union: "cup",
  min: "min",
  max: "max",
  frac: "frac",
  theta: "theta",
  alpha: "alpha",
  beta: "beta",
};

const textCommands = new Set([
  "text",
  "textbf",
  "textit",
  "textrm",
  "mathrm",
  "mathbf",
  "mathit",
  "mathsf",
  "mbox",
  "hbox",
  "operatorname",
  "rm",
  "bf",
]);

function letters(run: string, spaced: boolean, mathematical: boolean): Token[] {
  const known = plainWords[run];
  if (known !== undefined) {
    return [{ type: "command", text: known, spaced }];
  }
  if (
    run.length >= 2 &&
    (!mathematical ||
      run.length > 4 ||
      knownUnit(run) !== undefined ||
      /^(?:cm|mm|km|kg|ft|mi|min|hrs?|sec|mph|lbs?|oz|ml|deg|rad|pct|mod|dm|th|st|nd|rd|per)$/.test(run))
  ) {
    return [{ type: "word", text: run, spaced }];
  }
  return [...run].map((text, i) => ({ type: "letter", text, spaced: spaced && i === 0 }));
}

/**
 * The tokens of a normalised answer; undefined when there are more than 3,000. Letter runs are words in an answer without digits or operators
 * and products of variables otherwise.
 */
export function tokenize(text: string, depth = 0): Token[] | undefined {
  const mathematical = /[\d^=+<>]|\\(?!text|mathrm|mbox|textbf|operatorname)[a-zA-Z]/.test(text);
  const tokens: Token[] = [];
  shape.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    shape.lastIndex = at;
    const match = shape.exec(text);
    if (!match || tokens.length > maxTokens) {
      return tokens.length > maxTokens ? undefined : tokens;
    }
    at = shape.lastIndex;
    const spaced = (match[1] ?? "") !== "";
    const [, , row, command, escaped, number, run, foreign, pair, sign] = match;
    if (row !== undefined) {
      tokens.push({ type: "row", text: row, spaced });
    } else if (command !== undefined && textCommands.has(command) && /^\s*\{/.test(text.slice(at, at + 3))) {
      const open = text.indexOf("{", at);
      const close = closingBrace(text, open);
      const end = close < 0 ? text.length : close;
      tokens.push(...styled(text.slice(open + 1, end), depth));
      at = end + 1;
    } else if (command !== undefined) {
      tokens.push({ type: "command", text: command, spaced });
    } else if (escaped !== undefined) {
      tokens.push({ type: "sign", text: escaped === "{" || escaped === "}" ? `\\${escaped}` : escaped, spaced });
    } else if (number !== undefined) {
      tokens.push({ type: "number", text: number, spaced });
    } else if (run !== undefined) {
      tokens.push(...letters(run, spaced, mathematical));
    } else if (foreign !== undefined) {
      tokens.push({ type: "word", text: foreign, spaced });
    } else {
      tokens.push({ type: "sign", text: pair ?? sign ?? "", spaced });
    }
  }
  return tokens;
}

/** Content of `\text{…}`: separators, a single letter, numbers and options are read; anything else is a word. */
function styled(content: string, depth: number): Token[] {
  const trimmed = content.trim();
  if (/^(?:,?\s*(?:and|or),?|,)$/.test(trimmed)) {
    return [{ type: "command", text: trimmed.includes("or") ? "or" : "and", spaced: true }];
  }
  if (depth < 3 && (/^.?[\d(]/.test(trimmed) || /^[a-zA-Z]$/.test(trimmed) || plainWords[trimmed] !== undefined)) {
    return tokenize(trimmed, depth + 1) ?? [];
  }
  return trimmed === "" ? [] : [{ type: "word", text: trimmed, spaced: true }];
}
