/** Words that announce an answer, as data. Each pattern ends where the value begins; all are linear. */

/** Words that announce an answer. */
export interface Phrase {
  /** Every match holds one of these, so many code units from its start: only there is the pattern tried. They start with rare letters, which is fast. */
  readonly signs: readonly (readonly [literal: string, lead: number])[];
  /** Sticky. */
  readonly pattern: RegExp;
  readonly form: "phrase" | "line";
  /** It heads a section, which may be a whole solution. */
  readonly section?: true;
}

/** A word in the three ways it is capitalised. */
const words = (word: string, lead: number): [string, number][] =>
  [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()].map((written) => [written, lead]);

/** In the order of trust: the first kind found in a response wins, its last match counts. */
export const phrases: readonly Phrase[] = [
  {
    signs: words("final", 0),
    pattern:
      /\bfinal\s+(?:answer|result|value|solution)\b(?:\s+(?:to|for|of)\b[^.\n:=]{0,60}?)?(?:\*\*|__)?\s*(?:(?:is|are|should be|would be|must be)\b|[:=\uff1a])/iy,
    form: "phrase",
  },
  {
    signs: words("final", 0),
    pattern: /(?<=(?:^|\n)\s*(?:#{1,6}\s*|\*\*)?)final answer\s*(?:\*\*)?\s*[:\uff1a]?\s*(?:\*\*)?\n+/iy,
    form: "phrase",
  },
  { signs: [["###", 0]], pattern: /(?<=(?:^|\n)\s*)#{3,6} +(?=[-+$\\\d(.][^\n]{0,80}\s*$)/y, form: "line" },
  { signs: [["A:", 0]], pattern: /(?<=^|\n)A:\s*(?=[^\n]{1,80}\s*$)/y, form: "line" },
  {
    signs: [["wer", 3], ["WER", 3], ["ption", 1], ["PTION", 1], ...words("choice", 0)],
    pattern:
      /\b(?:answer|option|choice)s?\b(?:\s+(?:to|for|of|here|in)\b[^.\n:=]{0,60}?)?\s*(?:\b(?:is|are|should be|would be|must be|will be|has to be|comes out (?:to be|as)|becomes|equals)\b|\*\*\s*[:\uff1a]|[:\uff1a=](?!=))/iy,
    form: "phrase",
  },
  { signs: [["###", 0]], pattern: /(?<=(?:^|\n)\s*)#{3,6} +(?=[-+$\\\d(.])(?!\d+\.\s+\p{L})/uy, form: "line" },
  { signs: [["<", 0]], pattern: /<answer>/iy, form: "line" },
  { signs: [["【", 0]], pattern: /【\s*(?:答案|最终答案|参考答案)\s*】/y, form: "line", section: true },
  {
    signs: [
      ["答案", 0],
      ["结果", 0],
      ["选", 0],
    ],
    pattern: /(?:答案|结果)(?:应该|应|就|也|还)?(?:是|为|等于|选|[:\uff1a])|(?<=故|应|所以|因此)选/y,
    form: "phrase",
  },
];

/** Starts of sentences that draw a conclusion; sticky. */
export const conclusionCue =
  /(?:(?:(?:okay|ok|alright|wait|hmm|and|but|yes|yeah|again)[,.]?\s+)?(?:so|thus|therefore|hence|consequently|in conclusion|in summary|in short|in total|in all|altogether|to summarize|finally|overall|this means|that means|which means|this gives|that gives|giving|we (?:get|obtain|conclude|find)|i (?:get|conclude)|putting (?:it|this|everything) together)\b|(?:total|result|sum):|∴|\\therefore|所以|因此|故|综上|于是|从而|那么|总之|最终)/iy;

/** Concluding words inside a sentence, from the sign before them; sticky: "x cannot be 0, so x = 5 is the solution". */
export const innerCue =
  /(?:[,;\u2014\uff0c\uff1b]\s*(?:and\s+)?(?:so|thus|therefore|hence)\b(?!\s+(?:that|as|far))|[\uff0c\uff1b](?:所以|因此|故))/iy;

/** How a check of what was just stated begins; sticky. What stands before it was an answer. */
export const checkCue =
  /\s*(?:(?:okay|ok|so|now|but|hmm+|well|yes|good|great|just|wait|hold on)[,.]?\s+){0,3}(?:let(?: me|'s|\u2019s)(?: just| quickly)? (?:double[- ]?check|check|verify|confirm|make sure|test)|check(?:ing)?\b|double[- ]check|verif|to (?:double[- ]?check|check|verify|be (?:safe|sure))|is (?:that|this) (?:right|correct)|sanity|验算|验证|检查|检验|再(?:检查|验算|确认)|让我再?(?:检查|验证|核对|确认))/iy;

/** A label of two words at most that a line gives its value: "Time: 5 minutes". What is given and what is tried are none. */
export const label =
  /^\s*(?!(?:given|known|input|note|assume|let|where|case|step|data|example|question|problem|try|option|part)\b)\p{L}{3,14}(?: \p{L}{2,14})?[:\uff1a]\s*(?=\S)/iu;

/** Names of an answer as such. */
export const plainNoun = /\b(?:answer|result|final|required|desired)\b|答案|结果/i;

/** Names of what a question asks for; a conclusion about one of them is an answer rather than a step. */
export const answerNoun =
  /\b(?:answer|result|total|sum of all|final|required|desired|maximum|minimum|largest|smallest|greatest|least|number of (?:ways|solutions|such|possible|different|distinct)|probability|remainder|probabilities)\b/i;
