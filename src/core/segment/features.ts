/** Named features of a sentence, from which its function is scored. */
import { codeUnits } from "../codeUnits";
import { readTraceTokens, type Tokens, type TraceTokens, tokenKinds } from "../words/tokens";
import type { SentenceKind } from "./blocks";
import { type CueClass, CueReader, type CueSets, cueBits, cueClasses } from "./cues";
import { isSpace, type Sentence } from "./sentences";
import { SentenceWords } from "./sentenceWords";

const kinds: readonly SentenceKind[] = ["display-math", "code", "list-item", "table", "heading", "tag"];

/** Features beside the cue classes; each is 0 or 1 unless its comment gives a range. */
const plainFeatures = [
  "bias",
  "paragraphStart",
  /** Ends a paragraph that it did not start. */
  "paragraphEnd",
  /** Starts a line inside a paragraph. */
  "lineStart",
  /** Among the first two sentences of the text. */
  "first",
  /** In the first 8 % and the last 6 % of the text. */
  "early",
  "late",
  "equation",
  "newNumber",
  /** Has numbers, all seen before. */
  "oldNumbers",
  /** Three numbers or more. */
  "manyNumbers",
  /** Ends in a number, so that it may state a result. */
  "endsInNumber",
  /** Share of its words that are in the question, 0 to 1. */
  "questionOverlap",
  /** Share of its words not seen earlier in the trace, 0 to 1. */
  "unseenWords",
  "question",
  /** Ends in a colon. */
  "colon",
  /** Under 30 and over 200 characters. */
  "short",
  "long",
  /** The sentence before opened with a conclusion or stated an answer. */
  "prevConcludes",
  "prevQuestion",
  /** An answer has been stated before. */
  "answered",
  /** Opens with yes or no after a question, a doubt or a turn. */
  "replies",
  /** Hesitates or turns, and says in the same breath what will be done. */
  "turnsAndIntends",
  /** A check was announced within the last {@link checkReach} sentences and nothing has ended it. */
  "checkOpen",
  /** Ends in the number that the trace ends with: it may state the final answer. */
  "statesFinal",
  /** A sentence before stated that number as a result. */
  "finalStated",
  /** The last sentence: it opens with a conclusion or "so" and ends in that number. */
  "closes",
] as const;

/** Classes whose presence at the opening of a paragraph colours the sentences after it. */
const paragraphCues: readonly CueClass[] = [
  "verify",
  "wait",
  "backtrack",
  "error",
  "switch",
  "hesitation",
  "doubt",
  "conclude",
  "answer",
  "plan",
  "recall",
  "setup",
  "suppose",
  "premise",
];

/** What the trace is in the middle of: the last of these that opened a sentence, or ended a paragraph by concluding. The first that fits decides. */
const modes = ["fault", "switch", "check", "wait", "concluded"] as const;
const modeBits: readonly number[] = [cueBits("error", "backtrack"), cueBits("switch"), cueBits("verify"), cueBits("wait"), 0];
/** The same once the number that the trace ends with has been stated as a result; the last stands for none of them. */
const afterNames = [...modes, "nothing"];
const concludedMode = modes.length - 1;

/** Names of all features; a feature's index is its place here. */
export const featureNames: readonly string[] = [
  ...plainFeatures,
  ...modes.map((mode) => `amid:${mode}`),
  ...afterNames.map((mode) => `after:${mode}`),
  ...kinds.map((kind) => `kind:${kind}`),
  ...paragraphCues.map((cue) => `paragraph:${cue}`),
  ...["opens", "inside", "prev", "next"].flatMap((place) => cueClasses.map((cue) => `${place}:${cue}`)),
];

type PlainFeature = (typeof plainFeatures)[number];
const plain = Object.fromEntries(plainFeatures.map((name, index) => [name, index])) as Readonly<Record<PlainFeature, number>>;
const modeBase = plainFeatures.length;
const afterBase = modeBase + modes.length;
const kindBase = afterBase + afterNames.length;
const paragraphBase = kindBase + kinds.length;
const opensBase = paragraphBase + paragraphCues.length;
const insideBase = opensBase + cueClasses.length;
const prevBase = insideBase + cueClasses.length;
const nextBase = prevBase + cueClasses.length;

const paragraphBits: readonly number[] = paragraphCues.map((cue) => cueBits(cue));
const answerBits = cueBits("answer");
const checkBits = cueBits("verify");
const endsCheckBits = cueBits("conclude", "answer", "plan", "switch", "backtrack", "setup", "error");
const affirmBits = cueBits("affirm");
const unsureBits = cueBits("wait", "doubt", "hesitation", "verify");
const turnBits = cueBits("wait", "hesitation");
const intendBits = cueBits("intent", "plan");

/** Sentences for which an announced check is taken to go on. */
const checkReach = 8;
const concludeBits = cueBits("conclude", "answer");
const closingBits = cueBits("conclude", "answer", "so");
const resultBits = cueBits("conclude", "answer", "so", "derive");

