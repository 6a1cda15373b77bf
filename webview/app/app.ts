/** The shell: top bar, list, sash, trace or comparison, overlays. It hears the host's events and carries out commands. */
import { html, nothing, type TemplateResult } from "lit";
import type { FileInfo, TraceRef } from "../../src/protocol/engine";
import type { ViewCommand, ViewEvents, ViewState } from "../../src/protocol/host";
import type { PairCount } from "../compare/pairSession";
import { RecordList } from "../list/recordList";
import { place, px } from "../place";
import { sameRef } from "../state/dismiss";
import { ModelElement } from "../state/element";
import { banners, listState } from "../states/listStates";
import { QueryField } from "../top/queryField";
import "../top/topBar";
import type { MediaWish } from "../text/media";
import { TraceView } from "../trace/traceView";
import { type CommandContext, inspectCommands } from "./commands";
import { keysSheet } from "./keysSheet";
import { showLocalMedia } from "./localMedia";

const narrowest = 360;
const traceMin = 480;
const listWidth = 596;
/** The list takes no more of a narrow view than this, until the reader drags the sash. */
const listShare = 0.45;
const sashStep = 16;

/** Commands that mean the same in both views. */
const shared: ReadonlySet<ViewCommand> = new Set(["inspect", "compare", "focusQuery", "showKeys", "escape"]);

/** `<rti-app>` */
export class App extends ModelElement {
  static override properties = { ...ModelElement.properties, keysOpen: { state: true } };
  declare keysOpen: boolean;
  /** What Compare was told of the file last. */
  private told: FileInfo | undefined;

  constructor() {
    super();
    this.keysOpen = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.classList.add("rti");
    this.setAttribute("role", "main");
    this.setAttribute("aria-label", "Reasoning trace inspector");
    window.addEventListener("focusin", this.tellFocus);
    window.addEventListener("focusout", this.tellFocus);
    window.addEventListener("focus", this.tellFocus);
    window.addEventListener("blur", this.tellFocus);
    this.addEventListener("keydown", this.onKey);
  }

  /** What the host may tell this view. The model is looked up when something is told. */
  events(): ViewEvents {
    return {
      progress: (info) => this.model.progress(info),
      analysed: (from, to) => this.model.list.analysed(from, to),
      command: (id) => this.run(id),
      reveal: (ref, unit, step) => {
        this.showView("inspect");
        void this.model.open(ref, { ...(unit === undefined ? {} : { unit }), ...(step === undefined ? {} : { step }) });
      },
      openPair: (pair) => this.model.patch({ ...pair, view: "compare" }),
      settings: (settings) => {
        this.model.settings = settings;
        this.model.changed();
      },
      marks: (marks) => this.model.setMarks(marks),
      engineState: (problem) => {
        this.model.problem = problem;
        this.model.changed();
        if (!problem) void this.model.reload();
      },
    };
  }

  /** Carries out a command in the view that is open. */
  run(id: ViewCommand): void {
    if (this.model.state.view === "compare" && !shared.has(id)) {
      this.compareView?.handleCommand(id);
      return;
    }
    inspectCommands[id](this.commandContext());
  }

  protected override render(): TemplateResult {
    const { model } = this;
    if (!model?.ready)
      return html`<div class="empty"><p><vscode-progress-ring aria-label="Opening the file"></vscode-progress-ring></p></div>`;
    return html`<rti-top class="top" .model=${model} @rti-view=${(event: CustomEvent<ViewState["view"]>) => this.showView(event.detail)} @rti-help=${() => this.toggleKeys()}></rti-top>
      <div id="rti-view" class="main" role="tabpanel" @rti-media=${(event: CustomEvent<MediaWish>) => void showLocalMedia(model, event)} aria-labelledby="rti-tab-${model.state.view}">${banners(model)}${model.state.view === "inspect" ? this.inspect() : this.compare()}</div>
      ${
        this.keysOpen
          ? keysSheet(
              model.keys,
              () => this.toggleKeys(),
              () => void model.host.openKeybindings(),
            )
          : nothing
      }`;
  }

  protected override updated(): void {
    if (!this.model) return;
    this.tellComparison();
    const style = document.documentElement.style;
    style.setProperty("--rti-text-width", `${Math.round(this.model.settings.textWidth * 8)}px`);
    if (this.keysOpen) this.querySelector<HTMLElement>(".keys button")?.focus();
  }

  private inspect(): TemplateResult {
    const { model } = this;
    const state = listState(model);
    if (state) return html`<div class="statebox">${state}</div>`;
    const width = model.state.listWidth;
    return html`<div class="two" @rti-compare=${() => this.run("compareWithStudent")} ${place({ "--rti-list": width === undefined ? undefined : px(width), "--rti-rows": px(stackedHeight(model.list.view?.rows ?? 0)) })}>
      <rti-list class="list" .model=${model}></rti-list>
      <div class="sash" role="separator" aria-orientation="vertical" aria-label="Width of the list" tabindex="0" aria-valuenow=${width ?? this.ownListWidth} aria-valuemin=${narrowest}
        @pointerdown=${this.onSashDown} @pointermove=${this.onSashMove} @keydown=${this.onSashKey} @dblclick=${() => this.model.patch({ listWidth: undefined })}></div>
      <rti-trace .model=${model}></rti-trace></div>`;
  }

