/**
 * Concluding sentences and right-hand sides: which of them state an answer. An intermediate result ("so x = 3, now y…") does not; a conclusion
 * about what the question asks does, and so does any right-hand side that equals an answer known already.
 */

import { codeUnits } from "../codeUnits";
import type { Span } from "../trace";
import { mayBeValue, wordsBetween } from "./glance";
import { type Known, knownAnswers, operations } from "./known";
import { answerNoun, conclusionCue, plainNoun } from "./phrases";
import { isSpace, roughSentenceEnd } from "./roughSentences";
import { asAnswer, readValue } from "./value";
import { type Verb, verbsIn } from "./verbs";

/** What is known when conclusions are judged. */
export interface ConclusionContext {
  readonly known: readonly string[];
  readonly question: string;
  /** Accept every concluding sentence: for a short response rather than a chain of thought. */
  readonly lenient?: boolean;
}

interface Conclusion extends Span {
  readonly answer: string;
  readonly form: "equation";
}

/** The part of a question that says what is asked, as lower-case words of four letters or more. */
function askedWords(question: string): Set<string> {
  const clauses = question
    .slice(-600)
    .split(/(?<=[.?。\uff1f])\s|(?=\b(?:find|what|how many|how much|determine|compute|calculate|evaluate)\b)/i);
  const asking = clauses.filter((clause) =>
    /\b(?:find|what|how|determine|compute|calculate|evaluate|which|who|when|where|express)\b|求|多少/i.test(clause),
  );
  return new Set((asking.at(-1) ?? clauses.at(-1) ?? "").toLowerCase().match(/\p{L}{4,}/gu) ?? []);
}

function sharesAsked(subject: string, asked: ReadonlySet<string>): boolean {
  const words = subject.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  const shared = new Set(words.filter((word) => asked.has(word)));
  return shared.size >= 2 || (shared.size === 1 && words.length <= 4);
}

/** Longer sentences are no prose; nothing is looked for in them. */
const longestSentence = 1500;

/** A verb or sign in a sentence and the value after it. */
interface Stated {
  readonly value: Span;
  readonly answer: string;
  readonly verb: Verb;
}

/** Code units before a verb in which its subject stands. */
const subjectReach = 120;

/** The words before the verb or sign. */
function subjectOf(text: string, start: number, at: number): string {
  return (
    text
      .slice(Math.max(start, at - subjectReach), at)
      .split(/[,;:\uff0c\uff1b\uff1a]|\b(?:when|if|at|for|since|because|that)\b/)
      .at(-1) ?? ""
  );
}

/** Nothing follows in the sentence but signs. */
const closes = (text: string, from: number, end: number): boolean =>
  /^(?:[\s$.!。*)\]}\uff01]|\\[)\]]|\\text\{[^}]*\}|degrees|\^\\circ|°)*$/.test(text.slice(from, end));

/** More words than a unit has: its numbers are not its value ("between 0 and 1"). */
function isSentence(value: string): boolean {
  return (
    (value.replace(/\\[a-zA-Z]+(?:\{[^{}]*\})?/g, "").match(/[a-z]{2,}/g) ?? []).length > 2 ||
    /\b(?:between|or|not|than|only|mod)\b|\b(?:half|thirds?|fourths?|quarters?|fifths?|tenths?|percent) of\b/.test(value)
  );
}

/** A value that answers: short, computed, no participle ("approaching 0"), no variable left. */
function isCrisp(value: string): boolean {
  const letters = value.replace(/\\[a-zA-Z]+|\b[a-zA-Z]{2,}\b/g, "");
  return (
    value.length <= 60 &&
    !/^[a-z]+(?:ing|ed)\b|^(?:at|less|more|greater|between|equal|only)\b/i.test(value) &&
    /\d|\\(?:pi|sqrt|frac)|^[A-Z]\b|π|√/.test(value) &&
    !/[a-zA-Z]/.test(letters.replace(/^[A-Z]$|(?<=\d)i\b/, "")) &&
    operations(value) <= 1
  );
}

/** How concluding sentences may start; a cheap test before the pattern. */
const openers =
  "okay ok alright wait hmm and but yes yeah again so thus therefore hence consequently in to finally overall this that which giving we i putting";
