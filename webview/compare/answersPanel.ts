/** All answers to one question, models and rollouts, as rows of strips on one scale; two of them open as a pair. */
import { html, nothing, type TemplateResult } from "lit";
import { isTraceDocument, type TraceDocument, type TraceRef } from "../../src/protocol/engine";
import type { HostRequests } from "../../src/protocol/host";
import { count, plural } from "../format";
import { icons } from "../icons";
import { place, px } from "../place";
import { layoutStrip } from "../strip/layout";
import { segmentMarks, unitMarks } from "../strip/marks";
import { answerText } from "../trace/answers";
import { verdictLooks } from "../words";
import { SizedElement } from "./lightElement";
import { type PairRefs, sameTrace } from "./pairing";
import { words } from "./pairSession";

/** Traces shown at most. */
export const mostAnswers = 8;
const namesWidth = 232;
const totalRoom = 72;

/** The open trace and others of its question, the open ones first, at most {@link mostAnswers}. */
export function answersOf(document: TraceDocument, open: PairRefs | undefined): readonly TraceRef[] {
  const refs = [document.ref, ...(open ? [open.teacher, open.student] : []), ...document.siblings.map(({ ref }) => ref)];
  return refs.filter((ref, index) => refs.findIndex((other) => sameTrace(ref, other)) === index).slice(0, mostAnswers);
}

/** The shortest correct trace that is not the one given; undefined when there is none. */
export function shortestCorrect(documents: readonly TraceDocument[], than: TraceRef | undefined): TraceDocument | undefined {
  return documents
    .filter(({ ref, analysis }) => analysis.verdict === "correct" && !sameTrace(ref, than))
    .sort((a, b) => a.analysis.tokens - b.analysis.tokens)[0];
}

/** `<rti-answers>`: fires `rti-pair` with two {@link PairRefs}. */
export class AnswersPanel extends SizedElement {
  static override properties = {
    host: { attribute: false },
    refs: { attribute: false },
    pair: { attribute: false },
    first: { state: true },
  };
  declare host: HostRequests;
  declare refs: readonly TraceRef[];
  declare pair: PairRefs | undefined;
  declare first: TraceRef | undefined;
  private documents: readonly TraceDocument[] = [];
  private loaded: readonly TraceRef[] = [];
  private error: string | undefined;

  protected override willUpdate(): void {
    const changed = this.refs.length !== this.loaded.length || this.refs.some((ref, index) => !sameTrace(ref, this.loaded[index]));
    if (changed) void this.load();
  }

  private async load(): Promise<void> {
    const { refs } = this;
    this.loaded = refs;
    this.first = undefined;
    try {
      const documents = await Promise.all(refs.map((ref) => this.host.document(ref)));
      if (refs !== this.loaded) return;
      this.documents = documents.filter(isTraceDocument);
      this.error = undefined;
    } catch (error) {
      this.error = words(error);
    }
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const width = Math.max(120, this.clientWidth - 40 - namesWidth - totalRoom);
    const longest = Math.max(1, ...this.documents.map(({ analysis }) => analysis.tokens));
    const shortest = shortestCorrect(this.documents, this.pair?.teacher);
    return html`<div class="answers"><div class="psh"><b>${plural(this.documents.length, "answer")} to this question</b><span class="m">${
      this.first ? "Choose the student." : "Choose the teacher, then the student."
    }</span><span class="sp"></span>${
      shortest && this.pair
        ? html`<button class="btn" title="The open teacher beside the shortest correct answer" @click=${() => this.choose(this.pair?.teacher, shortest.ref)}><span>Shortest correct against the teacher</span></button>`
        : nothing
    }</div>
      ${this.error ? html`<p role="alert">${this.error}</p>` : nothing}
      ${this.documents.map((document) => this.row(document, width, width / longest))}</div>`;
  }

  private row(document: TraceDocument, width: number, pixelsPerToken: number): TemplateResult {
    const { analysis, ref } = document;
    const shape = layoutStrip(analysis, width, { pixelsPerToken, response: false });
    const role = sameTrace(ref, this.first ?? this.pair?.teacher)
      ? "teacher"
      : !this.first && sameTrace(ref, this.pair?.student)
        ? "student"
        : "";
    const look = verdictLooks[analysis.verdict];
    const name = nameOf(document);
    return html`<button class="answer${role === "" ? "" : " on"}" aria-pressed=${role !== ""} aria-label="${name}, ${look.word}, ${plural(analysis.tokens, "token")}${role === "" ? "" : `, ${role}`}" @click=${() => this.pick(ref)}>
      <span class="who"><b>${name}</b><span class="m">${role}</span><span class="v"><span class=${look.className}>${icons[look.icon]}</span>${
        analysis.finalAnswer === undefined ? html`<span class="m">no answer</span>` : answerText(analysis.finalAnswer)
      }</span></span>
      <span class="row" aria-hidden="true">${segmentMarks(shape, {}, 0)}${unitMarks(shape, {}, 30)}<span class="tot" ${place({ left: px(shape.thinkingEnd) })}>${count(analysis.tokens)} tok</span></span></button>`;
  }

  private pick(ref: TraceRef): void {
    if (this.first && !sameTrace(this.first, ref)) this.choose(this.first, ref);
    else this.first = this.first ? undefined : ref;
  }

  private choose(teacher: TraceRef | undefined, student: TraceRef): void {
    if (teacher) this.dispatchEvent(new CustomEvent<PairRefs>("rti-pair", { detail: { teacher, student }, bubbles: true }));
    this.first = undefined;
  }
}

function nameOf({ trace, ref, rollouts }: TraceDocument): string {
  const name = trace.model ?? trace.variant ?? `record ${ref.record + 1}`;
  return rollouts > 1 ? `${name} · rollout ${ref.rollout + 1}` : name;
}

customElements.define("rti-answers", AnswersPanel);
