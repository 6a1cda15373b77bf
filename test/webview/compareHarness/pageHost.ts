/** A host inside the page: the real engine over the records given, no worker and no editor. */
import { memorySource } from "../../../src/core/bytes/byteSource";
import { openRecords } from "../../../src/core/bytes/records";
import type { KeptCorrections } from "../../../src/core/compare/corrections";
import { TraceSession } from "../../../src/core/session";
import type { Json } from "../../../src/core/trace";
import { mathMl } from "../../../src/editor/mathMl";
import type { Engine, FileInfo } from "../../../src/protocol/engine";
import type { HostRequests, ViewState } from "../../../src/protocol/host";
import { loadAnalyst } from "../../support/analyst";

interface GivenFile {
  readonly name: string;
  readonly records: readonly Json[];
}

const refuse = (): never => {
  throw new Error("not in the harness");
};

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Records without a model are named after their file, so that several files can be compared as models of one. */
function lines({ name, records }: GivenFile): string[] {
  return records.map((record) =>
    JSON.stringify(typeof record === "object" && record !== null && !Array.isArray(record) ? { model: name, ...record } : record),
  );
}

/** Starts an engine on the files; `asked` collects what was asked of the editor. */
export function pageHost(
  files: readonly GivenFile[],
  progress: (info: FileInfo) => void,
): HostRequests & { readonly asked: string[]; told: ViewState | undefined } {
  const bytes = new TextEncoder().encode(files.flatMap(lines).join("\n"));
  const session = new TraceSession(openRecords(memorySource(files[0]?.name ?? "", bytes)), { pause, loadAnalyst, openPeer: refuse });
  session.listen({ progress, analysed: () => undefined });
  const asked: string[] = [];
  const kept = new Map<string, KeptCorrections>();
  const note =
    (name: string) =>
    async (...args: readonly unknown[]): Promise<undefined> => {
      asked.push([name, ...args].map((arg) => (typeof arg === "string" ? arg : JSON.stringify(arg))).join(" "));
      return undefined;
    };
  const engine: Engine = {
    info: () => session.info(),
    view: (request) => session.view(request),
    viewInfo: (id) => session.viewInfo(id),
    rows: (view, start, count) => session.rows(view, start, count),
    locate: (view, record, rollout) => session.locate(view, record, rollout),
    document: (ref, limit) => session.document(ref, limit),
    recordText: (ref, maxBytes) => session.recordText(ref, maxBytes),
    openPeer: (path) => session.openPeer(path),
    pairs: (request) => session.pairs(request),
    pairSummary: (request) => session.pairSummary(request),
    pairPatch: (teacher, student) => session.pairPatch(teacher, student),
    pairPage: (teacher, student, pins) => session.pairPage(teacher, student, pins),
    pairLines: (request, start) => session.pairLines(request, start),
    compare: (teacher, student, pins) => session.compare(teacher, student, pins),
    complete: (query, cursor, view) => session.complete(query, cursor, view),
    setBackground: (running) => session.setBackground(running),
  };
  return {
    ...engine,
    asked,
    told: undefined,
    ready: refuse,
    nativeDiff: note("diff"),
    nativeDiffs: note("diffs"),
    corrections: async (...pair) => kept.get(JSON.stringify(pair)),
    keepCorrections: async (teacher, student, corrections) => {
      kept.set(JSON.stringify([teacher, student]), corrections);
    },
    copy: note("copy"),
    copyRecord: note("copyRecord"),
    askNumber: async () => 1,
    pickSides: note("sides"),
    saveFile: async (name, content) => {
      asked.push(`save ${name} ${content}`);
      return true;
    },
    exportPairs: note("exportPairs"),
    showError: note("error"),
    stateChanged: async () => undefined,
    focusChanged: async () => undefined,
    openAsText: async () => undefined,
    showMedia: async () => ({}),
    mathMl: async (formulas) => mathMl(formulas),
    drawMolecule: async () => ({ reason: "nothing draws here" }),
    explainRule: async () => undefined,
    openSettings: async () => undefined,
    openKeybindings: async () => undefined,
    openAnotherFile: async () => undefined,
    choose: async () => undefined,
    marks: async () => [],
    changeMarks: async () => true,
  };
}
