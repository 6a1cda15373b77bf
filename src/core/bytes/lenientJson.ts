import type { Result } from "../result";
import { ok } from "../result";
import type { Json, Notice } from "../trace";
import { grouped } from "./grouped";
import type { ParsedRecord, ParseFailure } from "./parsedRecord";

/** Notices of one kind in full; the rest are counted in the last one. */
const noticesPerKind = 3;

/** Thrown inside the parser only, and caught at its border. */
class Stop extends Error {
  readonly failure: ParseFailure;
  constructor(code: ParseFailure["code"], message: string, at: number) {
    super(message);
    this.failure = { code, column: at + 1, message: `${message} at column ${grouped(at + 1)}` };
  }
}

/**
 * Parses JSON as {@link JSON.parse} does, and besides: `NaN`, `Infinity`, `-Infinity` and integers beyond ±2^53 become strings of the same
 * characters; a repeated key keeps its last value, the earlier ones stand under `key (1)`, `key (2)`…; raw control characters may stand in
 * strings. Each with a notice. Linear in the text; never throws.
 */
export function parseLenient(text: string, maxDepth: number): Result<ParsedRecord, ParseFailure> {
  const parser = new Parser(text, maxDepth);
  try {
    return ok({ value: parser.document(), notices: parser.notices() });
  } catch (thrown) {
    if (thrown instanceof Stop) return { ok: false, error: thrown.failure };
    return { ok: false, error: { code: "not-json", column: 1, message: "The record could not be read" } };
  }
}

