import type { Flag } from "../analysis";
import { earlierPassage, type FlagContext, wordsOfStep, wordsOfUnit } from "./context";
import type { Equations } from "./equations";
import { knownGroundFlags } from "./knownGroundSteps";
import { clipped } from "./phrasing";
import type { FlagRule } from "./rule";
import { sharedSpans } from "./shared";
import { wordKinds } from "./words";

/** Steps that carry a check on after its first step. */
const carriesOn: ReadonlySet<string> = new Set(["verify", "derive", "recall", "conclude"]);

/** Classes of phrases that announce a check or its outcome. */
const announces: ReadonlySet<string> = new Set(["check", "again", "assure"]);

/** 1 for every step in which a phrase announces a check. */
const announcedChecks = ({ steps, stepWords, phrases }: FlagContext): Uint8Array => {
  const announced = new Uint8Array(steps.length);
  let step = 0;
  for (const { cls, first } of phrases) {
    while (step < steps.length - 1 && (stepWords[step + 1] ?? 0) <= first) step++;
    if (announces.has(cls)) announced[step] = 1;
  }
  return announced;
};

/** 1 for every step that belongs to a check: it verifies, or follows a verifying step of its unit without turning elsewhere. */
const checkSteps = (context: FlagContext, announced: Uint8Array): Uint8Array => {
  const checks = announced.slice();
  context.steps.forEach((step, index) => {
    if (step.function === "setup" || step.function === "plan" || step.function === "observation") checks[index] = 0;
    else if (step.function === "verify" || step.cues.includes("verify")) checks[index] = 1;
    else if (
      index > 0 &&
      checks[index - 1] === 1 &&
      context.unitOfStep[index] === context.unitOfStep[index - 1] &&
      carriesOn.has(step.function)
    )
      checks[index] = 1;
  });
  return checks;
};

/** First unit that states each different answer; a later unit with the same answer points back to it. */
const firstUnits = (context: FlagContext): { readonly sameAs: Int32Array; readonly changes: Uint8Array } => {
  const sameAs = new Int32Array(context.units.length).fill(-1);
  const changes = new Uint8Array(context.units.length);
  const distinct: number[] = [];
  let latest: string | undefined;
  context.units.forEach((unit, index) => {
    const { answer } = unit;
    if (answer === undefined) return;
    if (latest !== undefined && !context.sameAnswer(latest, answer)) changes[index] = 1;
    latest = answer;
    const first = distinct.find((other) => context.sameAnswer(context.units[other]?.answer ?? "", answer));
    if (first !== undefined) sameAs[index] = first;
    else if (distinct.length < distinctAnswers) distinct.push(index);
  });
  return { sameAs, changes };
};

/** Different answers remembered: more than any real trace states, and a bound on the comparisons. */
const distinctAnswers = 64;

/** Earlier steps compared with one check, and words read of each: bounds that keep the rule linear, far above real steps. */
const sourcesRead = 8;
const wordsRead = 2000;

/** Share of the numbers of a step that stand in one of the earlier steps, 0 to 1; 0 for a step without numbers. */
const numberShare = (context: FlagContext, step: number, earlier: ReadonlySet<number>): number => {
  const { words } = context;
  const known = new Set<number>();
  for (const other of earlier) {
    const { start, end } = wordsOfStep(context, other);
    for (let at = start; at < Math.min(end, start + wordsRead); at++)
      if (words.kinds[at] === wordKinds.number) known.add(words.ids[at] ?? 0);
  }
  const own = new Set<number>();
  const { start, end } = wordsOfStep(context, step);
  for (let at = start; at < end; at++) if (words.kinds[at] === wordKinds.number) own.add(words.ids[at] ?? 0);
  let shared = 0;
  for (const id of own) if (known.has(id)) shared++;
  return own.size === 0 ? 0 : shared / own.size;
};

interface Recalculated {
  readonly step: number;
  readonly result: string;
  readonly share: number;
}

type Stated = "calculation" | "formula" | "value";

