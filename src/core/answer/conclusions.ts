/**
 * Concluding sentences and right-hand sides: which of them state an answer. An intermediate result ("so x = 3, now y…") does not; a conclusion
 * about what the question asks does, and so does any right-hand side that equals an answer known already.
 */
import type { Span } from "../trace";
import { type Known, knownAnswers, operations } from "./known";
import { answerNoun, conclusionCue, plainNoun } from "./phrases";
import { roughSentenceEnd } from "./roughSentences";
import { asAnswer, readValue } from "./value";

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

const copula =
  /(?:\b(?:is|are|equals|be|gives|yields|becomes|get|was)\b|\b(?:holds?|costs?|takes?|has|have|contains?|weighs?|needs?|earns?|travels?|makes?|totals?)\s+(?=\\?[$(]*\s*-?\d)|[=≈⇒→]|\\(?:approx|Rightarrow|implies)\b|为|是|得|等于|有)\s*/g;

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
  /** Offset of the verb or sign in the text. */
  readonly at: number;
  /** The verb or sign as written. */
  readonly verb: string;
}

/** The verbs and signs of `text[start, end)` after which a value may stand, in order. */
function verbsIn(text: string, start: number, end: number): { readonly at: number; readonly verb: string }[] {
  const sentence = text.slice(start, end);
  const verbs: { at: number; verb: string }[] = [];
  copula.lastIndex = 0;
  for (let match = copula.exec(sentence); match; match = copula.exec(sentence)) {
    verbs.push({ at: start + match.index, verb: match[0] });
  }
  return verbs;
}

/** The words before the verb or sign. */
function subjectOf(text: string, start: number, at: number): string {
  return (
    text
      .slice(Math.max(start, at - 120), at)
      .split(/[,;:\uff0c\uff1b\uff1a]|\b(?:when|if|at|for|since|because|that)\b/)
      .at(-1) ?? ""
  );
}

/** Stated by a verb ("is", "equals") rather than by a sign. */
const isVerbal = (verb: string): boolean => /[a-z\u4e00-\u9fff]/i.test(verb) && !verb.startsWith("\\");

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

/** Words that a concluding sentence starts with; a cheap test before the pattern. */
const openers = new Set(
  "okay ok alright wait hmm and but yes yeah again so thus therefore hence consequently in to finally overall this that which giving we i putting".split(
    " ",
  ),
);
const letters = /[a-z]{1,12}/iy;

/** True when the sentence from `start` opens as a conclusion does. */
function opensConclusion(text: string, start: number, end: number): boolean {
  let from = start;
  while (from < end && from < start + 80 && text.charCodeAt(from) <= 32) {
    from += 1;
  }
  letters.lastIndex = from;
  const word = letters.exec(text)?.[0];
  if (word !== undefined && !openers.has(word.toLowerCase())) {
    return false;
  }
  return conclusionCue.test(text.slice(start, Math.min(end, start + 80)).trimStart());
}

/**
 * Conclusions in order of place; sentences that hold one of `taken` (answers found otherwise, ascending) are left out. A sentence is looked at when
 * it holds what a known answer must contain, or when it opens with a concluding word. Linear in the text.
 */
export function findConclusions(text: string, context: ConclusionContext, taken: readonly Span[]): Conclusion[] {
  const search = new ConclusionSearch(text, context);
  const keys = search.known.places(text);
  const found: Conclusion[] = [];
  let [nextTaken, nextKey] = [0, 0];
  let end = 0;
  for (let start = 0; start < text.length; start = end) {
    end = roughSentenceEnd(text, start);
    while (nextTaken < taken.length && (taken[nextTaken]?.end ?? 0) <= start) {
      nextTaken += 1;
    }
    while (nextKey < keys.length && (keys[nextKey] ?? 0) < start) {
      nextKey += 1;
    }
    if ((taken[nextTaken]?.start ?? Number.POSITIVE_INFINITY) < end || end - start > longestSentence) {
      continue;
    }
    const first = keys[nextKey] ?? Number.POSITIVE_INFINITY;
    const concludes = opensConclusion(text, start, end);
    if (first >= end && !concludes) {
      continue;
    }
    let lastKey = nextKey;
    while ((keys[lastKey + 1] ?? Number.POSITIVE_INFINITY) < end) {
      lastKey += 1;
    }
    const conclusion = search.conclusionIn({ start, end, concludes, firstKey: first, lastKey: first < end ? (keys[lastKey] ?? -1) : -1 });
    if (conclusion) {
      found.push({ start: conclusion.value.start, end: conclusion.value.end, answer: conclusion.answer, form: "equation" });
    }
  }
  return found;
}

/** A sentence that may conclude, and where in it the first and last piece of a known answer stands (beyond it and −1 where none does). */
interface Sentence extends Span {
  readonly concludes: boolean;
  readonly firstKey: number;
  readonly lastKey: number;
}

/** Verbs and signs tried in a sentence, the last ones; and how far before a piece of a known answer the first of them may stand. */
const placesTried = 8;
const keyReach = 60;

/** Finds the value that a sentence concludes. */
class ConclusionSearch {
  readonly known: Known;
  private readonly asked: ReadonlySet<string>;
  private readonly noun: RegExp;
  private readonly lenient: boolean;

  constructor(
    private readonly text: string,
    context: ConclusionContext,
  ) {
    this.asked = askedWords(context.question);
    this.known = knownAnswers(context.known, context.question);
    this.noun = context.known.length === 0 ? answerNoun : plainNoun;
    this.lenient = context.lenient === true;
  }

  /** The first of the sentence's last values that is an answer. */
  conclusionIn(sentence: Sentence): Stated | undefined {
    const { start, end, concludes, firstKey, lastKey } = sentence;
    const verbs = verbsIn(this.text, start, end);
    const tried = verbs.filter(({ at }, index) => index === verbs.length - 1 || (lastKey >= 0 && at >= firstKey - keyReach));
    for (const { at, verb } of tried.slice(-placesTried)) {
      const last = at === verbs.at(-1)?.at;
      const own = last && concludes;
      // A value without a piece of a known answer counts only as the sentence's own conclusion.
      const read = own || lastKey >= at + verb.length ? readValue(this.text, at + verb.length) : undefined;
      if (!read || read.end > end || !(own || (firstKey < read.end && lastKey >= read.start))) {
        continue;
      }
      const value = asAnswer(this.text, read);
      const stated = value && { value, answer: this.text.slice(value.start, value.end), at, verb };
      if (stated && this.accepts(stated, sentence, last)) {
        return stated;
      }
    }
    return undefined;
  }

  private accepts(stated: Stated, { start, end, concludes }: Sentence, last: boolean): boolean {
    const { answer } = stated;
    if (!/[=≈]|\\(?:approx|Rightarrow|implies)\b/.test(answer) && this.known.equals(answer) && !isSentence(answer)) {
      return !this.known.common || (concludes && closes(this.text, stated.value.end, end)) || this.onSubject(stated, start);
    }
    return last && concludes && (this.lenient || (isVerbal(stated.verb) && isCrisp(answer) && this.onSubject(stated, start)));
  }

  private onSubject(stated: Stated, start: number): boolean {
    const subject = subjectOf(this.text, start, stated.at);
    return sharesAsked(subject, this.asked) || this.noun.test(subject);
  }
}
