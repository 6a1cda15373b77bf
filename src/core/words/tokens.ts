import { codeUnits } from "../codeUnits";
import type { Trace } from "../trace";
import { classOfUnit, letterOfUnit, unitClasses } from "./classes";
import { baseVocabulary, checkSeed, hashSeed, nextCheck, nextHash, Vocabulary } from "./vocabulary";

/** What a token is. A command is a backslash and letters; a grouped number has commas between its digits: `1,000`. */
export const tokenKinds = { word: 0, number: 1, operator: 2, cjk: 3, command: 4, grouped: 5 } as const;

/**
 * Every word, number, sign and LaTeX command of a text in columns, in order; white space, brackets and punctuation stand between them. Ids are those
 * of the {@link Vocabulary} that read it, without case: a command has the id of its letters, a grouped number that of its digits. The columns are
 * longer than `count`.
 */
export interface Tokens {
  readonly text: string;
  readonly count: number;
  readonly ids: Int32Array;
  /** UTF-16 offsets in the text. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly kinds: Uint8Array;
}

const { other, letter, digit, operator, backslash } = unitClasses;

const point = 0x2e;
const comma = 0x2c;

/** True where the comma at `at` stands before a group of exactly three digits. */
const groupsDigits = (units: Uint16Array, at: number): boolean =>
  classOfUnit[units[at + 1]!] === digit &&
  classOfUnit[units[at + 2]!] === digit &&
  classOfUnit[units[at + 3]!] === digit &&
  classOfUnit[units[at + 4]!] !== digit;

/** Columns of tokens or words. */
export interface Columns {
  readonly ids: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly kinds: Uint8Array;
}

/** Fresh columns of `size` rows. */
export const columnsOf = (size: number): Columns => ({
  ids: new Int32Array(size),
  starts: new Int32Array(size),
  ends: new Int32Array(size),
  kinds: new Uint8Array(size),
});

/** Larger columns are made anew for each use. */
const mostKept = 1 << 19;

/** Columns kept from use to use: making fresh ones for every trace costs more than filling them. What {@link take} gives holds until the next call. */
export class KeptColumns {
  #kept = columnsOf(64);

  /** Columns of `size` rows or more with anything in them. */
  take(size: number): Columns {
    if (size > mostKept) return columnsOf(size);
    if (size > this.#kept.ids.length) this.#kept = columnsOf(Math.min(mostKept, size * 2));
    return this.#kept;
  }
}

/** Code units a token is assumed to take when room is made; formulas need more and get it. */
const unitsPerToken = 3;

const grown = (columns: Columns): Columns => {
  const larger = columnsOf(columns.ids.length * 2 + 64);
  larger.ids.set(columns.ids);
  larger.starts.set(columns.starts);
  larger.ends.set(columns.ends);
  larger.kinds.set(columns.kinds);
  return larger;
};

/**
 * Cuts a text into tokens, adding new words to `vocabulary`. One pass. Any string is valid, lone surrogates included. The columns are new, or those of
 * `memory`.
 */
export const readTokens = (text: string, vocabulary: Vocabulary, memory?: KeptColumns): Tokens => {
  const units = codeUnits(text);
  const { length } = text;
  const expected = Math.ceil(length / unitsPerToken) + 16;
  let columns = memory ? memory.take(expected) : columnsOf(expected);
  let { ids, starts, ends, kinds } = columns;
  let count = 0;
  // The units after the text are zeros, of class `other`: no run goes on past its end.
  for (let at = 0; at < length; ) {
    let unit = units[at]!;
    const first = classOfUnit[unit]!;
    const start = at++;
    if (first === other) continue;
    let hash = hashSeed;
    let check = checkSeed;
    let kind: number;
    if (first === letter || first === backslash) {
      kind = tokenKinds.word;
      if (first === backslash) {
        unit = units[at]!;
        if (classOfUnit[unit] !== letter) continue;
        kind = tokenKinds.command;
        at++;
      }
      for (let code = letterOfUnit[unit]!; code !== 0; code = letterOfUnit[units[at++]!]!) {
        hash = nextHash(hash, code);
        check = nextCheck(check, code);
      }
      at--;
    } else if (first === digit) {
      kind = tokenKinds.number;
      hash = nextHash(hash, unit);
      check = nextCheck(check, unit);
      for (;;) {
        unit = units[at]!;
        if (classOfUnit[unit] !== digit) {
          if (unit === comma && groupsDigits(units, at)) {
            kind = tokenKinds.grouped;
            at++;
            continue;
          }
          if (unit !== point || classOfUnit[units[at + 1]!] !== digit) break;
        }
        hash = nextHash(hash, unit);
        check = nextCheck(check, unit);
        at++;
      }
    } else {
      kind = first === operator ? tokenKinds.operator : tokenKinds.cjk;
      hash = nextHash(hash, unit);
      check = nextCheck(check, unit);
    }
    if (count === ids.length) {
      columns = grown(columns);
      ({ ids, starts, ends, kinds } = columns);
    }
    ids[count] = vocabulary.idOf(hash, check);
    starts[count] = start;
    ends[count] = at;
    kinds[count] = kind;
    count++;
  }
  return { text, count, ids, starts, ends, kinds };
};

/** A trace's question and text as tokens of one vocabulary. */
export interface TraceTokens {
  readonly vocabulary: Vocabulary;
  readonly question: Tokens;
  readonly text: Tokens;
}

/** Reads the tokens of a question and a text, question first. Linear in both. */
export const readTraceTokens = ({ question, text }: Pick<Trace, "question" | "text">): TraceTokens => {
  const vocabulary = new Vocabulary(baseVocabulary);
  return { vocabulary, question: readTokens(question, vocabulary), text: readTokens(text, vocabulary) };
};

const kept = { vocabulary: new Vocabulary(), question: new KeptColumns(), text: new KeptColumns() };

/** {@link readTraceTokens} in memory that is used again: what it gives holds until the next call. */
export const borrowTraceTokens = ({ question, text }: Pick<Trace, "question" | "text">): TraceTokens => {
  const { vocabulary } = kept;
  vocabulary.startFrom(baseVocabulary);
  return { vocabulary, question: readTokens(question, vocabulary, kept.question), text: readTokens(text, vocabulary, kept.text) };
};
