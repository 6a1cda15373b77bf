/** The find field over the reading column. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { count, plural } from "../format";
import { icons } from "../icons";
import { keepPlainKey } from "../top/plainKeys";
import type { FindQuery, FindResult } from "./find";

/** `<rti-find>`; fires `rti-find` with the query, `rti-find-move` and `rti-find-record` with +1 or −1, `rti-find-close`. */
export class FindBar extends LitElement {
  static override properties = {
    result: { attribute: false },
    current: { attribute: false },
    query: { attribute: false },
    inFile: { attribute: false },
  };
  declare result: FindResult;
  declare current: number;
  declare query: FindQuery;
  /** Records of the file that hold the words, so far or in all. */
  declare inFile: { readonly rows: number; readonly complete: boolean } | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Puts the caret into the field and selects its text. */
  focusField(): void {
    const field = this.querySelector("input");
    field?.focus();
    field?.select();
  }

  protected override render(): TemplateResult {
    const { query, result } = this;
    const words =
      result.error ??
      (query.text === ""
        ? ""
        : result.matches.length === 0
          ? "No results"
          : `${this.current + 1} of ${count(result.matches.length)}${result.more ? "+" : ""}`);
    return html`<div class="findbar" role="search"><input type="text" spellcheck="false" placeholder="Find in trace" aria-label="Find in trace" .value=${query.text}
        @input=${this.onInput} @keydown=${this.onKey}>
      ${this.option("Match case", "matchCase", icons.caseSensitive)}${this.option("Whole word", "word", icons.wholeWord)}${this.option("Regular expression", "regex", icons.regex)}
      <span class=${result.error ? "n bad" : "n"} role="status" title=${result.error ?? nothing}>${words}</span>
      <button title="Previous (Shift+F3)" aria-label="Previous match" @click=${() => this.move(-1)}>${icons.chevronUp}</button>
      <button title="Next (F3)" aria-label="Next match" @click=${() => this.move(1)}>${icons.chevronDown}</button>
      ${this.records()}
      <button title="Close (Esc)" aria-label="Close find" @click=${() => this.fire("rti-find-close", null)}>${icons.close}</button></div>`;
  }

  private records(): TemplateResult | typeof nothing {
    const { inFile } = this;
    if (!inFile) return nothing;
    return html`<span class="n rec" role="status">${plural(inFile.rows, "record")}${inFile.complete ? "" : " so far"}</span>
      <button title="Previous record with a match" aria-label="Previous record with a match" ?disabled=${inFile.rows === 0} @click=${() => this.fire("rti-find-record", -1)}>${icons.arrowUp}</button>
      <button title="Next record with a match" aria-label="Next record with a match" ?disabled=${inFile.rows === 0} @click=${() => this.fire("rti-find-record", 1)}>${icons.arrowDown}</button>`;
  }

  private option(title: string, key: "matchCase" | "word" | "regex", icon: TemplateResult): TemplateResult {
    const on = this.query[key];
    return html`<button class=${on ? "on" : ""} title=${title} aria-label=${title} aria-pressed=${on} @click=${() => this.fire("rti-find", { ...this.query, [key]: !on })}>${icon}</button>`;
  }

  private onInput(event: Event): void {
    const { target } = event;
    if (target instanceof HTMLInputElement) this.fire("rti-find", { ...this.query, text: target.value });
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "Enter") this.move(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") this.fire("rti-find-close", null);
    else {
      keepPlainKey(event);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private move(by: number): void {
    this.fire("rti-find-move", by);
  }

  private fire(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

customElements.define("rti-find", FindBar);
