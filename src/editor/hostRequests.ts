/** What the webview may ask of the host: the engine, passed on, and things that only VS Code can do. */
import * as vscode from "vscode";
import { readMark } from "../core/annotate/marks";
import { readCorrections } from "../core/compare/corrections";
import type { Drawing } from "../protocol/drawing";
import type { Engine, TraceRef } from "../protocol/engine";
import type { HostRequests, KeyHelp } from "../protocol/host";
import { RpcError } from "../protocol/rpc";
import type { Annotations } from "./annotations";
import { choose } from "./choose";
import type { CompareCorrections } from "./compareCorrections";
import { nativeDiff, nativeDiffs } from "./compareDiffs";
import { isTextFile } from "./handBack";
import { prefix } from "./ids";
import { plural } from "./labels";
import { showMedia } from "./localMedia";
import { fileName } from "./notify";
import type { InspectorPanel, Panels } from "./panel";
import { openPeer, pickSides } from "./pickSides";
import { exportPairs, saveText } from "./saveFiles";
import { backgroundAnalysis, viewSettings } from "./settings";
import { recordUri } from "./traceDocuments";
import { sourceOf } from "./traceRefs";
import type { ViewStates } from "./viewStates";

/** What the requests need of the extension. */
export interface HostParts {
  readonly panels: Panels;
  readonly states: ViewStates;
  readonly keys: readonly KeyHelp[];
  readonly annotations: Annotations;
  readonly corrections: CompareCorrections;
  drawMolecule(smiles: string): Promise<Drawing>;
}

/** Largest record that is copied, in bytes. */
const copyLimit = 64 * 2 ** 20;

/** The requests of one panel; `signal` is that of the request at hand. */
export function hostRequests(panel: InspectorPanel, parts: HostParts, signal: AbortSignal): HostRequests {
  return { ...engineRequests(panel, signal), ...editorRequests(panel, parts) };
}

/** The engine that runs now answers; a webview may open no second file that the user did not choose. */
function engineRequests(panel: InspectorPanel, signal: AbortSignal): Engine {
  const ask = <T>(request: (engine: Engine) => Promise<T>): Promise<T> => panel.session.ask(request, signal);
  return {
    info: () => panel.session.info(),
    view: (request) => ask((engine) => engine.view(request)),
    viewInfo: (id) => ask((engine) => engine.viewInfo(id)),
    rows: (view, start, count) => ask((engine) => engine.rows(view, start, count)),
    locate: (view, record, rollout) => ask((engine) => engine.locate(view, record, rollout)),
    document: (ref, limit) => ask((engine) => engine.document(ref, limit)),
    recordText: (ref, maxBytes) => ask((engine) => engine.recordText(ref, maxBytes)),
    openPeer: (path) => {
      if (panel.allowedPeers.has(path)) return panel.session.openPeer(path);
      return Promise.reject(
        new RpcError("not-chosen", `${path} was not chosen in a dialog. Use "Compare Teacher and Student…" to open it.`),
      );
    },
    pairs: (request) => ask((engine) => engine.pairs(request)),
    pairSummary: (request) => ask((engine) => engine.pairSummary(request)),
    pairPatch: (teacher, student) => ask((engine) => engine.pairPatch(teacher, student)),
    pairPage: (teacher, student, pins) => ask((engine) => engine.pairPage(teacher, student, pins)),
    pairLines: (request, start) => ask((engine) => engine.pairLines(request, start)),
    compare: (teacher, student, pins) => ask((engine) => engine.compare(teacher, student, pins)),
    complete: (query, cursor, view) => ask((engine) => engine.complete(query, cursor, view)),
    setBackground: (running) => ask((engine) => engine.setBackground(running && backgroundAnalysis())),
  };
}

