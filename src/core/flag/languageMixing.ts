import type { Flag } from "../analysis";
import { mayHoldFrom } from "../codeUnits";
import { isCjk } from "../measure/tokens";
import type { Span } from "../trace";
import type { FlagContext } from "./context";
import { languageOf } from "./language";
import { clipped } from "./phrasing";
import type { FlagRule } from "./rule";

/** Letters of an alphabet count a quarter of a Han character: a word has four or five. */
const lettersPerHan = 4;

/** Maths, code, quotes and links are written in whatever script they need. */
const setApart =
  /\$\$[^$]*\$\$|\$[^$\n]*\$|\\\([^\n]*?\\\)|\\\[[\s\S]{0,2000}?\\\]|```[\s\S]*?```|`[^`\n]*`|["“「『《][^"”」』》\n]{0,200}["”」』》]|https?:\S+/g;

type Script = "han" | "latin" | "foreign" | "neutral";

/** Letters of other scripts than Latin and Greek stand from here. */
const firstForeign = 0x400;

const scriptOf = (unit: number): Script => {
  if ((unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a)) return "latin";
  if (unit >= 0xc0 && unit <= 0x24f && unit !== 0xd7 && unit !== 0xf7) return "latin";
  if (unit < firstForeign) return "neutral";
  if (unit >= 0x3040 && isCjk(unit) && unit < 0xff00) return "han";
  return unit >= 0x400 && unit < 0x1c80 ? "foreign" : "neutral";
};

/** Runs of letters in a script other than `home`, in the step's text with formulas blanked; neutral characters neither break nor lengthen a run. */
const foreignRuns = (prose: string, offset: number, home: Script, least: number): Span[] => {
  const runs: Span[] = [];
  let start = -1;
  let end = -1;
  let weight = 0;
  const close = (): void => {
    if (start >= 0 && weight >= least) runs.push({ start: offset + start, end: offset + end });
    start = -1;
    weight = 0;
  };
  for (let at = 0; at < prose.length; at++) {
    const script = scriptOf(prose.charCodeAt(at));
    if (script === "neutral") {
      if (prose.charCodeAt(at) === 0x0a) close();
      continue;
    }
    if (script === home) {
      close();
      continue;
    }
    if (start < 0) start = at;
    end = at + 1;
    weight += script === "han" ? 1 : 1 / lettersPerHan;
  }
  close();
  return runs;
};

/** A longer piece is scanned without setting formulas apart, so that no pattern has to look far. */
const longestProse = 20_000;

/** True when enough letters of another script stand in the span at all. */
const mayMix = (text: string, span: Span, home: Script, least: number): boolean => {
  let weight = 0;
  for (let at = span.start; at < span.end && weight < least; at++) {
    const unit = text.charCodeAt(at);
    if (home === "latin" && unit < firstForeign) continue;
    const script = scriptOf(unit);
    if (script !== "neutral" && script !== home) weight += script === "han" ? 1 : 1 / lettersPerHan;
  }
  return weight >= least;
};

const findRuns = (context: FlagContext, span: Span, home: Script): Span[] => {
  if (!mayMix(context.text, span, home, context.thresholds.mixingRun)) return [];
  const text = context.text.slice(span.start, Math.min(span.end, span.start + longestProse));
  return foreignRuns(
    text.replace(setApart, (piece) => " ".repeat(piece.length)),
    span.start,
    home,
    context.thresholds.mixingRun,
  );
};

/** Prose that falls into another script than the trace's own. */
export const languageMixing: FlagRule = {
  id: "language-mixing",
  title: "Changes language",
  description:
    "A run of prose in another script than the rest of the reasoning, maths, code and quotes left out, and not where the question has that script too.",
  redundant: false,
  integrity: true,
  find: (context) => {
    const { language } = context;
    if (language === "other") return [];
    const home: Script = language === "zh" ? "han" : "latin";
    const question = languageOf(context.trace.question);
    if (question !== language && question !== "other" && context.trace.question !== "") return [];
    if (home === "latin" && !mayHoldFrom(context.text, firstForeign)) return [];
    const needed = home === "han" ? /[A-Za-z\u0400-\u1c7f]/ : /[\u0400-\u1c7f\u3040-\u9fff\uac00-\ud7af]/;
    if (!needed.test(context.text)) return [];
    const flags: Flag[] = [];
    context.steps.forEach((step, index) => {
      if (step.function === "observation" || step.function === "tool-call") return;
      const here = findRuns(context, step, home);
      const first = here[0];
      if (!first) return;
      flags.push({
        rule: "language-mixing",
        level: "step",
        index,
        start: step.start,
        end: step.end,
        evidence: {
          words: `changes language · “${clipped(context.text.slice(first.start, first.end), 16)}”`,
          detail: `${here.length === 1 ? "a run" : `${here.length} runs`} of another script in ${language === "zh" ? "Chinese" : "Latin"} prose, threshold ${context.thresholds.mixingRun} characters`,
          here,
        },
      });
    });
    return flags;
  },
};
