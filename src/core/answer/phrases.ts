/** Words that announce an answer, as data. Each pattern ends where the value begins; all are linear. */

/** `strong` names the answer as such; `weak` concludes something that may be an intermediate result. */
export interface Phrase {
  readonly pattern: RegExp;
  readonly form: "phrase" | "line";
}

/** In the order of trust: the first kind found in a response wins, its last match counts. */
export const phrases: readonly Phrase[] = [
  {
    pattern:
      /\bfinal\s+(?:answer|result|value|solution)\b(?:\s+(?:to|for|of)\b[^.\n:=]{0,60}?)?(?:\*\*|__)?\s*(?:(?:is|are|should be|would be|must be)\b|[:=\uff1a])/gi,
    form: "phrase",
  },
  { pattern: /(?:^|\n)\s*(?:#{1,6}\s*|\*\*)?(?:final answer)\s*(?:\*\*)?\s*[:\uff1a]?\s*(?:\*\*)?\n+/gi, form: "phrase" },
  {
    pattern:
      /\b(?:answer|option|choice)s?\b(?:\s+(?:to|for|of|here|in)\b[^.\n:=]{0,60}?)?\s*(?:\b(?:is|are|should be|would be|must be|will be|has to be|comes out (?:to be|as)|becomes|equals)\b|\*\*\s*[:\uff1a]|[:\uff1a=](?!=))/gi,
    form: "phrase",
  },
  { pattern: /(?:^|\n)\s*#{3,6} +(?=[-+$\\\d(.])/g, form: "line" },
  { pattern: /<answer>/gi, form: "line" },
  { pattern: /【\s*(?:答案|最终答案|参考答案)\s*】/g, form: "line" },
  { pattern: /(?:最终)?(?:正确)?(?:答案|结果)(?:应该|应|就|也|还)?(?:是|为|等于|选|[:\uff1a])|故选|应选|所以选|因此选/g, form: "phrase" },
];

/** Starts of sentences that draw a conclusion. */
export const conclusionCue =
  /^(?:(?:okay|ok|alright|wait|hmm|and|but|yes|yeah|again)[,.]?\s+)?(?:so|thus|therefore|hence|consequently|in conclusion|in summary|to summarize|finally|overall|this means|that means|which means|this gives|that gives|giving|we (?:get|obtain|conclude|find)|i (?:get|conclude)|putting (?:it|this|everything) together)\b|^(?:∴|\\therefore)|^(?:所以|因此|故|综上|于是|从而|那么|总之|最终)/i;

/** Names of an answer as such. */
export const plainNoun = /\b(?:answer|result|final|required|desired)\b|答案|结果/i;

/** Names of what a question asks for; a conclusion about one of them is an answer rather than a step. */
export const answerNoun =
  /\b(?:answer|result|total|sum of all|final|required|desired|maximum|minimum|largest|smallest|greatest|least|number of (?:ways|solutions|such|possible|different|distinct)|probability|remainder|probabilities)\b/i;