const signOpeners = "∴\\所因故综于从那总最";

const lower = (unit: number): number => (unit >= 65 && unit <= 90 ? unit + 32 : unit);

/** 1 for a unit that an opener may start with, by its first two units for words: 1 + a table of pairs. */
const firstUnits = new Uint8Array(0x10000);
const pairs = new Uint8Array(128 * 128);
for (const opener of openers.split(" ")) {
  firstUnits[opener.charCodeAt(0)] = 2;
  firstUnits[opener.charCodeAt(0) - 32] = 2;
  pairs[opener.charCodeAt(0) * 128 + (opener.length > 1 ? opener.charCodeAt(1) : 0)] = 1;
}
for (const sign of signOpeners) firstUnits[sign.charCodeAt(0)] = 1;

/** True when an opener may start at `at`. */
function mayOpen(units: Uint16Array, at: number): boolean {
  const first = units[at] ?? 0;
  if (firstUnits[first] !== 2) {
    return firstUnits[first] === 1;
  }
  const second = lower(units[at + 1] ?? 0);
  return pairs[lower(first) * 128 + (second >= 97 && second <= 122 ? second : 0)] === 1;
}

/** True when the sentence from `start` opens as a conclusion does. */
function opensConclusion(text: string, units: Uint16Array, start: number, end: number): boolean {
  let from = start;
  while (from < end && from < start + 80 && isSpace(units[from] ?? 0)) {
    from += 1;
  }
  return mayOpen(units, from) && conclusionCue.test(text.slice(from, Math.min(end, start + 80)));
}

/**
 * Conclusions in order of place; sentences that hold one of `taken` (answers found otherwise, ascending) are left out. A sentence is looked at when
 * it holds what a known answer must contain, or when it opens with a concluding word. Linear in the text.
 */
export function findConclusions(text: string, context: ConclusionContext, taken: readonly Span[]): Conclusion[] {
  const units = codeUnits(text);
  const search = new ConclusionSearch(text, units, context);
  const { keys } = search;
  const found: Conclusion[] = [];
  let [nextTaken, nextKey] = [0, 0];
  let end = 0;
  for (let start = 0; start < text.length; start = end) {
    end = roughSentenceEnd(units, text.length, start);
    const firstKey = nextKey;
    while (nextKey < keys.length && (keys[nextKey] ?? 0) < end) {
      nextKey += 1;
    }
    while (nextTaken < taken.length && (taken[nextTaken]?.end ?? 0) <= start) {
      nextTaken += 1;
    }
    if ((taken[nextTaken]?.start ?? Number.POSITIVE_INFINITY) < end || end - start > longestSentence) {
      continue;
    }
    const concludes = opensConclusion(text, units, start, end);
    const conclusion =
      concludes || nextKey > firstKey ? search.conclusionIn({ start, end, concludes, firstKey, endKey: nextKey }) : undefined;
    if (conclusion) {
      found.push({ start: conclusion.value.start, end: conclusion.value.end, answer: conclusion.answer, form: "equation" });
    }
  }
  return found;
}

/** A sentence that may conclude, and which pieces of known answers stand in it: `keys[firstKey]` up to before `keys[endKey]`. */
interface Sentence extends Span {
  readonly concludes: boolean;
  readonly firstKey: number;
  readonly endKey: number;
}

/** Verbs and signs tried in a sentence, the last ones; and how far before a piece of a known answer the first of them may stand. */
const placesTried = 8;
const keyReach = 60;
/** Words between a verb and a piece of a known answer at most. */
const wordsBefore = 3;

/** Finds the value that a sentence concludes. */
class ConclusionSearch {
  /** Where pieces of known answers stand in the text, ascending. */
  readonly keys: readonly number[];
  private readonly known: Known;
  private asked: ReadonlySet<string> | undefined;
  private readonly question: string;
  private readonly noun: RegExp;
  private readonly lenient: boolean;

  constructor(
    private readonly text: string,
    private readonly units: Uint16Array,
    context: ConclusionContext,
  ) {
    this.question = context.question;
    this.known = knownAnswers(context.known, context.question);
    this.keys = this.known.places(text);
    this.noun = context.known.length === 0 ? answerNoun : plainNoun;
    this.lenient = context.lenient === true;
  }