function editorRequests(panel: InspectorPanel, parts: HostParts): Omit<HostRequests, keyof Engine> {
  return {
    ready: async () => {
      const restore = await restoreState(panel, parts.states);
      const { standingProblem } = panel.session;
      if (standingProblem !== undefined) panel.whenReady(() => panel.events.engineState({ message: standingProblem }));
      panel.setReady();
      return { ...(restore ? { restore } : {}), settings: viewSettings(), keys: parts.keys };
    },
    stateChanged: async (state) => {
      panel.state = state;
      parts.panels.touch(panel);
      await parts.states.set(panel.uri.toString(), state);
    },
    focusChanged: async (focused, inText) => {
      panel.focus = { focused, inText };
      parts.panels.touch(panel);
    },
    openAsText: (ref) => openAsText(panel, ref),
    copy: async (text) => vscode.env.clipboard.writeText(text),
    copyRecord: (ref) => copyRecord(panel, ref),
    nativeDiff: (teacher, student) => nativeDiff(panel, teacher, student),
    nativeDiffs: (pairs) => nativeDiffs(panel, pairs),
    corrections: async (teacher, student) => parts.corrections.get(traceKey(panel, teacher), traceKey(panel, student)),
    keepCorrections: async (teacher, student, corrections) => {
      const kept = readCorrections(corrections);
      if (kept) await parts.corrections.set(traceKey(panel, teacher), traceKey(panel, student), kept);
    },
    saveFile: (name, content) => saveText(panel, name, content),
    exportPairs: (request) => exportPairs(panel, request),
    pickSides: () => pickSides(panel),
    askNumber,
    choose,
    marks: () => parts.annotations.entries(panel.uri.toString()),
    changeMarks: (added, removed) => parts.annotations.change(panel.uri.toString(), marksFrom(added), marksFrom(removed)),
    mathMl: async (formulas) => (await import("./mathMl")).mathMl(formulas),
    drawMolecule: (smiles) => parts.drawMolecule(smiles),
    showMedia: (ref, address) => showMedia(sourceOf(panel, ref), address),
    explainRule: async (rule) => {
      await vscode.commands.executeCommand(`${prefix}explainRule`, rule);
    },
    openSettings: async (query) => {
      await vscode.commands.executeCommand("workbench.action.openSettings", query || prefix);
    },
    openKeybindings: async () => {
      await vscode.commands.executeCommand("workbench.action.openGlobalKeybindings", prefix);
    },
    openAnotherFile: async () => {
      await vscode.commands.executeCommand("workbench.action.files.openFile");
    },
    showError: async (message) => {
      void vscode.window.showErrorMessage(message);
    },
  };
}

/** What a webview sends is written to a file, so it is checked. */
const marksFrom = (values: readonly unknown[]) => values.flatMap((value) => readMark(value) ?? []);

/** The state to restore; a comparison with a second file only when that file can still be opened. */
async function restoreState(panel: InspectorPanel, states: ViewStates): Promise<ReturnType<ViewStates["get"]>> {
  const state = panel.state ?? states.get(panel.uri.toString());
  if (!state?.peer) return state;
  const opened = await openPeer(panel, state.peer).catch(() => undefined);
  if (opened) return state;
  const { peer: _, sides: __, pair: ___, ...rest } = state;
  return { ...rest, view: "inspect" };
}

/** A trace's address, the same in every window of the workspace. */
const traceKey = (panel: InspectorPanel, ref: TraceRef): string => `${sourceOf(panel, ref).toString()}#${ref.record}.${ref.rollout}`;

/** Opens the file as text, at a record's line when there is one. */
export async function openAsText(panel: InspectorPanel, ref: TraceRef | undefined): Promise<void> {
  const info = panel.session.lastInfo;
  if (info && !isTextFile(info)) return openRecord(panel, ref);
  const document = ref && (await panel.session.ask((engine) => engine.document(ref)).catch(() => undefined));
  const line = document ? Math.max(0, document.line - 1) : undefined;
  await vscode.commands.executeCommand("vscode.openWith", ref ? sourceOf(panel, ref) : panel.uri, "default", {
    viewColumn: panel.panel.viewColumn ?? vscode.ViewColumn.Active,
    preview: false,
    ...(line === undefined ? {} : { selection: new vscode.Range(line, 0, line, 0) }),
  });
}

/** The record alone: its file is packed, an archive or a folder, which the text editor cannot show. */
async function openRecord(panel: InspectorPanel, ref: TraceRef | undefined): Promise<void> {
  const name = fileName(panel.uri);
  if (!ref) throw new RpcError("no-text", `${name} is no text file. Open one of its records first; this command then shows that record.`);
  const document = await vscode.workspace.openTextDocument(recordUri(sourceOf(panel, ref), ref.record, `${name} record ${ref.record + 1}`));
  await vscode.window.showTextDocument(document, { preview: true });
}

/** Copies a record's JSON as it stands in the file. */
export async function copyRecord(panel: InspectorPanel, ref: TraceRef): Promise<void> {
  const { text, truncated } = await panel.session.ask((engine) => engine.recordText(ref, copyLimit));
  if (truncated) throw new RpcError("too-large", `Record ${ref.record + 1} is larger than ${copyLimit / 2 ** 20} MB and was not copied.`);
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`Copied record ${ref.record + 1}, ${plural(text.length, "character")}`, 4_000);
}

/** A number from 1 to `max`; undefined when cancelled. */
async function askNumber(prompt: string, max: number): Promise<number | undefined> {
  const wrong = (text: string) => {
    const value = Number(text);
    return Number.isInteger(value) && value >= 1 && value <= max ? undefined : `A number from 1 to ${max}`;
  };
  const text = await vscode.window.showInputBox({ prompt: `${prompt} (1 to ${max})`, validateInput: wrong });
  return text === undefined ? undefined : Number(text);
}
