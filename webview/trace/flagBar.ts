/** The line over the text: the trace's flags by rule, and what is folded. */
import { html, nothing, type TemplateResult } from "lit";
import { type Analysis, type RuleId, ruleIds, type StepFunction, stepFunctions } from "../../src/core/analysis";
import { count, plural } from "../format";
import { icons } from "../icons";
import { dismissedAs, functionLooks, ruleLooks } from "../words";
import { type Folds, isTrivial } from "./rows";

/** What the line can do. */
export interface FlagBarActions {
  readonly menuOpen: boolean;
  /** Goes to the next flag of a rule after the selected step, from the last one back to the first. */
  goTo(rule: RuleId): void;
  toggleMenu(): void;
  setFolds(change: Partial<Folds>): void;
}

/** Flags by rule, those marked as not redundant left out. */
export function countRules(analysis: Analysis, dismissed: Pick<ReadonlyMap<number, unknown>, "has">): ReadonlyMap<RuleId, number> {
  const counts = new Map<RuleId, number>();
  for (const [at, flag] of analysis.flags.entries()) if (!dismissed.has(at)) counts.set(flag.rule, (counts.get(flag.rule) ?? 0) + 1);
  return counts;
}

/** "2 marked as not redundant", "1 marked as mistaken". */
function dismissedWords(analysis: Analysis, dismissed: Pick<ReadonlyMap<number, unknown>, "has">): string[] {
  const counts = new Map<string, number>();
  for (const [at, { rule }] of analysis.flags.entries())
    if (dismissed.has(at)) counts.set(dismissedAs(rule), (counts.get(dismissedAs(rule)) ?? 0) + 1);
  return [...counts].map(([words, times]) => `${count(times)} marked as ${words}`);
}

/** Draws the line. `labelled`: functions and roles that a reader set. */
export function flagBar(
  analysis: Analysis,
  dismissed: Pick<ReadonlyMap<number, unknown>, "has">,
  labelled: number,
  folds: Folds,
  actions: FlagBarActions,
): TemplateResult {
  const counts = countRules(analysis, dismissed);
  const rules = ruleIds.filter((rule) => counts.has(rule));
  const folded = folds.functions.size + folds.rules.size + Number(folds.trivial);
  return html`<div class="fs" role="group" aria-label="Flags of this trace">${rules.length === 0 ? html`<span>no flags</span>` : nothing}${rules.map(
    (rule) =>
      html`<button title="${ruleLooks[rule].title}; go to the next" @click=${() => actions.goTo(rule)}>${icons[ruleLooks[rule].icon]}${ruleLooks[rule].verb} <b>${count(counts.get(rule) ?? 0)}</b></button>`,
  )}${dismissedWords(analysis, dismissed).map((words) => html`<span>${words}</span>`)}${labelled > 0 ? html`<span>${plural(labelled, "label")} set by a reader</span>` : nothing}
    <span class="sp"></span><span class="pickbox"><button class=${folded > 0 ? "on" : ""} aria-haspopup="menu" aria-expanded=${actions.menuOpen} title="Fold steps by function or flag" @click=${actions.toggleMenu}>${icons.fold}fold${folded > 0 ? html` <b>${count(folded)}</b>` : nothing}${icons.chevronDown}</button>${
      actions.menuOpen ? foldMenu(analysis, folds, rules, actions) : nothing
    }</span></div>`;
}

function foldMenu(analysis: Analysis, folds: Folds, rules: readonly RuleId[], actions: FlagBarActions): TemplateResult {
  const entry = (words: string, steps: number, on: boolean, change: () => Partial<Folds>): TemplateResult =>
    html`<button role="menuitemcheckbox" aria-checked=${on} @click=${() => actions.setFolds({ ...change(), openedRuns: new Set() })}><span class="mk">${on ? icons.check : nothing}</span><span>${words}</span><span class="m">${count(steps)}</span></button>`;
  const trivial = analysis.steps.filter((_, index) => isTrivial(analysis, index)).length;
  const functions = stepFunctions.filter((name) => analysis.steps.some((step) => step.function === name));
  const steps = (rule: RuleId): number => analysis.flags.filter((flag) => flag.rule === rule && flag.level === "step").length;
  return html`<div class="menu right" role="menu" aria-label="Fold steps">
    ${trivial > 0 ? entry("trivial steps", trivial, folds.trivial, () => ({ trivial: !folds.trivial })) : nothing}
    ${functions.map((name) =>
      entry(
        `${functionLooks[name].letter} ${functionLooks[name].label}`,
        analysis.steps.filter((step) => step.function === name).length,
        folds.functions.has(name),
        () => ({ functions: toggled<StepFunction>(folds.functions, name) }),
      ),
    )}
    ${rules
      .filter((rule) => steps(rule) > 0)
      .map((rule) =>
        entry(ruleLooks[rule].verb, steps(rule), folds.rules.has(rule), () => ({ rules: toggled<RuleId>(folds.rules, rule) })),
      )}
  </div>`;
}

function toggled<T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const changed = new Set(set);
  if (!changed.delete(value)) changed.add(value);
  return changed;
}
