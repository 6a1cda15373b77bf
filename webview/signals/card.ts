/** The card over a token: its number, and the alternatives the model weighed. */
import { html, nothing, type TemplateResult } from "lit";
import type { Signal } from "../../src/core/trace";
import { count } from "../format";
import { icons } from "../icons";
import { place } from "../place";
import { type SignalScale, signalNumber } from "./scale";

/** One alternative. `probability` 0 to 1. */
export interface Alternative {
  readonly token: string;
  readonly probability: number;
  readonly sampled: boolean;
}

/** What the model weighed at an entry. */
export interface Choice {
  readonly alternatives: readonly Alternative[];
  /** Probability that is left for all other tokens. */
  readonly other: number;
  /** Entropy in nats, all other tokens taken as one. */
  readonly entropy: number;
  /** Rank of the sampled token from 1, among the alternatives of the record; undefined when it is not one of them. */
  readonly rank: number | undefined;
}

const entropyOf = (probability: number): number => (probability > 0 ? -probability * Math.log(probability) : 0);

/** The alternatives at an entry with the sampled token among them; undefined where the record has none. */
export function choiceAt(signal: Signal, index: number, sampled: string): Choice | undefined {
  const top = signal.top?.[index];
  if (!top || top.length === 0) return undefined;
  const own = Math.exp(signal.values[index] ?? Number.NEGATIVE_INFINITY);
  const same = (token: string): boolean => token === sampled || token.trim() === sampled.trim();
  const exact = top.findIndex(({ token }) => token === sampled);
  const at = exact >= 0 ? exact : top.findIndex(({ token, logprob }) => same(token) && Math.abs(Math.exp(logprob) - own) < 0.001);
  const listed: Alternative[] = top.map(({ token, logprob }, place) => ({
    token,
    probability: Math.exp(logprob),
    sampled: place === at,
  }));
  if (at < 0) listed.push({ token: sampled, probability: own, sampled: true });
  const other = Math.max(0, 1 - listed.reduce((sum, { probability }) => sum + probability, 0));
  const entropy = listed.reduce((sum, { probability }) => sum + entropyOf(probability), entropyOf(other));
  return { alternatives: listed, other, entropy, rank: at < 0 ? undefined : at + 1 };
}

/** White space that would not show, as signs. */
const visible = (token: string): string => token.replace(/\n/g, "↵").replace(/^ +| +$/g, (run) => "·".repeat(run.length)) || "∅";

/** Draws the card. `left` and `top` in pixels in the reading column. */
export function tokenCard(scale: SignalScale, index: number, token: string, left: number, top: number, where: string): TemplateResult {
  const { signal } = scale;
  const value = signal.values[index] ?? 0;
  const choice = choiceAt(signal, index, token);
  const number = scale.isLogprob ? `−ln p ${signalNumber(-value)}` : `${signal.name} ${signalNumber(value)}`;
  return html`<div class="card" role="tooltip" ${place({ left: `${left}px`, top: `${top}px` })}>
    <div class="hd"><span class="mono"><b>${visible(token)}</b></span>${scale.isLogprob ? html`<span>p ${Math.exp(value).toFixed(2)}</span>` : nothing}<span class="m">${number} · ${where}</span></div>
    ${choice ? choiceRows(choice, signal.top?.[index]?.length ?? 0) : nothing}</div>`;
}

function choiceRows(choice: Choice, size: number): TemplateResult {
  const rank = choice.rank === undefined ? `not among the top ${count(size)}` : `rank ${choice.rank} of top ${count(size)}`;
  return html`<div class="rs">${choice.alternatives.map(
    ({ token, probability, sampled }) =>
      html`<div class=${sampled ? "r on" : "r"}><span>${sampled ? icons.chevronRight : nothing}</span><span class="mono">${visible(token)}</span><span class="num">${probability.toFixed(2)}</span><span class="bar"><u ${place({ width: `${Math.min(100, probability * 100).toFixed(1)}%` })}></u></span></div>`,
  )}</div><div class="ft">other ${choice.other.toFixed(2)} · entropy ${choice.entropy.toFixed(2)} nats · ${rank}</div>`;
}