  private compare(): TemplateResult {
    const { model } = this;
    void loadCompare().catch((error: unknown) => model.host.showError(error instanceof Error ? error.message : String(error)));
    return html`<rti-compare .host=${model.host} .state=${model.state} .settings=${model.settings}
      @rti-state=${(event: CustomEvent<Partial<ViewState>>) => model.patch(event.detail)}
      @rti-pairs=${(event: CustomEvent<PairCount>) => model.setPairs(event.detail)}
      @rti-open=${(event: CustomEvent<TraceRef>) => {
        this.showView("inspect");
        void model.open(event.detail);
      }}></rti-compare>`;
  }

  /** Compare opens on the pair of the trace that was read, where that is not the pair it showed last. */
  private showView(view: ViewState["view"]): void {
    const { state } = this.model;
    if (state.view === view) return;
    const { ref, pair } = state;
    const other = view === "compare" && ref && pair && !sameRef(pair.teacher, ref) && !sameRef(pair.student, ref);
    this.model.patch({ view, ...(other ? { pair: undefined } : {}) });
  }

  private toggleKeys(): void {
    this.keysOpen = !this.keysOpen;
    if (!this.keysOpen) this.trace?.reader?.focusColumn();
  }

  /** Compare hears of the file what the model has heard, asked for or told. */
  private tellComparison(): void {
    const { info } = this.model.file;
    if (!info || info === this.told || !this.compareView) return;
    this.told = info;
    this.compareView.progress(info);
  }

  private get compareView(): Comparison | null {
    const element = this.querySelector("rti-compare");
    return isComparison(element) ? element : null;
  }

  private get trace(): TraceView | null {
    const element = this.querySelector("rti-trace");
    return element instanceof TraceView ? element : null;
  }

  private get list(): RecordList | null {
    const element = this.querySelector("rti-list");
    return element instanceof RecordList ? element : null;
  }

  private get query(): QueryField | null {
    const element = this.querySelector("rti-query");
    return element instanceof QueryField ? element : null;
  }

  private commandContext(): CommandContext {
    return {
      model: this.model,
      view: this.trace,
      focusQuery: () => this.query?.focusField(),
      focusList: () => this.list?.focusGrid(),
      showView: (view) => this.showView(view),
      toggleKeys: () => this.toggleKeys(),
      escape: () => this.escape(),
    };
  }

  /** Closes, in this order: the key sheet, completions, find and menus, the evidence; then leaves a field. */
  private escape(): boolean {
    if (this.keysOpen) {
      this.toggleKeys();
      return true;
    }
    if (this.compareView?.handleCommand("escape")) return true;
    if (this.query?.closeCompletions() || this.trace?.closeOverlays() || this.list?.closeOverlays()) return true;
    if (this.model.peek !== undefined) {
      this.model.setPeek(undefined);
      return true;
    }
    if (isText(document.activeElement)) {
      this.list?.focusGrid();
      return true;
    }
    return false;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    event.preventDefault();
    this.run("escape");
  }

  private readonly tellFocus = (): void => {
    const focused = document.hasFocus();
    void this.model?.host.focusChanged(focused, focused && isText(document.activeElement)).catch(() => undefined);
  };

  private onSashDown(event: PointerEvent): void {
    if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId);
  }

  private onSashMove(event: PointerEvent): void {
    if (event.buttons & 1) this.resize(event.clientX - this.getBoundingClientRect().left);
  }

  private onSashKey(event: KeyboardEvent): void {
    const by = event.key === "ArrowLeft" ? -sashStep : event.key === "ArrowRight" ? sashStep : 0;
    if (by === 0) return;
    event.preventDefault();
    this.resize((this.model.state.listWidth ?? this.ownListWidth) + by);
  }

  /** Width of the list while the reader has not chosen one. */
  private get ownListWidth(): number {
    return Math.round(Math.min(listWidth, this.clientWidth * listShare));
  }

  private resize(width: number): void {
    const most = Math.max(narrowest, this.clientWidth - traceMin);
    this.model.patch({ listWidth: Math.round(Math.min(Math.max(narrowest, width), most)) });
  }
}

/** Pixels that head, rows and foot of the list need where it stands over the trace: a few rows leave the rest to the text. */
const stackedHeight = (rows: number): number => 27 + 24 * Math.min(rows, 100) + 28;

/** What the shell asks of Compare, which is loaded when it is first shown. */
interface Comparison extends Element {
  handleCommand(id: ViewCommand): boolean;
  progress(info: FileInfo): void;
}

const loadCompare = (): Promise<unknown> => import("../compare/compareView");

const isComparison = (element: Element | null): element is Comparison =>
  element !== null && "handleCommand" in element && "progress" in element;

const isText = (element: Element | null): boolean => element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;

customElements.define("rti-app", App);
