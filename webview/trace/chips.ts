/** Flag chips: the rule's words, a way to the evidence, and the way back from a dismissal. */
import { html, nothing, type TemplateResult } from "lit";
import { redundancyRules } from "../../src/core/analysis";
import { icons } from "../icons";
import { dismissedAs, flagWords, ruleLooks } from "../words";
import type { RowContext } from "./context";
import { flagsOf } from "./rows";

/** Chips of a step or unit; nothing when it has no flag. */
export function chips(context: RowContext, level: "step" | "unit", index: number): TemplateResult[] {
  const { model, analysis } = context;
  return flagsOf(analysis, level, index).map(({ flag, at }) => {
    const look = ruleLooks[flag.rule];
    const dropped = model.marks.dismissed.has(at);
    const kind = dropped ? "chip plain off" : redundancyRules.includes(flag.rule) ? "chip" : "chip plain";
    return html`<span class=${kind} title=${look.title}>${icons[look.icon]}<span class="w">${flagWords(flag)}</span></span
      ><button class="ev lnk" aria-expanded=${model.peek === at} @click=${(event: Event) => {
        event.stopPropagation();
        model.setPeek(model.peek === at ? undefined : at);
      }}>evidence</button>${dropped ? html`<span class="m">marked as ${dismissedAs(flag.rule)}</span>` : nothing}`;
  });
}
