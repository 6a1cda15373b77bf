/** One trace: head, strip, find and reading column. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { isTraceDocument, type TraceDocument } from "../../src/protocol/engine";
import { bytes, count } from "../format";
import { icons } from "../icons";
import { ModelElement } from "../state/element";
import { plainView } from "../states/plainView";
import { stepTokenStarts } from "../strip/layout";
import { legend } from "../strip/legend";
import { positionWords } from "../strip/marks";
import { Strip, type TokenRange } from "../strip/strip";
import { type FindQuery, type FindResult, findInTrace, matchAfter } from "./find";
import { FindBar } from "./findBar";
import { crumb, type HeaderActions, metrics, question, siblingMenu } from "./header";
import { ReadingColumn } from "./readingColumn";
import { firstStepAt } from "./rows";

const emptyFind: FindQuery = { text: "", matchCase: false, word: false, regex: false };
const mostMarks = 400;

/** Lists, code and paragraphs that one line cannot show; a displayed formula can stand in the line. */
const hasBlocks = (question: string): boolean => /\n\s*\n[^\\$\s]|\n\s*(?:[-*] |\d+[.)] |```)/.test(question);

/** `<rti-trace>`; fires `rti-compare`. */
export class TraceView extends ModelElement {
  static override properties = {
    ...ModelElement.properties,
    finding: { state: true },
    query: { state: true },
    found: { state: true },
    current: { state: true },
    range: { state: true },
    only: { state: true },
    questionOpen: { state: true },
    questionLong: { state: true },
    menuOpen: { state: true },
    signals: { state: true },
  };
  declare finding: boolean;
  declare query: FindQuery;
  declare found: FindResult;
  declare current: number;
  declare range: TokenRange | undefined;
  declare only: string | undefined;
  declare questionOpen: boolean;
  declare questionLong: boolean;
  declare menuOpen: boolean;
  declare signals: boolean;
  private searched: unknown;
  private hitTokens: readonly number[] = [];
  private measured: TraceDocument | undefined;

  constructor() {
    super();
    this.query = emptyFind;
    this.found = { matches: [], more: false };
    this.current = -1;
    this.finding = false;
    this.questionOpen = false;
    this.questionLong = false;
    this.menuOpen = false;
    this.signals = false;
  }

  get reader(): ReadingColumn | null {
    const element = this.querySelector("rti-read");
    return element instanceof ReadingColumn ? element : null;
  }

  get strip(): Strip | null {
    const element = this.querySelector("rti-strip");
    return element instanceof Strip ? element : null;
  }

  /** Opens the find field. */
  openFind(): void {
    this.finding = true;
    void this.updateComplete.then(() => {
      const bar = this.querySelector("rti-find");
      if (bar instanceof FindBar) void bar.updateComplete.then(() => bar.focusField());
    });
  }

  /** Goes to the next (+1) or previous (−1) match. */
  moveFind(by: number): void {
    const total = this.found.matches.length;
    if (total === 0) return;
    this.current = (this.current + by + total) % total;
  }

  /** Closes find or the sibling list; false when neither was open. */
  closeOverlays(): boolean {
    const open = this.finding || this.menuOpen;
    if (this.finding) {
      this.finding = false;
      this.search(emptyFind);
      this.reader?.focusColumn();
    }
    this.menuOpen = false;
    return open;
  }

  /** Opens the list of other traces of the same question. */
  openSiblings(): void {
    if ((this.model.trace?.siblings.length ?? 0) === 0) return;
    this.menuOpen = true;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(".menu button")?.focus());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.searched === this.model.trace) return;
    this.searched = this.model.trace;
    this.questionOpen = false;
    this.menuOpen = false;
    if (this.query.text !== "") this.search(this.query);
  }

  protected override render(): TemplateResult {
    const { model } = this;
    const { document, trace, analysis } = model;
    if (model.documentError !== undefined && !model.loading) return this.failure(model.documentError);
    if (!document)
      return html`<div class="tr">${model.loading ? html`<div class="empty"><p><vscode-progress-ring aria-label="Loading the record"></vscode-progress-ring></p></div>` : nothing}</div>`;
    if (!isTraceDocument(document)) return plainView(model, document);
    if (!trace || !analysis) return html``;
    const actions = this.actions();
    const { step = 0, unit = 0 } = model.state;
    return html`<div class="tr" role="region" aria-label="Trace" @click=${this.onClick}>
      <div class="sr" aria-live="polite">${positionWords(analysis, step)}</div>
      ${trace.notAnalysed > 0 ? this.oversize(trace) : nothing}
      <div class="th">${crumb(trace, actions, this.menuOpen ? siblingMenu(trace, (index) => this.openSibling(index)) : nothing)}
        ${question(trace, actions)}${guard([trace, analysis], () => metrics(trace, analysis))}
        <rti-strip .analysis=${analysis} .text=${trace.trace.text} .step=${step} .unit=${unit} .range=${this.range} .only=${this.only}
          .cutOff=${trace.trace.thinking === "unclosed" || trace.trace.cutOff === true} .hits=${this.hitTokens}
          @rti-step=${(event: CustomEvent<number>) => model.goToStep(event.detail)} @rti-unit=${(event: CustomEvent<number>) => model.goToUnit(event.detail)}
          @rti-fold=${(event: CustomEvent<number>) => this.reader?.toggleUnit(event.detail)} @rti-scroll=${(event: CustomEvent<number>) => this.reader?.scrollToToken(event.detail)}
          @rti-response=${() => model.wish({ field: "response", align: "start" })}></rti-strip>
        ${guard([analysis], () =>
          legend(analysis, (only) => {
            this.only = only;
          }),
        )}</div>
      ${this.finding ? this.findBar() : nothing}
      <rti-read .model=${model} .found=${this.found.matches} .current=${this.current} @rti-range=${this.onRange}></rti-read></div>`;
  }

  protected override updated(): void {
    const trace = this.model.trace;
    if (!trace || this.measured === trace) return;
    this.measured = trace;
    const box = this.querySelector(".qn");
    this.questionLong = box instanceof HTMLElement && (box.scrollHeight > box.clientHeight + 2 || hasBlocks(trace.trace.question));
  }

  private actions(): HeaderActions {
    const { model } = this;
    return {
      raw: model.state.raw,
      foldRedundant: model.folds.foldRedundant,
      questionOpen: this.questionOpen,
      questionLong: this.questionLong || this.questionOpen,
      signals: (model.trace?.trace.signals?.length ?? 0) === 0 ? "none" : this.signals ? "on" : "off",
      setRaw: (raw) => model.patch({ raw }),
      toggleFold: () => this.toggleFold(),
      compare: () => this.dispatchEvent(new CustomEvent("rti-compare", { bubbles: true })),
      toggleSignals: () => this.toggleSignals(),
      toggleQuestion: () => {
        this.questionOpen = !this.questionOpen;
      },
      toggleSiblings: () => (this.menuOpen ? this.closeOverlays() : this.openSiblings()),
    };
  }

  /** Shows or hides the record's own numbers over the text. */
  toggleSignals(): void {
    this.signals = !this.signals;
  }

  /** Folds everything redundant, or opens it again. */
  toggleFold(): void {
    const { folds, state } = this.model;
    this.model.setFolds({ foldRedundant: !folds.foldRedundant, opened: new Set(), openedRuns: new Set() });
    if (state.step !== undefined) this.model.wish({ step: state.step, align: "nearest" });
  }

  private findBar(): TemplateResult {
    return html`<rti-find .query=${this.query} .result=${this.found} .current=${this.current}
      @rti-find=${(event: CustomEvent<FindQuery>) => this.search(event.detail)} @rti-find-move=${(event: CustomEvent<number>) => this.moveFind(event.detail)}
      @rti-find-close=${() => this.closeOverlays()}></rti-find>`;
  }

  private search(query: FindQuery): void {
    const { trace, analysis, state } = this.model;
    this.query = query;
    this.found = trace ? findInTrace(trace.trace, query) : { matches: [], more: false };
    this.hitTokens = this.matchTokens();
    const from = analysis?.steps[state.step ?? 0]?.start ?? 0;
    this.current = this.found.matches.length > 0 ? matchAfter(this.found.matches, from) : -1;
  }

  /** Places of the matches on the strip, thinned to what can be told apart. */
  private matchTokens(): number[] {
    const { analysis } = this.model;
    if (!analysis || this.found.matches.length === 0) return [];
    const starts = stepTokenStarts(analysis);
    const inText = this.found.matches.filter((match) => match.field === undefined);
    const every = Math.max(1, Math.ceil(inText.length / mostMarks));
    return inText
      .filter((_, index) => index % every === 0)
      .map((match) => {
        const at = firstStepAt(analysis, match.start);
        const step = analysis.steps[at];
        const share = step && step.end > step.start ? (match.start - step.start) / (step.end - step.start) : 0;
        return (starts[at] ?? 0) + (step?.tokens ?? 0) * share;
      });
  }

  private onRange(event: CustomEvent<TokenRange>): void {
    const { from, to } = event.detail;
    if (this.range && Math.abs(this.range.from - from) < 0.5 && Math.abs(this.range.to - to) < 0.5) return;
    this.range = event.detail;
  }

  private onClick(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-action]") : null;
    const action = target?.dataset.action;
    const { model } = this;
    if (action === "text" && model.document) void model.host.openAsText(model.document.ref);
    if (action === "first-answer" && model.analysis?.measures.firstAnswerStep !== undefined)
      model.goToStep(model.analysis.measures.firstAnswerStep, "start");
    if (this.menuOpen && !(event.target instanceof Element && event.target.closest(".pickbox"))) this.menuOpen = false;
  }

  private openSibling(index: number): void {
    const sibling = this.model.trace?.siblings[index];
    this.menuOpen = false;
    if (sibling) void this.model.open(sibling.ref);
  }

  private oversize(trace: TraceDocument): TemplateResult {
    const analysed = trace.trace.text.length - trace.notAnalysed;
    return html`<div class="notice top" role="note">${icons.warning}<span>Line ${count(trace.line)} holds ${bytes(trace.byteEnd - trace.byteStart)}. The first ${count(analysed)} characters are segmented; flags and metrics cover only that part.</span></div>`;
  }

  private failure(message: string): TemplateResult {
    const ref = this.model.state.ref;
    return html`<div class="tr"><div class="empty" role="alert"><h2>This record could not be read</h2><p>${message}</p>
      <div class="acts">${ref ? html`<vscode-button @click=${() => void this.model.open(ref)}>Try Again</vscode-button>` : nothing}
      <vscode-button appearance="secondary" @click=${() => void this.model.host.openAsText(ref)}>Open as Text</vscode-button></div></div></div>`;
  }
}

customElements.define("rti-trace", TraceView);