/**
 * What an equation states: a calculation with numbers alone (`6 − 24 + 18 = 0`), a formula with names, or a bare value (`t = 6`), which is a choice
 * as often as a result.
 */
const statedBy = ({ equations, words }: FlagContext, equation: number): Stated => {
  const left = equations.leftStart[equation] ?? 0;
  const right = equations.rightStart[equation] ?? 0;
  const end = equations.rightEnd[equation] ?? 0;
  let names = 0;
  let numbers = 0;
  for (let at = left; at < end; at++) {
    if (words.kinds[at] === wordKinds.word) names++;
    else if (words.kinds[at] === wordKinds.number) numbers++;
  }
  if (names === 0 && numbers >= 2 && end - left >= 4) return "calculation";
  return right - left - 1 < 2 && end - right < 2 ? "value" : "formula";
};

/** Formulas that must come again before a check is taken to derive them again; one alone is quoted to start from. */
const formulasAgain = 2;

/** The text of a side with the brackets that stand around it and belong to it. */
const withBrackets = (text: string, start: number, end: number): string => {
  const inner = text.slice(start, end);
  const count = (pattern: RegExp): number => inner.match(pattern)?.length ?? 0;
  let missing = count(/[([{]/g) - count(/[)\]}]/g);
  let from = start;
  let to = end;
  for (; missing < 0 && from > 0 && /[([{]/.test(text.charAt(from - 1)); missing++) from--;
  for (; missing > 0 && /[)\]}]/.test(text.charAt(to)); missing--) to++;
  while (from > 0 && /[([]/.test(text.charAt(from - 1)) && /[)\]]/.test(text.charAt(to)) && text.charAt(from - 2) !== "\\") {
    from--;
    to++;
  }
  return text.slice(from, to);
};

/** The first step before `step` that states equation `i`, or the same calculation in another order; −1 when none does. */
const firstStated = ({ step: stepOf, firstSame, firstSameNumbers }: Equations, i: number, step: number): number => {
  const same = stepOf[firstSame[i]!]!;
  if (same < step) return same;
  const sameNumbers = stepOf[firstSameNumbers[i]!]!;
  return sameNumbers < step ? sameNumbers : -1;
};

/** The earlier step whose results a step works out again; undefined when half or more of what it states is new. */
const recalculated = (context: FlagContext, step: number): Recalculated | undefined => {
  const { equations, words, text } = context;
  const again = { calculation: 0, formula: 0 };
  let all = 0;
  const sources = new Set<number>();
  let earlier = -1;
  let result = "";
  for (let i = equations.firstOfStep[step] ?? 0; i < (equations.firstOfStep[step + 1] ?? 0); i++) {
    const stated = statedBy(context, i);
    if (stated === "value" || context.givenEquations.has(equations.keys[i] ?? 0)) continue;
    all++;
    const first = firstStated(equations, i, step);
    if (first < 0) continue;
    again[stated]++;
    if (sources.size < sourcesRead) sources.add(first);
    if (stated === "formula" && again.calculation > 0) continue;
    earlier = first;
    const from = equations.rightStart[i] ?? 0;
    result = clipped(withBrackets(text, words.starts[from] ?? 0, words.ends[(equations.rightEnd[i] ?? 0) - 1] ?? 0));
  }
  if (again.calculation === 0 && again.formula < formulasAgain) return undefined;
  if ((again.calculation + again.formula) * 2 <= all) return undefined;
  const share = numberShare(context, step, sources);
  return share >= context.thresholds.reverifyOverlap ? { step: earlier, result, share } : undefined;
};

/** Roles of units whose new answer comes from going over an old one. */
const reworks: ReadonlySet<string> = new Set(["verify", "revise"]);

const spoiled: ReadonlySet<string> = new Set(["error", "backtrack"]);