const words: ReadonlyMap<string, Json> = new Map<string, Json>([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const notNumbers: ReadonlySet<string> = new Set(["NaN", "Infinity", "-Infinity"]);
const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);
const wordPattern = /-?[A-Za-z]+/y;
const numberPattern = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
/** Characters of a string up to its end, an escape or a control character. */
const plainPattern = /[^"\\\u0000-\u001f]+/y;

class Parser {
  #at = 0;
  readonly #text: string;
  readonly #maxDepth: number;
  readonly #found = new Map<Notice["kind"], { messages: string[]; more: number }>();

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  document(): Json {
    this.#skipSpace();
    if (this.#at === this.#text.length) throw new Stop("not-json", "Nothing but white space", this.#at);
    const value = this.#value(0);
    this.#skipSpace();
    if (this.#at < this.#text.length) throw new Stop("not-json", `Unexpected ${this.#here()} after the value`, this.#at);
    return value;
  }

  notices(): readonly Notice[] {
    return [...this.#found].flatMap(([kind, { messages, more }]) => {
      const last = more > 0 ? [{ kind, message: `${more} more of the same kind` }] : [];
      return [...messages.map((message) => ({ kind, message })), ...last];
    });
  }

  #value(depth: number): Json {
    if (depth > this.#maxDepth) throw new Stop("too-deep", `Nested deeper than ${this.#maxDepth} levels`, this.#at);
    const first = this.#text[this.#at];
    if (first === "{") return this.#object(depth);
    if (first === "[") return this.#array(depth);
    if (first === '"') return this.#string();
    return this.#wordOrNumber();
  }

  #object(depth: number): Json {
    const start = this.#at;
    this.#at += 1;
    const entries = new Map<string, Json>();
    this.#skipSpace();
    if (this.#take("}")) return {};
    for (;;) {
      this.#skipSpace();
      if (this.#text[this.#at] !== '"') this.#expected("a key in quotes", start, "object");
      const keyAt = this.#at;
      const key = this.#string();
      this.#skipSpace();
      if (!this.#take(":")) this.#expected(`":" after the key ${quoted(key)}`, start, "object");
      this.#skipSpace();
      if (this.#at >= this.#text.length) this.#expected("a value", start, "object");
      const value = this.#value(depth + 1);
      this.#keep(entries, key, value, keyAt);
      this.#skipSpace();
      if (this.#take("}")) break;
      if (!this.#take(",")) this.#expected('"," or "}"', start, "object");
    }
    return Object.fromEntries(entries);
  }

  #keep(entries: Map<string, Json>, key: string, value: Json, keyAt: number): void {
    const earlier = entries.get(key);
    if (earlier !== undefined) {
      let number = 1;
      while (entries.has(`${key} (${number})`)) number += 1;
      entries.set(`${key} (${number})`, earlier);
      this.#notice(
        "duplicate-key",
        `The key ${quoted(key)} is repeated at column ${keyAt + 1}; its earlier value stands under "${key} (${number})"`,
      );
    }
    entries.set(key, value);
  }

  #array(depth: number): Json {
    const start = this.#at;
    this.#at += 1;
    const items: Json[] = [];
    this.#skipSpace();
    if (this.#take("]")) return items;
    for (;;) {
      this.#skipSpace();
      if (this.#at >= this.#text.length) this.#expected("a value", start, "array");
      items.push(this.#value(depth + 1));
      this.#skipSpace();
      if (this.#take("]")) return items;
      if (!this.#take(",")) this.#expected('"," or "]"', start, "array");
    }
  }

  #string(): string {
    const start = this.#at;
    const pieces: string[] = [];
    this.#at += 1;
    for (;;) {
      const plain = this.#match(plainPattern);
      if (plain !== undefined) pieces.push(plain[0]);
      const next = this.#text[this.#at];
      if (next === undefined)
        throw new Stop("not-json", `The text ends inside the string that starts at column ${start + 1}: unterminated string`, this.#at);
      if (next === '"') break;
      pieces.push(next === "\\" ? this.#escape() : this.#control(next));
    }
    this.#at += 1;
    return pieces.join("");
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1];
    if (letter === "u") {
      const digits = this.#text.slice(this.#at + 2, this.#at + 6);
      if (!/^[\da-fA-F]{4}$/.test(digits)) throw new Stop("not-json", '"\\u" without four hexadecimal digits', this.#at);
      this.#at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const character = escapes.get(letter ?? "");
    if (character === undefined) {
      const what = letter === undefined ? "The text ends inside an escape" : `Unknown escape "\\${letter}"`;
      throw new Stop("not-json", what, this.#at);
    }
    this.#at += 2;
    return character;
  }

  #control(character: string): string {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    this.#notice("encoding", `A raw control character (U+${code}) stands in a string at column ${this.#at + 1}`);
    this.#at += 1;
    return character;
  }

  #wordOrNumber(): Json {
    const start = this.#at;
    const word = this.#match(wordPattern)?.[0];
    if (word !== undefined) {
      const value = words.get(word);
      if (value !== undefined) return value;
      if (!notNumbers.has(word)) throw new Stop("not-json", `Unexpected ${quoted(word)}`, start);
      this.#notice("number", `${word} at column ${start + 1} is not a JSON number; kept as the text "${word}"`);
      return word;
    }
    const number = this.#match(numberPattern);
    if (number === undefined) throw new Stop("not-json", `Unexpected ${this.#here()}`, start);
    return this.#number(number, start);
  }

  #number([digits, fraction, exponent]: RegExpExecArray, at: number): Json {
    const value = Number(digits);
    if (fraction !== undefined || exponent !== undefined) return value;
    if (Number.isSafeInteger(value)) return value;
    this.#notice("number", `The integer at column ${at + 1} is too large for an exact number; kept as text`);
    return digits;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#at += match[0].length;
    return match;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #skipSpace(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit !== 32 && unit !== 10 && unit !== 13 && unit !== 9) return;
      this.#at += 1;
    }
  }

  #expected(what: string, start: number, container: string): never {
    if (this.#at < this.#text.length) throw new Stop("not-json", `Expected ${what}, found ${this.#here()}`, this.#at);
    throw new Stop("not-json", `The text ends inside the ${container} that starts at column ${start + 1}`, this.#at);
  }

  #here(): string {
    const point = this.#text.codePointAt(this.#at);
    if (point === undefined) return "the end of the text";
    if (point < 32 || point === 127)
      return point === 0 ? "a NUL byte" : `the control character U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
    return quoted(String.fromCodePoint(point));
  }

  #notice(kind: Notice["kind"], message: string): void {
    const found = this.#found.get(kind);
    if (!found) this.#found.set(kind, { messages: [message], more: 0 });
    else if (found.messages.length < noticesPerKind) found.messages.push(message);
    else found.more += 1;
  }
}

const quoted = (text: string): string => `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
