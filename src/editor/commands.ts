/** Commands of the palette, menus and keys. Those of the views go to the active webview; the others are carried out here. */
import * as vscode from "vscode";
import type { TraceRef } from "../protocol/engine";
import { viewCommands } from "../protocol/host";
import type { Annotations } from "./annotations";
import { clearCache } from "./cache";
import { compareFiles, pickSibling } from "./compareCommands";
import { nativeDiff, nativeDiffs } from "./compareDiffs";
import { openTextDiff } from "./diffSides";
import { copyRecord, openAsText } from "./hostRequests";
import { type HostCommand, hostCommands, textLanguage } from "./ids";
import { joinQuestions } from "./joinQuestions";
import { fileName, reporting } from "./notify";
import { openInspector } from "./openInspector";
import { openClipboard, openFolder } from "./openOthers";
import type { InspectorPanel, Panels } from "./panel";
import { pickSides } from "./pickSides";
import { pickUnit } from "./pickUnit";
import { openSamples } from "./samples";
import type { Sessions } from "./sessions";
import { activeUri } from "./tabs";
import { traceUri } from "./traceDocuments";
import { sourceOf, traceAt } from "./traceRefs";

type Action = (...args: readonly unknown[]) => Promise<unknown>;

/** What the commands need of the extension. */
export interface CommandParts {
  readonly panels: Panels;
  readonly sessions: Sessions;
  readonly annotations: Annotations;
  readonly extensionUri: vscode.Uri;
  /** A folder of the extension's own. */
  readonly storage: vscode.Uri;
}

/** Every command that `package.json` contributes, by its id without the prefix. */
export function commandTable(parts: CommandParts): ReadonlyMap<string, Action> {
  const { panels } = parts;
  const actions = hostActions(parts);
  const own = hostCommands.map((id): [string, Action] => {
    const action = actions[id];
    return [id, (...args) => reporting(titles[id], () => action(...args))];
  });
  const views = viewCommands.map((id): [string, Action] => [
    id,
    async () => {
      const panel = panels.current;
      panel?.whenReady(() => panel.events.command(id));
    },
  ]);
  return new Map([...own, ...views]);
}

/** What a failed command is called in its notification. */
const titles: Readonly<Record<HostCommand, string>> = {
  openInInspector: "Open in Inspector",
  openAsText: "Open as Text",
  compareTeacherStudent: "Compare Teacher and Student",
  compareSideBySide: "Compare Traces Side by Side",
  goToUnit: "Go to Unit",
  copyRecord: "Copy Record as JSON",
  showAnalysis: "Show Analysis as JSON",
  showTraceAsText: "Show Trace as Text",
  openFolder: "Open Folder as Traces",
  openClipboard: "Open Clipboard as Traces",
  explainRule: "Explain Flag Rule",
  mapFields: "Map Fields",
  joinQuestions: "Join Questions From File",
  clearCache: "Clear Trace Cache",
  undoMark: "Undo Last Mark",
  openTextDiff: "Open Text Diff",
  openSamples: "Open Sample Traces",
};

function hostActions({ panels, sessions, annotations, extensionUri, storage }: CommandParts): Readonly<Record<HostCommand, Action>> {
  const onTrace =
    (action: (panel: InspectorPanel, ref: TraceRef) => Promise<unknown>): Action =>
    () => {
      const panel = panels.current;
      if (!panel?.state?.ref) throw new Error("No trace is open. Open a record in the inspector first.");
      return action(panel, panel.state.ref);
    };
  const onPanel =
    (action: (panel: InspectorPanel) => Promise<unknown>): Action =>
    () => {
      const panel = panels.current;
      if (!panel) throw new Error("No trace file is open. Open a .jsonl file in the inspector first.");
      return action(panel);
    };
  return {
    openInInspector: async (target) => {
      await openInspector(target instanceof vscode.Uri ? target : chosenUri(panels));
    },
    openAsText: onPanel((panel) => openAsText(panel, panel.state?.ref)),
    compareTeacherStudent: async (_, selection) => {
      const files = Array.isArray(selection) ? selection.filter((item) => item instanceof vscode.Uri) : [];
      const [first, second] = files;
      if (first && second) return compareFiles(panels, first, second);
      return onPanel(async (panel) => {
        const sides = await pickSides(panel);
        if (!sides) return;
        const { peer, ...rest } = sides;
        panel.panel.reveal();
        panel.whenReady(() => panel.events.openPair({ sides: rest, ...(peer === undefined ? {} : { peer }) }));
      })();
    },
    compareSideBySide: onPanel(async (panel) => {
      const { view, chosenPairs = [] } = panel.state ?? {};
      if (view === "compare" && chosenPairs.length > 0) return nativeDiffs(panel, chosenPairs);
      const shown = view === "compare" ? panel.state?.pair : undefined;
      const pair = shown ?? (await pickSibling(panel));
      if (pair) await nativeDiff(panel, pair.teacher, pair.student);
    }),
    goToUnit: onTrace(async (panel, ref) => {
      const unit = await pickUnit(await traceAt(panel, ref), panel.state?.unit);
      if (unit === undefined) return;
      panel.panel.reveal();
      panel.whenReady(() => panel.events.reveal(ref, unit));
    }),
    copyRecord: onTrace(copyRecord),
    showAnalysis: onTrace(async (panel, ref) => {
      await show(traceUri("analysis", sourceOf(panel, ref), await traceAt(panel, ref)), "json");
    }),
    showTraceAsText: onTrace(async (panel, ref) => {
      await show(traceUri("text", sourceOf(panel, ref), await traceAt(panel, ref)), textLanguage);
    }),
    openFolder: (target) => openFolder(target),
    openClipboard: () => openClipboard(storage),
    explainRule: async (rule) => {
      const panel = panels.current;
      const ref = panel?.state?.ref;
      const { explainRule } = await import("./late");
      await explainRule(extensionUri, rule, panel && ref && (await panel.session.traceDocument(ref).catch(() => undefined)));
    },
    mapFields: async (target) =>
      (await import("./late")).mapFields(sessions, target instanceof vscode.Uri ? target : chosenUri(panels), openInspector),
    joinQuestions: async (target) => joinQuestions(target instanceof vscode.Uri ? target : chosenUri(panels)),
    clearCache: () => clearCache(storage),
    undoMark: onPanel(async (panel) => {
      if (await annotations.undo(panel.uri.toString())) return;
      vscode.window.setStatusBarMessage(`No mark on ${fileName(panel.uri)} was set or taken back in this window`, 4_000);
    }),
    openTextDiff: () => openTextDiff(),
    openSamples: () => openSamples(extensionUri),
  };
}

/** The file that a command is about: that of the active inspector, else that of the active tab. */
function chosenUri(panels: Panels): vscode.Uri {
  const uri = panels.active?.uri ?? activeUri();
  if (!uri) throw new Error("No file is open.");
  return uri;
}

async function show(uri: vscode.Uri, language: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const typed = document.languageId === language ? document : await vscode.languages.setTextDocumentLanguage(document, language);
  await vscode.window.showTextDocument(typed, { preview: true });
}
