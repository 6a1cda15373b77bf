import type { Flag } from "../analysis";
import { tokensOfSpans } from "../measure/tokens";
import { type FlagContext, textOfWords } from "./context";
import type { Loop } from "./loops";
import { grouped } from "./phrasing";
import type { FlagRule } from "./rule";

/** Index of the step that holds a word. */
const stepOfWord = (context: FlagContext, word: number): number => {
  let low = 0;
  let high = context.steps.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((context.stepWords[middle] ?? 0) <= word) low = middle;
    else high = middle - 1;
  }
  return low;
};

const flagOf = (context: FlagContext, loop: Loop, tokens: number): Flag => {
  const { words, thresholds } = context;
  const whole = textOfWords(words, { start: loop.firstWord, end: loop.endWord });
  const first = textOfWords(words, { start: loop.firstWord, end: loop.firstWord + loop.period });
  const again = loop.firstWord + loop.period;
  const periodLength = (words.starts[again] ?? whole.end) - whole.start;
  return {
    rule: "loop",
    level: "step",
    index: stepOfWord(context, again),
    start: whole.start,
    end: whole.end,
    evidence: {
      words: `loop ×${grouped(loop.count)} · ${grouped(loop.period)} words, ${grouped(tokens)} tokens`,
      detail: `the same ${grouped(loop.period)} words ${grouped(loop.count)} times in a row, threshold ${thresholds.loopCount} times and ${thresholds.loopWords} words in all`,
      earlier: { level: "step", index: stepOfWord(context, loop.firstWord), start: first.start, end: first.end },
      period: periodLength,
      count: loop.count,
      here: [{ start: words.starts[again] ?? whole.end, end: whole.end }],
      there: [first],
    },
  };
};

/** Degenerate repetition. One flag a loop: it covers the whole loop and stands on the step in which the second period begins. */
export const loop: FlagRule = {
  id: "loop",
  title: "Loops",
  description:
    "The same words over and over: the period, how often it comes, and the whole stretch. Every step after the first period counts as redundant.",
  redundant: true,
  integrity: false,
  find: (context) => {
    if (context.loops.length === 0) return [];
    const spans = context.loops.map((found) => textOfWords(context.words, { start: found.firstWord, end: found.endWord }));
    const tokens = tokensOfSpans(context.text, spans, context.counter);
    return context.loops.map((found, i) => flagOf(context, found, tokens[i] ?? 0));
  },
};
