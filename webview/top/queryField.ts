/** The query field: a text field over a painted copy of itself, with completions. */
import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../icons";
import { ModelElement } from "../state/element";
import { type CompletionState, completionList } from "./completions";
import { highlightQuery } from "./highlightQuery";
import { keepPlainKey } from "./plainKeys";

/** What the empty field says in each view. */
const examples = {
  inspect: 'Filter records, for example flag:loop tokens:>4000 correct:false "Wait"',
  compare: "Filter pairs, for example agree:false ratio:<0.5 teacher:correct student:wrong divergence:<20%",
} as const;

/** `<rti-query>` */
export class QueryField extends ModelElement {
  static override properties = { ...ModelElement.properties, completion: { state: true }, focused: { state: true } };
  declare completion: CompletionState | undefined;
  declare focused: boolean;
  private asked = 0;

  /** Puts the caret into the field. */
  focusField(): void {
    this.input?.focus();
    this.input?.select();
  }

  /** Closes the completion list; false when there was none. */
  closeCompletions(): boolean {
    const open = this.completion !== undefined;
    this.completion = undefined;
    this.asked += 1;
    return open;
  }

  private get input(): HTMLInputElement | null {
    return this.querySelector("input");
  }

  protected override render(): TemplateResult {
    const { query, matchCase, regex, view } = this.model.state;
    const errors = this.model.list.view?.errors ?? [];
    const open = this.completion !== undefined && this.focused;
    return html`<div class=${this.focused ? "q focus" : "q"}>${icons.search}
      <span class="t"><span class="paint" aria-hidden="true">${query === "" ? html`<span class="ph">${examples[view]}</span>` : this.painted(query)}</span>
        <input type="text" .value=${query} spellcheck="false" autocomplete="off" aria-label=${view === "compare" ? "Filter pairs" : "Filter records"} role="combobox"
          aria-expanded=${open} aria-controls="rti-completions" aria-autocomplete="list"
          aria-activedescendant=${open ? `rti-completion-${this.completion?.selected ?? 0}` : nothing}
          aria-invalid=${errors.length > 0} title=${errors[0]?.message ?? ""}
          @input=${this.onInput} @keydown=${this.onKey} @scroll=${this.onScroll} @focus=${() => this.onFocus(true)} @blur=${() => this.onFocus(false)}></span>
      ${this.option("Match case", matchCase, icons.caseSensitive, () => this.model.list.setQuery({ matchCase: !matchCase }, true))}
      ${this.option("Regular expression", regex, icons.regex, () => this.model.list.setQuery({ regex: !regex }, true))}
      <button class="o" title="Clear" aria-label="Clear the query" ?disabled=${query === ""} @click=${() => this.clear()}>${icons.close}</button>
    </div>
    ${open && this.completion ? completionList(this.completion, (index) => this.insert(index)) : nothing}`;
  }

  protected override updated(): void {
    this.onScroll();
  }

  private painted(query: string): TemplateResult[] {
    const errors = this.model.list.view?.errors ?? [];
    let at = 0;
    return highlightQuery(query).map(({ text, kind }) => {
      const wrong = errors.some((error) => error.start < at + text.length && error.end > at);
      at += text.length;
      return html`<span class="${kind}${wrong ? " bad" : ""}">${text}</span>`;
    });
  }

  private option(title: string, on: boolean, icon: TemplateResult, toggle: () => void): TemplateResult {
    return html`<button class=${on ? "o on" : "o"} title=${title} aria-label=${title} aria-pressed=${on} @click=${toggle}>${icon}</button>`;
  }

  private clear(): void {
    this.model.list.setQuery({ query: "" }, true);
    this.closeCompletions();
    this.input?.focus();
  }

  private onFocus(focused: boolean): void {
    this.focused = focused;
    if (!focused) this.closeCompletions();
  }

  private onInput(): void {
    const input = this.input;
    if (!input) return;
    this.model.list.setQuery({ query: input.value });
    void this.complete();
  }

  private onScroll(): void {
    const paint = this.querySelector(".paint");
    if (paint instanceof HTMLElement && this.input) paint.style.transform = `translateX(${-this.input.scrollLeft}px)`;
  }

  private onKey(event: KeyboardEvent): void {
    const action = this.keyAction(event.key);
    if (!action) {
      keepPlainKey(event);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  private keyAction(key: string): (() => void) | undefined {
    const { completion } = this;
    if (key === "Enter") return () => this.searchNow();
    if (key === " " || !completion) return key === "ArrowDown" ? () => void this.complete(true) : undefined;
    const move = (by: number) => () => {
      const count = completion.items.length;
      this.completion = { ...completion, selected: (completion.selected + by + count) % count };
    };
    const table: Readonly<Record<string, () => void>> = {
      ArrowDown: move(1),
      ArrowUp: move(-1),
      Tab: () => this.insert(completion.selected),
      Escape: () => this.closeCompletions(),
    };
    return table[key];
  }

  private searchNow(): void {
    this.closeCompletions();
    this.model.list.setQuery({}, true);
  }

  private async complete(always = false): Promise<void> {
    const input = this.input;
    const view = this.model.list.view;
    const serial = ++this.asked;
    if (!input || !view) return;
    const cursor = input.selectionStart ?? input.value.length;
    const items = await this.model.host.complete(input.value, cursor, view.id).catch(() => []);
    if (serial !== this.asked) return;
    const first = items[0];
    const typed = first ? input.value.slice(first.start, cursor) : "";
    if (!first || (!always && typed === "")) {
      this.completion = undefined;
      return;
    }
    this.completion = {
      items: items.slice(0, 12),
      selected: 0,
      typed: typed.replace(/^-?(?:[\w.]+:)?/, ""),
      ...this.anchor(input, first.start),
    };
  }

  /** Where the list opens: under the word being typed. */
  private anchor(input: HTMLInputElement, start: number): { left: number; top: number } {
    const context = document.createElement("canvas").getContext("2d");
    if (!context) return { left: 0, top: 30 };
    context.font = getComputedStyle(input).font;
    const offset = context.measureText(input.value.slice(0, start)).width - input.scrollLeft;
    const own = this.getBoundingClientRect();
    const field = input.getBoundingClientRect();
    const left = field.left - own.left + offset - 26;
    return { left: Math.max(-field.left, Math.min(left, window.innerWidth - own.left - 660)), top: own.height + 1 };
  }

  private insert(index: number): void {
    const item = this.completion?.items[index];
    const input = this.input;
    if (!item || !input) return;
    const query = input.value.slice(0, item.start) + item.insert + input.value.slice(item.end);
    this.model.list.setQuery({ query });
    const cursor = item.start + item.insert.length;
    this.completion = undefined;
    void this.updateComplete.then(() => {
      input.focus();
      input.setSelectionRange(cursor, cursor);
      void this.complete();
    });
  }
}

customElements.define("rti-query", QueryField);
