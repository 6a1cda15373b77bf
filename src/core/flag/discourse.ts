import type { Span } from "../trace";
import { idTable, isIn } from "../words/idTable";
import { baseVocabulary } from "../words/vocabulary";
import { type Words, wordKinds } from "./words";

/** Words that steer a text and say nothing of its subject; a passage of these alone is a cue, however long. */
const discourse =
  "wait okay well hmm alright actually maybe perhaps just also again once more another other this that these those there here what when where which while with from into " +
  "then than thus hence therefore because since though although but and the for not now yes let lets see check verify confirm double make makes made sure sense think thinking " +
  "thought seems seem looks look right correct good fine first next step steps back over need needs want have has had can could should would will does doing done did going " +
  "about some something any anything else still even only really very too straightforward clear find try way approach problem question answer solution result here's that's " +
  "let's i'm it's so me us is if we to of or in as at be by it a i no do my an on am all both each are was were been our you your they them their he she his her its how why " +
  "consider reconsider confused mistake wrong step-by-step carefully another alternatively use using used logic before earlier again double-check further follows following above below same";

const discourseIds = idTable(discourse.split(/[\s'-]+/).map((word) => baseVocabulary.idOfWord(word)));

/** Chinese characters that steer in the same way; single characters say little, so most of a cue has to be made of them. */
const steering = "等一下让我再检查验证确认想看是不对的了吧呢吗嗯好那么所以因此这样应该可能也许首先然后接来";

const steeringIds = idTable([...steering].map((character) => baseVocabulary.idOfWord(character)));

/** How many words of a range speak of the subject, counted up to `enough`: words that are not mere steering and signs once, numbers twice. */
export const contentWords = (words: Words, range: Span, enough: number): number => {
  let content = 0;
  for (let at = range.start; at < range.end && content < enough; at++) {
    if (isIn(words.kinds[at] === wordKinds.cjk ? steeringIds : discourseIds, words.ids[at]!)) continue;
    content += words.kinds[at] === wordKinds.number ? 2 : 1;
  }
  return content;
};

const negations: ReadonlySet<number> = new Set(
  ["not", "no", "never", "cannot", "t", "without", "不", "没", "非"].map((word) => baseVocabulary.idOfWord(word)),
);

/** Words of substance on one side only, up to this many a side, make a parallel case; more of them are a rewording. */
const swappedWords = 2;

const subjectWords = (words: Words, range: Span): { readonly ids: ReadonlySet<number>; readonly negated: number } => {
  const ids = new Set<number>();
  let negated = 0;
  for (let at = range.start; at < range.end; at++) {
    const id = words.ids[at] ?? 0;
    if (negations.has(id)) negated++;
    else if (words.kinds[at] === wordKinds.word && !isIn(discourseIds, id)) ids.add(id);
  }
  return { ids, negated };
};

/**
 * True when two passages are parallel cases rather than one said twice: a word or two of substance is exchanged ("draws a blue ball", "draws a green
 * ball"), or one denies what the other says.
 */
export const areParallel = (words: Words, a: Span, b: Span): boolean => {
  const left = subjectWords(words, a);
  const right = subjectWords(words, b);
  if (left.negated !== right.negated) return true;
  let onlyLeft = 0;
  for (const id of left.ids) if (!right.ids.has(id)) onlyLeft++;
  let onlyRight = 0;
  for (const id of right.ids) if (!left.ids.has(id)) onlyRight++;
  return onlyLeft > 0 && onlyRight > 0 && onlyLeft <= swappedWords && onlyRight <= swappedWords;
};
