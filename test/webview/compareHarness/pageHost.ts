/** A host inside the page: real import, analysis and alignment, no worker and no editor. */
import type { Analysis } from "../../../src/core/analysis";
import { analyze } from "../../../src/core/analyze";
import { compareTraces } from "../../../src/core/compare/compareTraces";
import { chooseImporter, importRecord } from "../../../src/core/import/registry";
import type { Json, Trace } from "../../../src/core/trace";
import type { Comparison, FileInfo, PairPage, PairRequest, PairRow, Side, TraceDocument, TraceRef } from "../../../src/protocol/engine";
import type { HostRequests } from "../../../src/protocol/host";

interface Loaded {
  readonly ref: TraceRef;
  readonly trace: Trace;
  analysis?: Analysis;
}

const refuse = (): never => {
  throw new Error("not in the harness");
};

/** Only what Compare asks for answers; everything else refuses. */
export class PageHost implements HostRequests {
  private readonly loaded: Loaded[] = [];
  /** What was asked of the editor. */
  readonly asked: string[] = [];

  constructor(private readonly files: readonly { readonly name: string; readonly records: readonly Json[] }[]) {
    files.forEach(({ name, records }, file) => {
      const { importer } = chooseImporter(records.slice(0, 20));
      records.forEach((value, record) => {
        for (const trace of importRecord(importer, value, { record, fileName: name, line: record + 1 }))
          this.loaded.push({ ref: { file, record, rollout: trace.rollout }, trace: { ...trace, model: trace.model ?? name } });
      });
    });
  }

  async info(): Promise<FileInfo> {
    const models = new Map<string, number>();
    for (const { trace } of this.loaded) models.set(trace.model ?? "", (models.get(trace.model ?? "") ?? 0) + 1);
    return {
      name: this.files[0]?.name ?? "",
      bytes: 1,
      bytesIndexed: 1,
      indexed: true,
      container: "jsonl",
      importer: "harness",
      importerTitle: "harness",
      confidence: 1,
      records: this.files[0]?.records.length ?? 0,
      traces: this.loaded.length,
      hasTraces: true,
      malformed: 0,
      problems: [],
      notices: [],
      analysed: 0,
      models: [...models].map(([name, traces]) => ({ name, traces })),
      tokenCounter: "characters / 3.7 (estimate)",
    };
  }

  async pairs({ teacher, student, query }: PairRequest): Promise<PairPage> {
    const left = this.side(teacher);
    const right = this.side(student);
    const byQuestion = new Map(right.map((loaded) => [key(loaded.trace), loaded]));
    const joined = left.flatMap((loaded) => {
      const other =
        byQuestion.get(key(loaded.trace)) ?? right.find(({ ref, trace }) => trace.question === "" && ref.record === loaded.ref.record);
      return other ? [this.pairRow(loaded, other)] : [];
    });
    const pairs = joined.filter((pair) => pair.question.includes(query));
    return {
      pairs,
      matching: pairs.length,
      total: joined.length,
      unpairedTeacher: left.length - joined.length,
      unpairedStudent: right.length - joined.length,
      key: "question",
      complete: true,
    };
  }

  async compare(teacher: TraceRef, student: TraceRef): Promise<Comparison> {
    const left = this.document(teacher);
    const right = this.document(student);
    const [a, b] = await Promise.all([left, right]);
    return { teacher: a, student: b, diff: compareTraces(a, b) };
  }

  async document(ref: TraceRef): Promise<TraceDocument> {
    const loaded = this.loaded.find((one) => one.ref.file === ref.file && one.ref.record === ref.record && one.ref.rollout === ref.rollout);
    if (!loaded) throw new Error("There is no such trace.");
    return {
      ref,
      line: ref.record + 1,
      byteStart: 0,
      byteEnd: 0,
      trace: loaded.trace,
      analysis: this.analysisOf(loaded),
      rollouts: 1,
      siblings: [],
      notAnalysed: 0,
    };
  }

  private side({ model, rollout }: Side): Loaded[] {
    return this.loaded.filter(
      ({ ref, trace }) => (model === undefined || trace.model === model) && (rollout === undefined || ref.rollout === rollout),
    );
  }

  private pairRow(teacher: Loaded, student: Loaded): PairRow {
    const [a, b] = [this.analysisOf(teacher), this.analysisOf(student)];
    return {
      teacher: teacher.ref,
      student: student.ref,
      id: teacher.trace.id,
      question: teacher.trace.question.slice(0, 200),
      teacherVerdict: a.verdict,
      studentVerdict: b.verdict,
      teacherTokens: a.tokens,
      studentTokens: b.tokens,
      ...(a.finalAnswer === undefined || b.finalAnswer === undefined ? {} : { agree: a.finalAnswer === b.finalAnswer }),
    };
  }

  private analysisOf(loaded: Loaded): Analysis {
    loaded.analysis ??= analyze(loaded.trace);
    return loaded.analysis;
  }

  async nativeDiff(): Promise<void> {
    this.asked.push("diff");
  }
  async copy(text: string): Promise<void> {
    this.asked.push(text);
  }
  async askNumber(): Promise<number | undefined> {
    return 1;
  }
  async pickSides(): Promise<undefined> {
    this.asked.push("sides");
    return undefined;
  }
  async showError(message: string): Promise<void> {
    this.asked.push(message);
  }
  async stateChanged(): Promise<void> {}
  async focusChanged(): Promise<void> {}
  async openAsText(): Promise<void> {}
  async copyRecord(): Promise<void> {}
  async dismissals(): Promise<readonly []> {
    return [];
  }
  async changeDismissals(): Promise<boolean> {
    return false;
  }
  async openSettings(): Promise<void> {}
  async openKeybindings(): Promise<void> {}
  async openAnotherFile(): Promise<void> {}
  async setBackground(): Promise<void> {}
  ready = refuse;
  view = refuse;
  viewInfo = refuse;
  rows = refuse;
  locate = refuse;
  recordText = refuse;
  openPeer = refuse;
  complete = refuse;
}

const key = (trace: Trace): string => (trace.question === "" ? trace.id : trace.question.replace(/\s+/g, " ").trim());
