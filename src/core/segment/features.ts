/** Named features of a sentence, from which its function is scored. */
import { type CueClass, type CueMatch, cueClasses, findCues } from "./cues";
import { isSpace, type Sentence, type SentenceKind } from "./sentences";
import { Vocabulary } from "./vocabulary";

const kinds: readonly SentenceKind[] = ["display-math", "code", "list-item", "table", "heading", "tag"];

/** Features beside the cue classes; each is 0 or 1 unless its comment gives a range. */
const plainFeatures = [
  "bias",
  "paragraphStart",
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
] as const;

/** Classes whose presence at the opening of a paragraph colours the sentences after it. */
const paragraphCues: readonly CueClass[] = [
  "verify",
  "wait",
  "backtrack",
  "error",
  "switch",
  "doubt",
  "conclude",
  "answer",
  "plan",
  "recall",
  "setup",
  "suppose",
  "premise",
];

const names: string[] = [
  ...plainFeatures,
  ...kinds.map((kind) => `kind:${kind}`),
  ...paragraphCues.map((cue) => `paragraph:${cue}`),
  ...cueClasses.flatMap((cue) => [`opens:${cue}`, `inside:${cue}`, `prev:${cue}`, `next:${cue}`]),
];

/** Names of all features; a feature's index is its place here. */
export const featureNames: readonly string[] = names;

const indexOf: ReadonlyMap<string, number> = new Map(names.map((name, index) => [name, index]));
const at = (name: string): number => indexOf.get(name) ?? 0;
const plain = Object.fromEntries(plainFeatures.map((name) => [name, at(name)])) as Readonly<Record<(typeof plainFeatures)[number], number>>;
const paragraphBase = plainFeatures.length + kinds.length;
const cueBase = paragraphBase + paragraphCues.length;
const cueIndex: ReadonlyMap<CueClass, number> = new Map(cueClasses.map((cue, index) => [cue, index]));

/** Active features of one sentence: parallel lists of feature index and value. */
export interface FeatureRow {
  readonly index: number[];
  readonly value: number[];
  /** Classes that open the sentence, fillers left out. */
  readonly opening: readonly CueClass[];
  /** True when the sentence starts a line. */
  readonly lineStart: boolean;
}

interface Reading {
  readonly opening: CueClass[];
  readonly inside: CueClass[];
}

function readCues(matches: readonly CueMatch[]): Reading {
  const opening: CueClass[] = [];
  const inside: CueClass[] = [];
  for (const { cue, opens } of matches) {
    if (cue === "filler") continue;
    const list = opens ? opening : inside;
    if (!list.includes(cue)) list.push(cue);
  }
  return { opening, inside: inside.filter((cue) => !opening.includes(cue)) };
}

/** Cues are looked for in this many code units of a sentence; a longer one is a formula or a listing. */
const cueReach = 400;

/** Features of every sentence. Linear in the text. */
export function sentenceFeatures(text: string, sentences: readonly Sentence[], question: string): FeatureRow[] {
  const readings = sentences.map(({ start, end, kind }) =>
    kind === "code" || kind === "tag" || kind === "table"
      ? { opening: [], inside: [] }
      : readCues(findCues(text, start, Math.min(end, start + cueReach))),
  );
  const asked = new Vocabulary();
  asked.read(question, 0, question.length);
  const seen = new Vocabulary();
  let answered = false;
  let prevQuestion = false;
  let head: readonly CueClass[] = [];
  return sentences.map((sentence, i) => {
    const reading = readings[i] ?? { opening: [], inside: [] };
    const before = readings[i - 1];
    const lineStart = startsLine(text, sentence.start);
    const row: FeatureRow = { index: [], value: [], opening: reading.opening, lineStart };
    const add = (feature: number, value = 1): void => {
      row.index.push(feature);
      row.value.push(value);
    };
    const words = seen.read(text, sentence.start, sentence.end, asked);
    const isQuestion = endsWith(text, sentence, "?", "？");
    add(plain.bias);
    if (sentence.paragraphStart) {
      add(plain.paragraphStart);
      head = reading.opening;
    } else {
      if (lineStart) add(plain.lineStart);
      paragraphCues.forEach((cue, k) => {
        if (head.includes(cue)) add(paragraphBase + k);
      });
    }
    if (sentences[i + 1]?.paragraphStart !== false) add(plain.paragraphEnd);
    if (i < 2) add(plain.first);
    const place = sentence.start / Math.max(1, text.length);
    if (place < 0.08) add(plain.early);
    if (place > 0.94) add(plain.late);
    if (words.equation) add(plain.equation);
    if (words.newNumbers > 0) add(plain.newNumber);
    else if (words.numbers > 0) add(plain.oldNumbers);
    if (words.numbers > 2) add(plain.manyNumbers);
    if (endsInDigit(text, sentence)) add(plain.endsInNumber);
    if (words.words > 0) {
      add(plain.questionOverlap, words.shared / words.words);
      add(plain.unseenWords, words.fresh / words.words);
    }
    if (isQuestion) add(plain.question);
    if (endsWith(text, sentence, ":", "：")) add(plain.colon);
    const size = sentence.end - sentence.start;
    if (size < 30) add(plain.short);
    if (size > 200) add(plain.long);
    if (before && (before.opening.includes("conclude") || before.opening.includes("answer") || before.inside.includes("answer")))
      add(plain.prevConcludes);
    if (prevQuestion) add(plain.prevQuestion);
    if (answered) add(plain.answered);
    const kind = kinds.indexOf(sentence.kind);
    if (kind >= 0) add(plainFeatures.length + kind);
    addCues(reading.opening, 0, add);
    addCues(reading.inside, 1, add);
    addCues(before?.opening, 2, add);
    addCues(readings[i + 1]?.opening, 3, add);
    answered ||= reading.opening.includes("answer") || reading.inside.includes("answer");
    prevQuestion = isQuestion;
    return row;
  });
}

/** True at the text's start and where only white space with a line end stands between the sentence before and `start`. */
function startsLine(text: string, start: number): boolean {
  for (let i = start - 1; i >= 0; i--) {
    const code = text.charCodeAt(i);
    if (code === 10) return true;
    if (!isSpace(code)) return false;
  }
  return true;
}

function addCues(classes: readonly CueClass[] | undefined, offset: number, add: (feature: number) => void): void {
  for (const cue of classes ?? []) add(cueBase + 4 * (cueIndex.get(cue) ?? 0) + offset);
}

function endsWith(text: string, { start, end }: Sentence, ascii: string, wide: string): boolean {
  for (let i = end - 1; i >= start; i--) {
    const mark = text.charAt(i);
    if (mark === ascii || mark === wide) return true;
    if (!/[\s*_"')\]]/.test(mark)) return false;
  }
  return false;
}

/** True when the last character before closing punctuation, units of up to four letters or `}` is a digit. */
function endsInDigit(text: string, { start, end }: Sentence): boolean {
  let letters = 0;
  for (let i = end - 1; i >= start && i > end - 24; i--) {
    const mark = text.charAt(i);
    if (mark >= "0" && mark <= "9") return true;
    if (/[\s.,;:!*_$)}\]\\%°"'。，；！]/.test(mark)) continue;
    if (++letters > 4) return false;
  }
  return false;
}
