/**
 * Entry of the second bundle: all of the editor, wired. It is loaded when a trace file is opened or a command is used, so that starting the extension costs
 * VS Code next to nothing.
 */
import * as vscode from "vscode";
import { annotationFiles, watchSidecars } from "./editor/annotationFiles";
import { Annotations } from "./editor/annotations";
import { commandTable } from "./editor/commands";
import { CompareCorrections } from "./editor/compareCorrections";
import { registerContextKeys } from "./editor/contextKeys";
import { prefix, type StartCommand, startCommands, textScheme } from "./editor/ids";
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
import { drawMolecule } from "./platform/moleculeWorker";

/** What the first bundle passes VS Code's calls on to. */
export interface Inspector {
  readonly editor: vscode.CustomReadonlyEditorProvider<vscode.CustomDocument>;
  /** Carries out a command that was registered before, by its id without the prefix. */
  run(id: StartCommand, args: readonly unknown[]): Promise<unknown>;
}

/** Wires everything and registers what the first bundle has not; what must be ended goes to the context's subscriptions. */
export function startInspector(context: vscode.ExtensionContext): Inspector {
  const storage = context.globalStorageUri;
  void removeCopies(storage);
  const bundle = (name: string): string => vscode.Uri.joinPath(context.extensionUri, "dist", name).fsPath;
  const start = workerEngines(bundle("worker.js"));
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
    drawMolecule: (smiles) => drawMolecule(bundle("molecule.js"), smiles),
  });
  const commands = commandTable({ panels, sessions, annotations, extensionUri: context.extensionUri, storage });
  const registered: ReadonlySet<string> = new Set(startCommands);
  for (const [id, action] of commands)
    if (!registered.has(id)) context.subscriptions.push(vscode.commands.registerCommand(prefix + id, action));
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(textScheme, documents),
    registerTextFeatures(documents),
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
  return { editor, run: async (id, args) => commands.get(id)?.(...args) };
}