const stepFlag = (context: FlagContext, index: number, found: Recalculated): Flag | undefined => {
  const step = context.steps[index];
  const before = context.steps[found.step];
  if (!step || !before) return undefined;
  const shared = sharedSpans(context.words, wordsOfStep(context, index), context.words, wordsOfStep(context, found.step));
  return {
    rule: "reverify",
    level: "step",
    index,
    start: step.start,
    end: step.end,
    evidence: {
      words: `re-verifies step ${found.step + 1} · same result ${found.result}`,
      detail: `a check that works out a result of step ${found.step + 1} again; ${Math.round(found.share * 100)} % of its numbers stand in the steps it goes over, threshold ${Math.round(context.thresholds.reverifyOverlap * 100)} %`,
      earlier: earlierPassage(context.text, "step", found.step, before),
      similarity: found.share,
      answer: found.result,
      here: shared.here,
      there: shared.there,
    },
  };
};

const stepFlags = (context: FlagContext, checks: Uint8Array, changes: Uint8Array): Flag[] => {
  const flags: Flag[] = [];
  context.steps.forEach((step, index) => {
    const unit = context.unitOfStep[index] ?? 0;
    const productive = (changes[unit] === 1 && reworks.has(context.units[unit]?.role ?? "")) || step.cues.some((cue) => spoiled.has(cue));
    if (checks[index] === 1 && !productive && context.looped[index] === 0) {
      const found = recalculated(context, index);
      const flag = found ? stepFlag(context, index, found) : undefined;
      if (flag) flags.push(flag);
    }
  });
  return flags;
};

/**
 * For every unit without an answer of its own: the unit that first gave the answer stated before it, when the next answer stated, or the final one, is
 * the same; −1 otherwise.
 */
const keptAnswers = (context: FlagContext, sameAs: Int32Array): Int32Array => {
  const { units } = context;
  const kept = new Int32Array(units.length).fill(-1);
  const next: (string | undefined)[] = [];
  let later = context.finalAnswer;
  for (let index = units.length - 1; index >= 0; index--) {
    next[index] = later;
    later = units[index]?.answer ?? later;
  }
  let latest = -1;
  units.forEach((unit, index) => {
    if (unit.answer !== undefined) {
      latest = (sameAs[index] ?? -1) >= 0 ? (sameAs[index] ?? -1) : index;
      return;
    }
    const before = units[latest]?.answer;
    const after = next[index];
    if (before !== undefined && after !== undefined && context.sameAnswer(before, after)) kept[index] = latest;
  });
  return kept;
};

/** True when a step of the unit finds an error or turns back: such a check did something. */
const findsFault = ({ units, steps }: FlagContext, unit: number): boolean => {
  const { firstStep = 0, endStep = 0 } = units[unit] ?? {};
  return steps.slice(firstStep, endStep).some((step) => step.cues.some((cue) => spoiled.has(cue)));
};

/** Answers of units, as the rule looks at them: the unit that first gave each, those that kept one unstated, those that changed it. */
interface Answers {
  readonly sameAs: Int32Array;
  readonly kept: Int32Array;
  readonly changes: Uint8Array;
}

/** The step of another approach that says it came to the answer known before. */
const outcomeFlag = (context: FlagContext, { sameAs, kept }: Answers, unit: number, index: number): Flag | undefined => {
  const step = context.steps[index];
  if (step?.function !== "verify" || !step.cues.includes("affirm") || step.cues.some((cue) => spoiled.has(cue))) return undefined;
  const first = (context.units[unit]?.answer === undefined ? kept[unit] : sameAs[unit]) ?? -1;
  const earlier = context.units[first];
  if (!earlier || context.looped[index] === 1) return undefined;
  const answer = clipped(earlier.answer ?? "");
  return {
    rule: "reverify",
    level: "step",
    index,
    start: step.start,
    end: step.end,
    evidence: {
      words: `confirms unit ${first + 1} · same answer ${answer}`,
      detail: `says that another approach comes to the answer that unit ${first + 1} gave first: ${answer}`,
      earlier: earlierPassage(context.text, "unit", first, earlier),
      answer,
    },
  };
};

/** "Same result": flags on the steps of other approaches that confirm an answer. */
const outcomeFlags = (context: FlagContext, answers: Answers, marked: ReadonlySet<number>): Flag[] => {
  const flags: Flag[] = [];
  context.units.forEach((unit, index) => {
    if (unit.role !== "alternative" || answers.changes[index] === 1) return;
    for (let step = unit.firstStep + 1; step < unit.endStep; step++) {
      const flag = marked.has(step) ? undefined : outcomeFlag(context, answers, index, step);
      if (flag) flags.push(flag);
    }
  });
  return flags;
};