/** Cues are looked for in this many code units of a sentence; a longer one is a formula or a listing. */
const cueReach = 400;
/** Bounds of the features `early`, `late` (share of the text), `short`, `long` (code units), `manyNumbers`. */
const bounds = { early: 0.08, late: 0.94, short: 30, long: 200, manyNumbers: 3 };

/** What is known of every sentence before features are formed; entry i is sentence i's. */
export interface Readings {
  /** Cue classes that open the sentence, as bits. */
  readonly opening: Int32Array;
  /** Cue classes that occur later in it, as bits. */
  readonly inside: Int32Array;
  /** 1 when the sentence starts a line. */
  readonly lineStart: Uint8Array;
}

/** Reads the cues of every sentence. Linear. `tokens` are those of the text. */
export function readSentences(
  text: string,
  sentences: readonly Sentence[],
  { vocabulary, text: tokens }: TraceTokens = readTraceTokens({ question: "", text }),
): Readings {
  const n = sentences.length;
  const opening = new Int32Array(n);
  const inside = new Int32Array(n);
  const lineStart = new Uint8Array(n);
  const reader = new CueReader(tokens, vocabulary);
  const units = codeUnits(text);
  const sets: CueSets = { opening: 0, inside: 0 };
  let first = 0;
  for (let i = 0; i < n; i++) {
    const { start, end, kind } = sentences[i]!;
    const reach = Math.min(end, start + cueReach);
    while (first < tokens.count && tokens.starts[first]! < start) first++;
    let last = first;
    while (last < tokens.count && tokens.starts[last]! < reach) last++;
    if (startsLine(units, start)) lineStart[i] = 1;
    if (kind !== "code" && kind !== "tag" && kind !== "table") {
      reader.read(start, reach, first, last, sets);
      opening[i] = sets.opening;
      inside[i] = sets.inside;
    }
    first = last;
  }
  return { opening, inside, lineStart };
}

/** Receives the active features: sentence index, feature index, value. */
export type FeatureSink = (sentence: number, feature: number, value: number) => void;

/** Forms the features of every sentence and hands them to `sink`, sentence by sentence. Linear in the text. `tokens` are those of the text and question. */
export function visitFeatures(
  text: string,
  sentences: readonly Sentence[],
  readings: Readings,
  question: string,
  sink: FeatureSink,
  { vocabulary, question: asked, text: tokens }: TraceTokens = readTraceTokens({ question, text }),
): void {
  const { opening, inside, lineStart } = readings;
  const seen = new SentenceWords(tokens, asked, vocabulary);
  const units = codeUnits(text);
  let token = 0;
  let answered = false;
  let prevQuestion = false;
  let head = 0;
  let sinceCheck = checkReach;
  let mode = -1;
  const final = finalNumber(tokens);
  let finalStated = false;
  for (let i = 0; i < sentences.length; i++) {
    const sentence = sentences[i]!;
    const size = sentence.end - sentence.start;
    const place = sentence.start / text.length;
    const ending = endingOf(units, sentence);
    const opens = opening[i]!;
    const before = i > 0 ? opening[i - 1]! : 0;
    const firstToken = token;
    while (token < tokens.count && tokens.starts[token]! < sentence.end) token++;
    seen.read(firstToken, token);
    sink(i, plain.bias, 1);
    if (sentence.paragraphStart) {
      sink(i, plain.paragraphStart, 1);
      head = opens;
    } else {
      if (lineStart[i] === 1) sink(i, plain.lineStart, 1);
      if (head !== 0) for (let k = 0; k < paragraphBits.length; k++) if ((head & paragraphBits[k]!) !== 0) sink(i, paragraphBase + k, 1);
    }
    if (!sentence.paragraphStart && sentences[i + 1]?.paragraphStart !== false) sink(i, plain.paragraphEnd, 1);
    if (i < 2) sink(i, plain.first, 1);
    if (place < bounds.early) sink(i, plain.early, 1);
    if (place > bounds.late) sink(i, plain.late, 1);
    if (seen.equation) sink(i, plain.equation, 1);
    if (seen.newNumbers > 0) sink(i, plain.newNumber, 1);
    else if (seen.numbers > 0) sink(i, plain.oldNumbers, 1);
    if (seen.numbers >= bounds.manyNumbers) sink(i, plain.manyNumbers, 1);
    if (ending === "number") sink(i, plain.endsInNumber, 1);
    if (seen.words > 0) {
      if (seen.shared > 0) sink(i, plain.questionOverlap, seen.shared / seen.words);
      if (seen.fresh > 0) sink(i, plain.unseenWords, seen.fresh / seen.words);
    }
    if (ending === "question") sink(i, plain.question, 1);
    if (ending === "colon") sink(i, plain.colon, 1);
    if (size < bounds.short) sink(i, plain.short, 1);
    if (size > bounds.long) sink(i, plain.long, 1);
    if ((before & concludeBits) !== 0 || (i > 0 && (inside[i - 1]! & answerBits) !== 0)) sink(i, plain.prevConcludes, 1);
    if (prevQuestion) sink(i, plain.prevQuestion, 1);
    if (answered) sink(i, plain.answered, 1);
    if ((prevQuestion || (before & unsureBits) !== 0) && ((opens & affirmBits) !== 0 || startsWithNo(units, sentence.start)))
      sink(i, plain.replies, 1);
    if ((opens & turnBits) !== 0 && (opens & intendBits) !== 0 && (opens & checkBits) === 0) sink(i, plain.turnsAndIntends, 1);
    if (sinceCheck < checkReach && (opens & endsCheckBits) === 0) sink(i, plain.checkOpen, 1);
    sinceCheck = nextSinceCheck(sinceCheck, opens);
    if (mode >= 0) sink(i, modeBase + mode, 1);
    const statesFinal = ending === "number" && final >= 0 && lastNumber(tokens, firstToken, token) === final;
    if (statesFinal) {
      sink(i, plain.statesFinal, 1);
      if (i === sentences.length - 1 && (opens & closingBits) !== 0) sink(i, plain.closes, 1);
    }
    if (finalStated) {
      sink(i, plain.finalStated, 1);
      sink(i, afterBase + (mode < 0 ? modes.length : mode), 1);
    }
    if (statesFinal && (seen.equation || ((opens | inside[i]!) & resultBits) !== 0)) finalStated = true;
    mode = nextMode(mode, opens, (opens & concludeBits) !== 0 && sentences[i + 1]?.paragraphStart !== false);
    if (sentence.kind !== "sentence") sink(i, kindBase + kinds.indexOf(sentence.kind), 1);
    addCues(sink, i, opens, opensBase);
    addCues(sink, i, inside[i]!, insideBase);
    addCues(sink, i, before, prevBase);
    if (i + 1 < sentences.length) addCues(sink, i, opening[i + 1]!, nextBase);
    answered ||= ((opens | inside[i]!) & answerBits) !== 0;
    prevQuestion = ending === "question";
  }
}

