/** Find in Compare: the field, its matches and the current one. */
import { html, nothing, type TemplateResult } from "lit";
import type { Comparison } from "../../src/protocol/engine";
import type { FindQuery } from "../trace/find";
import { FindBar } from "../trace/findBar";
import { findInPair, type PairFind, type PairMatch } from "./findPair";
import type { FoundMark } from "./rowParts";

/** The view whose pair is searched. */
export interface FinderOwner {
  readonly pair: Comparison | undefined;
  readonly element: HTMLElement;
  readonly updateComplete: Promise<boolean>;
  changed(): void;
  goToStepRow(stepRow: number, align: "auto" | "start"): void;
}

const nothingFound: PairFind = { matches: [], more: false };

/** One per view. */
export class PairFinder {
  private open = false;
  private query: FindQuery = { text: "", matchCase: false, word: false, regex: false };
  private result: PairFind = nothingFound;
  private current = 0;
  private byRow = new Map<number, PairMatch[]>();

  constructor(private readonly owner: FinderOwner) {}

  /** Opens the field and puts the caret in it. */
  show(): void {
    this.open = true;
    this.search(this.query, false);
    void this.owner.updateComplete.then(() => {
      const bar = this.owner.element.querySelector("rti-find");
      if (bar instanceof FindBar) void bar.updateComplete.then(() => bar.focusField());
    });
  }

  /** Closes the field; false when it was not open. */
  close(): boolean {
    const { open } = this;
    this.open = false;
    this.keep(nothingFound);
    if (open) this.owner.element.querySelector<HTMLElement>(".rows")?.focus();
    this.owner.changed();
    return open;
  }

  /** Another pair is shown. */
  pairChanged(): void {
    if (this.open) this.search(this.query, false);
  }

  /** Goes to the next or previous match. */
  move(by: number): void {
    const { length } = this.result.matches;
    if (length === 0) return;
    this.current = (this.current + by + length) % length;
    this.reveal();
  }

  /** Marks of a step row. */
  marksOf(stepRow: number): readonly FoundMark[] {
    const current = this.result.matches[this.current];
    return (this.byRow.get(stepRow) ?? []).map((match) => ({ ...match, current: match === current }));
  }

  render(): TemplateResult | typeof nothing {
    if (!this.open) return nothing;
    return html`<rti-find .query=${this.query} .result=${this.result} .current=${this.current}
      @rti-find=${(event: CustomEvent<FindQuery>) => this.search(event.detail, true)} @rti-find-move=${(event: CustomEvent<number>) => this.move(event.detail)}
      @rti-find-close=${() => this.close()}></rti-find>`;
  }

  private search(query: FindQuery, reveal: boolean): void {
    this.query = query;
    this.current = 0;
    const { pair } = this.owner;
    this.keep(pair ? findInPair(pair, query) : nothingFound);
    if (reveal && this.result.matches.length > 0) this.reveal();
    else this.owner.changed();
  }

  private keep(result: PairFind): void {
    this.result = result;
    this.byRow = new Map();
    for (const match of result.matches) {
      const row = this.byRow.get(match.stepRow);
      if (row) row.push(match);
      else this.byRow.set(match.stepRow, [match]);
    }
  }

  private reveal(): void {
    const match = this.result.matches[this.current];
    if (match) this.owner.goToStepRow(match.stepRow, "auto");
    this.owner.changed();
  }
}
