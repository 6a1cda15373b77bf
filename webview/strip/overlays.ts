/** What lies over the strip's bars: the window, the first answer, the end, the lane of the record's own numbers. Lengths in pixels. */
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { percent, plainAnswer } from "../format";
import { place, px } from "../place";
import { type Lane, laneHeight } from "../signals/lane";
import type { StripLayout } from "./layout";
import type { TokenRange } from "./zoom";

/** Room from which the bracket after the first answer is drawn at all, and from which it says more; in pixels. */
const leastBracket = 60;
const bracketWords: readonly (readonly [room: number, words: string])[] = [
  [180, " after first answer"],
  [90, " after"],
];

/** Where a token stands. */
export const leftOf = (layout: StripLayout, token: number): number => (token - layout.fromToken) * layout.pixelsPerToken;

/** The window: the tokens on screen in the reading column. */
export function windowMark(layout: StripLayout, range: TokenRange | undefined): TemplateResult | typeof nothing {
  if (!range) return nothing;
  const left = Math.max(0, leftOf(layout, range.from));
  const right = Math.min(layout.width, leftOf(layout, range.to));
  if (right < 0 || left > layout.width) return nothing;
  return html`<span class="win" ${place({ left: px(left), width: px(Math.max(6, right - left)) })}></span>`;
}

/** The lane under the bars; `pin` is the token it marks. */
export function laneMark(layout: StripLayout, lane: Lane, pin: number | undefined): TemplateResult {
  return html`<div class="lpl" aria-hidden="true">${guard([lane], () => [
    lane.gaps.map(
      ({ left, width }) =>
        html`<span class="no" ${place({ left: px(left), width: px(width) })}>${width > 90 ? html`<b>not generated</b>` : nothing}</span>`,
    ),
    html`<svg viewBox="0 0 ${Math.ceil(layout.width)} ${laneHeight}" preserveAspectRatio="none"><path d=${lane.path}></path></svg>`,
  ])}${pin === undefined ? nothing : html`<span class="pin" ${place({ left: px(leftOf(layout, pin)) })}></span>`}</div>`;
}

/** The line of the first answer with its label, and how much follows. */
export function firstAnswerMark(layout: StripLayout, finalAnswer: string | undefined): TemplateResult | typeof nothing {
  const first = layout.firstAnswer;
  if (!first || first.left < 0 || first.left > layout.width + 1) return nothing;
  const words = `first answer ${plainAnswer(finalAnswer ?? "")}`.trim();
  const onLeft = first.left > words.length * 6.2 + 10;
  const label = onLeft ? { right: px(layout.width - first.left + 6) } : { left: px(first.left + (first.left > 6 ? -4 : 0)) };
  const room = Math.min(layout.thinkingEnd, layout.width) - first.left - (onLeft ? 0 : words.length * 6.2);
  return html`<span class="tick" ${place(label)}>${words}</span><span class="fa" ${place({ left: px(first.left) })}></span>
      ${first.share >= 0.005 && room > leastBracket && onLeft ? bracket(first.left + 8, Math.min(layout.thinkingEnd, layout.width), first.share) : nothing}`;
}

/** The bracket over what follows the first answer, with as many words as it has room for. */
function bracket(left: number, right: number, share: number): TemplateResult {
  const words = bracketWords.find(([room]) => right - left >= room)?.[1] ?? "";
  return html`<span class="after" ${place({ left: px(left), width: px(right - left) })}></span>
      <span class="tick over" ${place({ left: px((left + right) / 2) })}>${percent(share)} %${words}</span>`;
}

/** The torn edge of a text that was cut off. */
export function endingMark(layout: StripLayout): TemplateResult | typeof nothing {
  if (layout.thinkingEnd > layout.width + 1) return nothing;
  return html`<span class="tick" ${place({ right: px(layout.width - layout.thinkingEnd) })}>cut off, no end of thought</span>
      <span class="torn" ${place({ left: px(layout.thinkingEnd - 1) })}></span>`;
}