/** Id of the last number among the tokens; −1 without one. */
function lastNumber({ ids, kinds: tokenKind }: Tokens, first: number, last: number): number {
  for (let token = last - 1; token >= first; token--)
    if (tokenKind[token] === tokenKinds.number || tokenKind[token] === tokenKinds.grouped) return ids[token]!;
  return -1;
}

/** Tokens at the end of a text among which its final number is looked for. */
const finalReach = 120;

/** Id of the number that a text ends with, most often its final answer; −1 without one. */
const finalNumber = (tokens: Tokens): number => lastNumber(tokens, Math.max(0, tokens.count - finalReach), tokens.count);

/** Index in {@link modes} of what the trace is amid after a sentence; −1 before anything. */
function nextMode(mode: number, opens: number, concludes: boolean): number {
  const turned = modeBits.findIndex((bits) => (opens & bits) !== 0);
  if (turned >= 0) return turned;
  return concludes ? concludedMode : mode;
}

/** Sentences since a check was announced, {@link checkReach} when none is open. */
function nextSinceCheck(since: number, opens: number): number {
  if ((opens & checkBits) !== 0) return 0;
  return (opens & endsCheckBits) !== 0 ? checkReach : Math.min(checkReach, since + 1);
}

const isLetter = (unit: number): boolean => (unit | 32) >= 97 && (unit | 32) <= 122;

/** True for "No" and 不 at a sentence's start. */
function startsWithNo(units: Uint16Array, start: number): boolean {
  let at = start;
  while (isSpace(units[at]!)) at++;
  if (units[at] === 0x4e0d) return true;
  return units[at] === 0x4e && units[at + 1] === 0x6f && !isLetter(units[at + 2]!);
}

/** One feature for each bit of a set. */
function addCues(sink: FeatureSink, sentence: number, bits: number, base: number): void {
  for (let rest = bits; rest !== 0; rest &= rest - 1) sink(sentence, base + 31 - Math.clz32(rest & -rest), 1);
}

/** True at the text's start and where only white space with a line end stands between the sentence before and `start`. */
function startsLine(units: Uint16Array, start: number): boolean {
  for (let i = start - 1; i >= 0; i--) {
    const unit = units[i]!;
    if (unit === 10) return true;
    if (!isSpace(unit)) return false;
  }
  return true;
}

/** 1 for what is passed over when looking for how a sentence ends: white space, emphasis, closing quotes, brackets and maths marks. */
const closing = new Uint8Array(0x10000);
for (const mark of " \t\r\n*_\"'”’)]}）」』$\\.,;!%°。，；！") closing[mark.charCodeAt(0)] = 1;

/** How a sentence ends; a number may be followed by a unit of up to four letters. Looks at the last 40 characters of its content only. */
function endingOf(units: Uint16Array, { start, end }: Sentence): "question" | "colon" | "number" | "other" {
  let last = end - 1;
  while (last > start && isSpace(units[last]!)) last--;
  let letters = 0;
  for (let i = last; i >= start && i > last - 40; i--) {
    const unit = units[i]!;
    if (unit >= 48 && unit <= 57) return "number";
    if (closing[unit] === 1) continue;
    if (letters === 0 && (unit === 63 || unit === 0xff1f)) return "question";
    if (letters === 0 && (unit === 58 || unit === 0xff1a)) return "colon";
    if (++letters > 4) break;
  }
  return "other";
}
