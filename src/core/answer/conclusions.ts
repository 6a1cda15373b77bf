/**
 * Concluding sentences and right-hand sides: which of them state an answer. An intermediate result ("so x = 3, now y…") does not; a conclusion
 * about what the question asks does, and so does any right-hand side that equals an answer known already.
 */

import { codeUnits, isWhiteSpace } from "../codeUnits";
import type { Span } from "../trace";
import { closes, isCrisp, isSentence } from "./crisp";
import { cueEnd, innerCueEnd, labelEnd, startsCheck } from "./cues";
import { mayBeValue, wordsBetween } from "./glance";
import { type Known, knownAnswers } from "./known";
import { answerNoun, plainNoun } from "./phrases";
import { roughSentenceEnd } from "./roughSentences";
import { calledIn, type Said, saidIn } from "./said";
import { askedWords, hasSubject, sharesAsked, subjectOf } from "./subject";
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

/** Longer sentences are no prose; nothing is looked for in them. */
const longestSentence = 1500;

/** A verb or sign in a sentence and the value after it. */
interface Stated {
  readonly value: Span;
  readonly answer: string;
  readonly verb: Verb;
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
  const inked = text.trimEnd().length;
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
    const keyed = nextKey > firstKey;
    const cue = cueEnd(text, units, start, end);
    const labelled = cue < 0 && keyed ? labelEnd(text, units, start, end) : cue;
    const opening = labelled < 0 && end >= inked ? start : labelled;
    const from = opening < 0 && keyed ? innerCueEnd(text, units, start, end) : opening;
    const conclusion =
      from >= 0 || keyed
        ? search.conclusionIn({ start, end, from, cued: cue >= 0, opens: opening >= 0, firstKey, endKey: nextKey })
        : undefined;
    if (conclusion) {
      found.push({ start: conclusion.start, end: conclusion.end, answer: conclusion.answer, form: "equation" });
    }
  }
  return found;
}

/** A sentence that may conclude, and which pieces of known answers stand in it: `keys[firstKey]` up to before `keys[endKey]`. */
interface Sentence extends Span {
  /** Where what it concludes begins: after concluding words, a label, or at the start of a text's last sentence; -1 where it concludes nothing. */
  readonly from: number;
  /** It opens with concluding words. */
  readonly cued: boolean;
  /** It opens with what makes it a conclusion, rather than holding the words inside. */
  readonly opens: boolean;
  readonly firstKey: number;
  readonly endKey: number;
}

/** Verbs and signs tried in a sentence, the last ones; and how far before a piece of a known answer the first of them may stand. */
const placesTried = 8;
const keyReach = 60;
/** Words between a verb and a piece of a known answer at most. */
const wordsBefore = 3;

/** Words before an equation that is to be solved or supposed rather than found, and code units in which they stand. */
const supposes = /\b(?:solve|solving|set|setting|equation|let|suppose|assume)\b/i;
/** An expression with a variable that is set to zero: "x² - 2x - 3", "f(x)". */
const unsolved = /[a-zA-Z](?:[^=.,;a-zA-Z]*[-+]|\([a-z]\))[^=.,;]*$/;
const subjectBefore = 60;

/** A value that goes on with a further equality is a chain, not an answer. */
const chain = /[=≈]|\\(?:approx|Rightarrow|implies)\b/;

const digits = /^\d+$/;

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

  /** The answer that a sentence concludes, by a verb or sign, else in its words. */
  conclusionIn(sentence: Sentence): Said | undefined {
    const stated = this.statedIn(sentence);
    if (stated) {
      return { start: stated.value.start, end: stated.value.end, answer: stated.answer };
    }
    const { from, end, opens, firstKey, endKey } = sentence;
    if (endKey === firstKey) {
      return undefined;
    }
    const said = opens ? saidIn(this.text, { start: from, end }, this.known, this.askedFor()) : undefined;
    return said ?? calledIn(this.text, sentence, this.keys.slice(firstKey, endKey), this.known);
  }

  private askedFor(): ReadonlySet<string> {
    this.asked ??= askedWords(this.question);
    return this.asked;
  }

  /** The first of the sentence's last values that is an answer. */
  private statedIn(sentence: Sentence): Stated | undefined {
    const { start, end, from, firstKey, endKey } = sentence;
    const concludes = from >= 0;
    const verbs = concludes ? verbsIn(this.text, this.units, start, end) : this.verbsNearKeys(sentence);
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
        (concludes || !this.known.common || hasSubject(this.units, start, verb.at) || startsCheck(this.text, end));
      const stated = near || (own && this.mayConclude(verb, sentence)) ? this.valueOf(verb, own ? end : place, end) : undefined;
      if (stated && this.accepts(stated, sentence, last)) {
        return stated;
      }
    }
    return undefined;
  }

  /** The verbs of a sentence without a conclusion of its own: those near its pieces of known answers. */
  private verbsNearKeys({ start, end, firstKey, endKey }: Sentence): Verb[] {
    let from = Math.max(start, (this.keys[firstKey] ?? start) - keyReach);
    while (from > start && !isWhiteSpace(this.units[from - 1] ?? 0)) {
      from -= 1;
    }
    return verbsIn(this.text, this.units, from, Math.min(end, (this.keys[endKey - 1] ?? end) + 1));
  }

  /** A piece of a known answer stands near enough behind the verb to be what it says. */
  private isNear(verb: Verb, place: number): boolean {
    return place - verb.end <= this.known.reach && wordsBetween(this.units, verb.end, place, wordsBefore) <= wordsBefore;
  }

  /** A value without a piece of a known answer counts only as the sentence's own conclusion, stated by a verb. */
  private mayConclude(verb: Verb, { end, cued }: Sentence): boolean {
    return ((this.lenient && cued) || verb.kind === "word") && mayBeValue(this.text, this.units, verb.end, end);
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

  private accepts(stated: Stated, { start, end, from, cued }: Sentence, last: boolean): boolean {
    const { answer } = stated;
    const concludes = from >= 0;
    const match =
      this.known.isEmpty || (!digits.test(answer) && (chain.test(answer) || isSentence(answer))) ? "none" : this.known.equals(answer);
    if (match === "common" && this.isSupposed(stated, start)) {
      return false;
    }
    if (match !== "none") {
      const closed = closes(this.text, stated.value.end, end) && (concludes || startsCheck(this.text, end));
      return match === "telling" || closed || this.onSubject(stated, start);
    }
    return (
      last && concludes && ((this.lenient && cued) || (stated.verb.kind === "word" && isCrisp(answer) && this.onSubject(stated, start)))
    );
  }

  /** An equation that is to be solved rather than a result. */
  private isSupposed({ answer, verb }: Stated, start: number): boolean {
    const before = this.text.slice(Math.max(start, verb.at - subjectBefore), verb.at);
    return supposes.test(before) || (answer === "0" && verb.kind === "equality" && unsolved.test(before));
  }

  private onSubject(stated: Stated, start: number): boolean {
    const subject = subjectOf(this.text, start, stated.verb.at);
    return sharesAsked(subject, this.askedFor()) || this.noun.test(subject);
  }
}

/** True when a sign of equality stands before the place: a value that reaches it is a chain, not an answer. */
function isCrossed(next: Verb | undefined, place: number): boolean {
  return next?.kind === "equality" && next.at < place;
}
