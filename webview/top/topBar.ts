/** The top bar: views, query, count, help. */
import { html, nothing, type TemplateResult } from "lit";
import { count } from "../format";
import { icons } from "../icons";
import { place } from "../place";
import { ModelElement } from "../state/element";
import "./queryField";

const views = [
  { id: "inspect", label: "Inspect" },
  { id: "compare", label: "Compare" },
] as const;

const one = (noun: string, total: number): string => (total === 1 ? noun : `${noun}s`);

/** `<rti-top>`; fires `rti-view` with a view's id and `rti-help`. */
export class TopBar extends ModelElement {
  protected override render(): TemplateResult {
    const { state, file } = this.model;
    const { info } = file;
    const share = info && !info.indexed && info.bytes > 0 ? info.bytesIndexed / info.bytes : undefined;
    return html`<div class="views" role="tablist" aria-label="Views" @keydown=${this.onKey}>${views.map(
      ({ id, label }) =>
        html`<button role="tab" id="rti-tab-${id}" class=${state.view === id ? "on" : ""} aria-selected=${state.view === id}
          aria-controls="rti-view" tabindex=${state.view === id ? 0 : -1} @click=${() => this.choose(id)}>${label}</button>`,
    )}</div>
    <rti-query .model=${this.model}></rti-query>
    <div class="cnt" role="status">${this.counted()}</div>
    <div class="tb"><button title="Keyboard shortcuts (?)" aria-label="Keyboard shortcuts" @click=${() => this.dispatchEvent(new CustomEvent("rti-help", { bubbles: true }))}>${icons.question}</button></div>
    ${share === undefined ? nothing : html`<div class="prog" role="progressbar" aria-label="Indexing" aria-valuenow=${Math.round(share * 100)}><u ${place({ width: `${share * 100}%` })}></u></div>`}`;
  }

  private counted(): TemplateResult | typeof nothing {
    const { list, file, state } = this.model;
    const { view } = list;
    const { info } = file;
    if (state.view === "compare") return this.countedPairs();
    if (!view || !info) return nothing;
    const noun = info.hasTraces || info.records === 0 ? "record" : "line";
    const filtered = state.query.trim() !== "";
    const soFar = view.complete ? "" : " so far";
    if (!filtered) return html`<b>${count(view.total)}</b> ${one(noun, view.total)}${soFar}`;
    return html`<b>${count(view.rows)}</b> of ${count(view.total)} ${one(noun, view.total)}${soFar}`;
  }

  private countedPairs(): TemplateResult | typeof nothing {
    const { pairs, state } = this.model;
    if (!pairs) return nothing;
    const { matching, total, complete, aligned } = pairs;
    const aligning = aligned > 0 && aligned < total ? `, ${count(aligned)} aligned` : "";
    const soFar = complete ? "" : ` so far${aligning}`;
    if (state.query.trim() === "") return html`<b>${count(total)}</b> ${one("pair", total)}${soFar}`;
    return html`<b>${count(matching)}</b> of ${count(total)} ${one("pair", total)}${soFar}`;
  }

  private choose(id: "inspect" | "compare"): void {
    this.dispatchEvent(new CustomEvent("rti-view", { bubbles: true, detail: id }));
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const next = this.model.state.view === "inspect" ? "compare" : "inspect";
    this.choose(next);
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`#rti-tab-${next}`)?.focus());
  }
}

customElements.define("rti-top", TopBar);