  /** The first of the sentence's last values that is an answer. */
  conclusionIn(sentence: Sentence): Stated | undefined {
    const { start, end, concludes, firstKey, endKey } = sentence;
    const verbs = verbsIn(this.text, this.units, start, end);
    const earliest = endKey > firstKey ? (this.keys[firstKey] ?? 0) - keyReach : Number.POSITIVE_INFINITY;
    let key = firstKey;
    for (let i = Math.max(0, verbs.length - placesTried); i < verbs.length; i += 1) {
      const verb = verbs[i];
      const last = i === verbs.length - 1;
      if (!verb || !(last || verb.at >= earliest)) {
        continue;
      }
      while (key < endKey && (this.keys[key] ?? 0) < verb.end) {
        key += 1;
      }
      const own = last && concludes;
      const place = key < endKey ? (this.keys[key] ?? 0) : end;
      const near =
        place < end &&
        !isCrossed(verbs[i + 1], place) &&
        this.isNear(verb, place) &&
        (concludes || !this.known.common || hasSubject(this.units, start, verb.at));
      const stated = near || (own && this.mayConclude(verb, end)) ? this.valueOf(verb, own ? end : place, end) : undefined;
      if (stated && this.accepts(stated, sentence, last)) {
        return stated;
      }
    }
    return undefined;
  }

  /** A piece of a known answer stands near enough behind the verb to be what it says. */
  private isNear(verb: Verb, place: number): boolean {
    return place - verb.end <= this.known.reach && wordsBetween(this.units, verb.end, place, wordsBefore) <= wordsBefore;
  }

  /** A value without a piece of a known answer counts only as the sentence's own conclusion, stated by a verb. */
  private mayConclude(verb: Verb, end: number): boolean {
    return (this.lenient || verb.kind === "word") && mayBeValue(this.text, this.units, verb.end, end);
  }

  /** The value after a verb that reaches beyond `place` and ends in the sentence. */
  private valueOf(verb: Verb, place: number, end: number): Stated | undefined {
    const read = readValue(this.text, verb.end);
    if (!read || read.end > end || (read.end <= place && place < end)) {
      return undefined;
    }
    const value = asAnswer(this.text, read);
    return value && { value, answer: this.text.slice(value.start, value.end), verb };
  }

  private accepts(stated: Stated, { start, end, concludes }: Sentence, last: boolean): boolean {
    const { answer } = stated;
    if (!/[=≈]|\\(?:approx|Rightarrow|implies)\b/.test(answer) && this.known.equals(answer) && !isSentence(answer)) {
      return !this.known.common || (concludes && closes(this.text, stated.value.end, end)) || this.onSubject(stated, start);
    }
    return last && concludes && (this.lenient || (stated.verb.kind === "word" && isCrisp(answer) && this.onSubject(stated, start)));
  }

  private onSubject(stated: Stated, start: number): boolean {
    const subject = subjectOf(this.text, start, stated.verb.at);
    this.asked ??= askedWords(this.question);
    return sharesAsked(subject, this.asked) || this.noun.test(subject);
  }
}

/** Letters beyond ASCII, and ends of a clause before its verb. */
const isForeign = (unit: number): boolean => unit >= 0xaa;
const clauseSigns = new Set(Array.from(",;:，；：", (sign) => sign.charCodeAt(0)));
const isLetter = (unit: number): boolean => (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);

/** True when a word of four letters or more stands before the verb in its clause: without one it has no subject that a question names. */
function hasSubject(units: Uint16Array, start: number, verb: number): boolean {
  let letters = 0;
  for (let at = verb - 1; at >= Math.max(start, verb - subjectReach); at -= 1) {
    const unit = units[at] ?? 0;
    if (clauseSigns.has(unit)) {
      return false;
    }
    letters = isLetter(unit) ? letters + 1 : 0;
    if (letters >= 4 || isForeign(unit)) {
      return true;
    }
  }
  return false;
}

/** True when a sign of equality stands before the place: a value that reaches it is a chain, not an answer. */
function isCrossed(next: Verb | undefined, place: number): boolean {
  return next?.kind === "equality" && next.at < place;
}
