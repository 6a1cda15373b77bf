/** How the pairs were joined, the choice of another key, and the traces that did not join. */
import { html, nothing, type TemplateResult } from "lit";
import type { JoinKey, LoneTrace, PairPage } from "../../src/protocol/engine";
import { count } from "../format";
import { icons } from "../icons";
import { keyWords, loneWords } from "./pairListRow";

/** What the choice does. */
export interface JoinActions {
  /** The key that was chosen; undefined where the best one is taken. */
  readonly joinBy: JoinKey | undefined;
  /** The list of lone traces is open. */
  readonly loneOpen: boolean;
  join(key: JoinKey | undefined): void;
  toggleLone(): void;
}

const ownKeys: readonly JoinKey[] = ["id", "question", "index"];

/** The key, to be changed, and how many traces did not join. */
export function joinChoice(page: PairPage, actions: JoinActions): TemplateResult {
  const keys: readonly JoinKey[] = [...ownKeys, ...page.fields.map((field): JoinKey => `field:${field}`)];
  const lone = loneWords(page);
  return html`<span class="pick">joined by <span class="nm1">${keyWords(page.key)}</span>${icons.chevronDown}<select aria-label="Join by" title="What joins teacher and student" @change=${(event: Event) => choose(event, keys, actions)}>
      <option value="" ?selected=${actions.joinBy === undefined}>the key that joins most</option>
      ${keys.map((key) => html`<option value=${key} ?selected=${actions.joinBy === key}>${keyWords(key)}</option>`)}</select></span>${
        lone === ""
          ? html`<span>all joined</span>`
          : html`<button class="lnk" aria-expanded=${actions.loneOpen} title="Traces without a partner" @click=${actions.toggleLone}>not joined: ${lone}</button>`
      }`;
}

function choose(event: Event, keys: readonly JoinKey[], actions: JoinActions): void {
  const select = event.target;
  if (select instanceof HTMLSelectElement) actions.join(keys.find((key) => key === select.value));
}

/** The traces that did not join, by side. */
export function loneList(page: PairPage): TemplateResult {
  const side = (name: string, traces: readonly LoneTrace[], all: number): TemplateResult | typeof nothing =>
    all === 0
      ? nothing
      : html`<li><b>only in ${name}</b></li>${traces.map(({ id, line }) => html`<li><span class="id">${id}</span><span class="m">line ${count(line)}</span></li>`)}${
          all > traces.length ? html`<li class="m">and ${count(all - traces.length)} more</li>` : nothing
        }`;
  return html`<ul class="lone" aria-label="Traces without a partner">${side("teacher", page.alone.teacher, page.unpairedTeacher)}${side("student", page.alone.student, page.unpairedStudent)}</ul>`;
}
