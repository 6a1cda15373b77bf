/** Activation: wiring only. */
import * as vscode from "vscode";
import { annotationFiles, watchSidecars } from "./editor/annotationFiles";
import { Annotations } from "./editor/annotations";
import { registerCommands } from "./editor/commands";
import { CompareCorrections } from "./editor/compareCorrections";
import { registerContextKeys } from "./editor/contextKeys";
import { optionalViewType, textScheme, viewType } from "./editor/ids";
import { keyHelp, readKeybindings } from "./editor/keyHelp";
import { removeCopies } from "./editor/localCopy";
import { openSession, workerEngines } from "./editor/openSession";
import { Panels } from "./editor/panel";
import { registerProblems } from "./editor/problems";
import { Sessions } from "./editor/sessions";
import { backgroundAnalysis, onSettingsChanged, viewSettings } from "./editor/settings";
import { registerStatus } from "./editor/status";
import { registerTextFeatures } from "./editor/textFeatures";
import { TraceDocuments } from "./editor/traceDocuments";
import { TraceEditor } from "./editor/traceEditor";
import { ViewStates } from "./editor/viewStates";

/** Called by VS Code when a trace file is opened or a command is used for the first time. */
export function activate(context: vscode.ExtensionContext): void {
  const storage = context.globalStorageUri;
  void removeCopies(storage);
  const start = workerEngines(vscode.Uri.joinPath(context.extensionUri, "dist", "worker.js").fsPath);
  const panels = new Panels();
  const isVisible = (uri: string) => panels.of(vscode.Uri.parse(uri)).some(({ panel }) => panel.visible);
  const sessions = new Sessions(
    (uri) => openSession(uri, storage, start, () => isVisible(uri)),
    (session, resting) => void session.engine.setBackground(!resting && backgroundAnalysis()).catch(() => undefined),
  );
  const annotations = new Annotations(annotationFiles(context), (uri, marks) => {
    for (const panel of panels.of(vscode.Uri.parse(uri))) panel.events.marks(marks);
  });
  const documents = new TraceDocuments(sessions);
  const keys = keyHelp(readKeybindings(context.extension.packageJSON), process.platform === "darwin");
  const editor = new TraceEditor(context.extensionUri, sessions, {
    panels,
    states: new ViewStates(context.workspaceState),
    keys,
    annotations,
    corrections: new CompareCorrections(context.workspaceState),
  });
  const editors = [viewType, optionalViewType].map((id) =>
    vscode.window.registerCustomEditorProvider(id, editor, { supportsMultipleEditorsPerDocument: true }),
  );
  context.subscriptions.push(
    ...editors,
    vscode.workspace.registerTextDocumentContentProvider(textScheme, documents),
    registerTextFeatures(documents),
    registerCommands({ panels, sessions, annotations, extensionUri: context.extensionUri, storage }),
    watchSidecars((uri) => void annotations.reload(uri).catch(() => undefined)),
    registerContextKeys(panels),
    registerStatus(panels),
    registerProblems(panels),
    onSettingsChanged(() => {
      documents.refresh();
      const settings = viewSettings();
      for (const panel of panels.values()) {
        panel.events.settings(settings);
        void panel.session.engine.setBackground(backgroundAnalysis()).catch(() => undefined);
      }
    }),
    { dispose: () => sessions.dispose() },
  );
}
