/** One trace: head, strip, find and reading column. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { RuleId } from "../../src/core/analysis";
import { isTraceDocument, type TraceDocument } from "../../src/protocol/engine";
import { type SignalScale, scaleOf } from "../signals/scale";
import { ModelElement } from "../state/element";
import { plainView } from "../states/plainView";
import { legend } from "../strip/legend";
import { positionWords } from "../strip/marks";
import { Strip } from "../strip/strip";
import type { TokenRange } from "../strip/zoom";
import { FactGrid } from "./factGrid";
import type { FindQuery } from "./find";
import { FindBar } from "./findBar";
import { type FlagBarActions, flagBar } from "./flagBar";
import { crumb, type HeaderActions, metrics, question, siblingMenu, signalMenu } from "./header";
import { ReadingColumn } from "./readingColumn";
import { TraceFind } from "./traceFind";
import { failure, oversize, waiting } from "./traceNotices";

/** Lists and code, which one line cannot show; paragraphs and displayed formulas can stand in the line. */
const hasBlocks = (question: string): boolean => /\n\s*(?:[-*] |\d+[.)] |```)/.test(question);

/** `<rti-trace>`; fires `rti-compare`. */
export class TraceView extends ModelElement {
  static override properties = {
    ...ModelElement.properties,
    range: { state: true },
    only: { state: true },
    questionOpen: { state: true },
    questionLong: { state: true },
    menuOpen: { state: true },
    signalMenuOpen: { state: true },
    foldMenuOpen: { state: true },
    pin: { state: true },
  };
  declare range: TokenRange | undefined;
  declare only: string | undefined;
  declare questionOpen: boolean;
  declare questionLong: boolean;
  declare menuOpen: boolean;
  declare signalMenuOpen: boolean;
  declare foldMenuOpen: boolean;
  declare pin: number | undefined;
  private readonly find = new TraceFind(
    () => this.model,
    () => this.requestUpdate(),
  );
  private readonly facts = new FactGrid();
  private shown: unknown;
  private measured: TraceDocument | undefined;
  private lastRule: RuleId | undefined;
  private scaled: SignalScale | undefined;

  constructor() {
    super();
    this.questionOpen = false;
    this.questionLong = false;
    this.menuOpen = false;
    this.signalMenuOpen = false;
    this.foldMenuOpen = false;
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
    this.find.show();
    void this.updateComplete.then(() => {
      const bar = this.querySelector("rti-find");
      if (bar instanceof FindBar) void bar.updateComplete.then(() => bar.focusField());
    });
  }

  /** Goes to the next (+1) or previous (−1) match. */
  moveFind(by: number): void {
    this.find.move(by);
  }

  /** Closes find or an open menu; false when nothing was open. */
  closeOverlays(): boolean {
    const closed = this.find.close();
    if (closed) this.reader?.focusColumn();
    const open = this.menuOpen || this.signalMenuOpen || this.foldMenuOpen;
    this.menuOpen = false;
    this.signalMenuOpen = false;
    this.foldMenuOpen = false;
    return closed || open;
  }

  /** Opens the list of other traces of the same question. */
  openSiblings(): void {
    if ((this.model.trace?.siblings.length ?? 0) === 0) return;
    this.menuOpen = true;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(".menu button")?.focus());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.shown === this.model.trace) return;
    this.shown = this.model.trace;
    this.questionOpen = false;
    this.menuOpen = false;
    this.find.traceChanged();
  }

  protected override render(): TemplateResult {
    const { find, model } = this;
    const { document, trace, analysis } = model;
    if (model.documentError !== undefined && !model.loading) return failure(model, model.documentError);
    if (!document) return waiting(model);
    if (!isTraceDocument(document)) return plainView(model, document);
    if (!trace || !analysis) return html``;
    const actions = this.actions();
    const scale = this.scale();
    const { step = 0, unit = 0 } = model.state;
    const { labels } = model.marks;
    return html`<div class="tr" role="region" aria-label="Trace" @click=${this.onClick}>
      <div class="sr" aria-live="polite">${positionWords(analysis, step)}</div>
      ${oversize(model, trace)}
      <div class="th">${crumb(trace, actions, this.menuOpen ? siblingMenu(trace, (index) => this.openSibling(index)) : nothing, this.signalMenuOpen ? signalMenu(actions.signals, actions.signal, (name) => this.showSignal(name)) : nothing)}
        ${question(trace, actions)}${guard([trace, analysis, scale], () => metrics(trace, analysis, scale))}
        <rti-strip .analysis=${analysis} .text=${trace.trace.text} .step=${step} .unit=${unit} .range=${this.range} .only=${this.only}
          .cutOff=${trace.trace.thinking === "unclosed" || trace.trace.cutOff === true} .hits=${find.hitTokens} .signal=${scale} .pin=${this.pin}
          @rti-step=${(event: CustomEvent<number>) => model.goToStep(event.detail)} @rti-unit=${(event: CustomEvent<number>) => model.goToUnit(event.detail)}
          @rti-fold=${(event: CustomEvent<number>) => this.reader?.toggleUnit(event.detail)} @rti-scroll=${(event: CustomEvent<number>) => this.reader?.scrollToToken(event.detail)}
          @rti-response=${() => model.wish({ field: "response", align: "start" })}></rti-strip>
        ${guard([analysis, scale], () =>
          legend(
            analysis,
            (only) => {
              this.only = only;
            },
            scale,
          ),
        )}${flagBar(analysis, model.marks.dismissed, labels.steps.size + labels.units.size, model.folds, this.flagActions())}</div>
      ${find.open ? this.findBar() : nothing}
      <rti-read .model=${model} .found=${find.found.matches} .current=${find.current} .signal=${scale} @rti-range=${this.onRange} @rti-pin=${(
        event: CustomEvent<number | undefined>,
      ) => {
        this.pin = event.detail;
      }}></rti-read></div>`;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.facts.dispose();
  }

  protected override updated(): void {
    const { trace, analysis } = this.model;
    this.facts.update(this.querySelector<HTMLElement>(".facts"), trace, analysis, this.scaled);
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
      signals: this.signalNames(),
      signal: this.scale()?.signal.name,
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
    const names = this.signalNames();
    if (this.signalMenuOpen || names.length === 0) this.signalMenuOpen = false;
    else if (names.length > 1) {
      this.signalMenuOpen = true;
      void this.updateComplete.then(() => this.querySelector<HTMLElement>(".menu button")?.focus());
    } else this.showSignal(this.scale() ? undefined : names[0]);
  }

  private flagActions(): FlagBarActions {
    const { model } = this;
    return {
      menuOpen: this.foldMenuOpen,
      goTo: (rule) => this.goToFlag(rule),
      toggleMenu: () => {
        this.foldMenuOpen = !this.foldMenuOpen;
        if (this.foldMenuOpen) void this.updateComplete.then(() => this.querySelector<HTMLElement>(".fs .menu button")?.focus());
      },
      setFolds: (change) => model.setFolds(change),
    };
  }

  /** The rule's next flag after the selected step; from the last one back to the first. */
  private goToFlag(rule: RuleId): void {
    const { analysis, state } = this.model;
    if (!analysis) return;
    const steps = analysis.flags
      .filter((flag) => flag.rule === rule)
      .map((flag) => (flag.level === "step" ? flag.index : (analysis.units[flag.index]?.firstStep ?? 0)))
      .sort((a, b) => a - b);
    const target = this.lastRule === rule ? (steps.find((step) => step > (state.step ?? 0)) ?? steps[0]) : steps[0];
    this.lastRule = rule;
    if (target === undefined) return;
    this.reader?.reveal(target);
    this.model.goToStep(target, "start");
  }

  private showSignal(name: string | undefined): void {
    this.signalMenuOpen = false;
    this.model.patch({ signal: name });
  }

  private signalNames(): string[] {
    return (this.model.trace?.trace.signals ?? []).filter((signal) => signal.values.length > 0).map((signal) => signal.name);
  }

  /** The numbers that are shown, with their scale; made once a signal. */
  private scale(): SignalScale | undefined {
    const { trace, state } = this.model;
    const signal = state.signal === undefined ? undefined : trace?.trace.signals?.find(({ name }) => name === state.signal);
    if (!signal) return undefined;
    if (this.scaled?.signal !== signal) this.scaled = scaleOf(signal);
    return this.scaled;
  }

  /** Folds everything redundant, or opens it again. */
  toggleFold(): void {
    const { folds, state } = this.model;
    this.model.setFolds({ foldRedundant: !folds.foldRedundant, opened: new Set(), openedRuns: new Set() });
    if (state.step !== undefined) this.model.wish({ step: state.step, align: "nearest" });
  }

  private findBar(): TemplateResult {
    const { find } = this;
    return html`<rti-find .query=${find.query} .result=${find.found} .current=${find.current} .inFile=${find.inFile}
      @rti-find-record=${(event: CustomEvent<1 | -1>) => void find.moveRecord(event.detail)}
      @rti-find=${(event: CustomEvent<FindQuery>) => find.search(event.detail)} @rti-find-move=${(event: CustomEvent<number>) => find.move(event.detail)}
      @rti-find-close=${() => this.closeOverlays()}></rti-find>`;
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
}

customElements.define("rti-trace", TraceView);