/** True when a unit says that it checks, or calculates: an edge case thought through in words alone is no second verification. */
const goesOver = ({ units, equations }: FlagContext, unit: number, announced: Uint8Array): boolean => {
  const { firstStep = 0, endStep = 0 } = units[unit] ?? {};
  if (announced.subarray(firstStep, endStep).includes(1)) return true;
  return (equations.firstOfStep[endStep] ?? 0) > (equations.firstOfStep[firstStep] ?? 0);
};

const unitFlags = (context: FlagContext, announced: Uint8Array, checks: Uint8Array, { sameAs, kept, changes }: Answers): Flag[] => {
  const flags: Flag[] = [];
  context.units.forEach((unit, index) => {
    const states = unit.answer !== undefined;
    const first = (states ? sameAs[index] : kept[index]) ?? -1;
    const earlier = context.units[first];
    if (!earlier || changes[index] === 1 || unit.role === "conclude" || unit.role === "setup") return;
    if (context.loopedUnits[index] === 1) return;
    if (!states && (unit.role !== "verify" || findsFault(context, index) || !goesOver(context, index, announced))) return;
    const checking = unit.role === "verify" || checks.subarray(unit.firstStep, Math.min(unit.firstStep + 2, unit.endStep)).includes(1);
    if (!checking) return;
    const answer = clipped(earlier.answer ?? unit.answer ?? "");
    const shared = sharedSpans(context.words, wordsOfUnit(context, index), context.words, wordsOfUnit(context, first));
    flags.push({
      rule: "reverify",
      level: "unit",
      index,
      start: unit.start,
      end: unit.end,
      evidence: {
        words: `re-verifies unit ${first + 1} · ${states ? "same answer" : "the answer stays"} ${answer}`,
        detail: states
          ? `a check that ends in the answer unit ${first + 1} gave first: ${answer}`
          : `a check after unit ${first + 1} gave ${answer}; it finds no fault, and the answer stated next is the same`,
        earlier: earlierPassage(context.text, "unit", first, earlier),
        answer,
        here: shared.here,
        there: shared.there,
      },
    });
  });
  return flags;
};

/** Words and signs of a line that is no step to mark by itself where its whole check is marked. */
const shortLine = 12;

/** The flags on steps without those on single lines of a calculation ("3 + 4 = 7") in a unit that is marked as a whole. */
const withoutLines = (context: FlagContext, onSteps: readonly Flag[], onUnits: readonly Flag[]): Flag[] => {
  const units = new Set(onUnits.map((flag) => flag.index));
  return onSteps.filter(({ index }) => {
    const { start, end } = wordsOfStep(context, index);
    return end - start > shortLine || !units.has(context.unitOfStep[index] ?? -1);
  });
};

/** Verification that leaves the answer as it was. */
export const reverify: FlagRule = {
  id: "reverify",
  title: "Verifies again, nothing changes",
  description:
    "A check of something already stated that comes to the same result: a verify cue, and an equation or an answer that stands earlier. A check that changes the answer is productive and never marked. In a solution whose record gives the steps, also a step that says itself that it goes over known ground.",
  redundant: true,
  integrity: false,
  find: (context) => {
    const announced = announcedChecks(context);
    const checks = checkSteps(context, announced);
    const { sameAs, changes } = firstUnits(context);
    const answers: Answers = { sameAs, changes, kept: keptAnswers(context, sameAs) };
    const onSteps = stepFlags(context, checks, changes);
    const marked = new Set(onSteps.map((flag) => flag.index));
    const outcomes = outcomeFlags(context, answers, marked);
    const onUnits = unitFlags(context, announced, checks, answers);
    return [...withoutLines(context, [...onSteps, ...outcomes], onUnits), ...knownGroundFlags(context, marked), ...onUnits];
  },
};
