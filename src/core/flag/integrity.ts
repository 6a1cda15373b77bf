import type { Evidence, Flag, RuleId } from "../analysis";
import { earlierPassage, type FlagContext } from "./context";
import { clipped } from "./phrasing";
import type { FlagRule } from "./rule";

/** A flag about the whole trace: it stands on the last step. */
const onLastStep = (context: FlagContext, rule: RuleId, evidence: Evidence): Flag => {
  const index = Math.max(0, context.steps.length - 1);
  const step = context.steps[index];
  return { rule, level: "step", index, start: step?.start ?? 0, end: step?.end ?? 0, evidence };
};

/** The thinking was opened and never closed. */
export const unclosedThink: FlagRule = {
  id: "unclosed-think",
  title: "Thinking never closed",
  description: "The opening delimiter has no closing one: generation stopped while thinking, or the tag was lost.",
  redundant: false,
  integrity: true,
  find: (context) => {
    if (context.trace.thinking !== "unclosed") return [];
    const opening = clipped(context.trace.opening) || "the opening tag";
    return [
      onLastStep(context, "unclosed-think", {
        words: "thinking never closed",
        detail: `${opening} has no closing tag before the end of the text`,
      }),
    ];
  },
};

/** Generation stopped at its limit. */
export const truncated: FlagRule = {
  id: "truncated",
  title: "Cut off",
  description: "The record says that generation stopped at its limit, or its text is marked as truncated.",
  redundant: false,
  integrity: true,
  find: (context) => {
    const notice = context.trace.notices.find((one) => one.kind === "truncated");
    if (!context.trace.cutOff && !notice) return [];
    const detail = notice?.message ?? "the record says that generation stopped at its length limit";
    return [onLastStep(context, "truncated", { words: "cut off at the limit", detail })];
  },
};

/** Delimiters with nothing between them. */
export const emptyThink: FlagRule = {
  id: "empty-think",
  title: "Empty thinking",
  description: "The thinking is there but holds nothing.",
  redundant: false,
  integrity: true,
  find: (context) => {
    const { thinking, text } = context.trace;
    const blank = text.trim() === "";
    if (!blank || (thinking !== "empty" && thinking !== "closed" && thinking !== "field" && thinking !== "no-open")) return [];
    return [onLastStep(context, "empty-think", { words: "empty thinking", detail: "only white space between the delimiters" })];
  },
};

const plain = (text: string): string =>
  text
    .replace(/\\[dt]frac/g, "\\frac")
    .replace(/[\s$*_{}]/g, "")
    .toLowerCase();

/** True when a passage holds the answer in other words or after the candidate: "2 blue marbles" says 2. */
const saysAnswer = (passage: string, answer: string): boolean => plain(passage).includes(plain(answer));

/** The final answer is not the one the reasoning came to. */
export const answerMismatch: FlagRule = {
  id: "answer-mismatch",
  title: "Answer differs from the reasoning",
  description: "The final answer outside the reasoning is not the last answer the reasoning states.",
  redundant: false,
  integrity: true,
  find: (context) => {
    const { finalAnswer, finalAnswerFrom, candidates, steps } = context;
    if (finalAnswer === undefined || finalAnswerFrom === "reasoning") return [];
    const last = candidates.findLast((candidate) => candidate.form === "boxed" || candidate.form === "phrase");
    if (!last || candidates.some((candidate) => candidate.start >= last.start && context.sameAnswer(candidate.answer, finalAnswer)))
      return [];
    const step = steps[last.step];
    if (!step || saysAnswer(context.text.slice(last.start, step.end), finalAnswer)) return [];
    return [
      {
        rule: "answer-mismatch",
        level: "step",
        index: last.step,
        start: step.start,
        end: step.end,
        evidence: {
          words: `ends in ${clipped(last.answer)} · final answer ${clipped(finalAnswer)}`,
          detail: `the last answer of the reasoning is ${clipped(last.answer, 60)}, the ${finalAnswerFrom === "field" ? "answer field" : "response"} says ${clipped(finalAnswer, 60)}`,
          answer: last.answer,
          here: [{ start: last.start, end: last.end }],
        },
      },
    ];
  },
};

/** More than one boxed final answer, and they differ. */
export const multipleFinal: FlagRule = {
  id: "multiple-final",
  title: "Several final answers",
  description: "The reasoning boxes answers that differ from each other, so its final answer depends on which one is read.",
  redundant: false,
  integrity: true,
  find: (context) => {
    const boxed = context.candidates.filter((candidate) => candidate.form === "boxed");
    const last = boxed.at(-1);
    if (!last) return [];
    const other = boxed.findLast((candidate) => !context.sameAnswer(candidate.answer, last.answer));
    const step = context.steps[last.step];
    const earlier = other && context.steps[other.step];
    if (!other || !step || !earlier) return [];
    return [
      {
        rule: "multiple-final",
        level: "step",
        index: last.step,
        start: step.start,
        end: step.end,
        evidence: {
          words: `boxes ${clipped(last.answer)} · boxed ${clipped(other.answer)} in step ${other.step + 1}`,
          detail: `${boxed.length} boxed answers, not all the same`,
          earlier: earlierPassage(context.text, "step", other.step, earlier),
          answer: last.answer,
          here: [{ start: last.start, end: last.end }],
          there: [{ start: other.start, end: other.end }],
        },
      },
    ];
  },
};
