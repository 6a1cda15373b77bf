/** Activation: says what there is, and loads the rest when it is first asked for. */
import * as vscode from "vscode";
import { hostCommands, optionalViewType, prefix, textScheme, viewType } from "./editor/ids";
import type { Inspector } from "./inspector";
import { viewCommands } from "./protocol/host";

/** Called by VS Code when a trace file is opened or a command is used for the first time. */
export function activate(context: vscode.ExtensionContext): void {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let loading: Promise<Inspector> | undefined;
  const load = async (): Promise<Inspector> => {
    const { startInspector } = await import("./inspector");
    const inspector = startInspector(context);
    inspector.documents.onDidChange((uri) => changed.fire(uri));
    return inspector;
  };
  const inspector = (): Promise<Inspector> => {
    loading ??= load();
    return loading;
  };
  const editor: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: async (...args) => (await inspector()).editor.openCustomDocument(...args),
    resolveCustomEditor: async (...args) => (await inspector()).editor.resolveCustomEditor(...args),
  };
  const documents: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri) => (await inspector()).documents.provideTextDocumentContent(uri),
  };
  context.subscriptions.push(
    changed,
    ...[viewType, optionalViewType].map((id) =>
      vscode.window.registerCustomEditorProvider(id, editor, { supportsMultipleEditorsPerDocument: true }),
    ),
    vscode.workspace.registerTextDocumentContentProvider(textScheme, documents),
    ...[...hostCommands, ...viewCommands].map((id) =>
      vscode.commands.registerCommand(prefix + id, async (...args: unknown[]) => (await inspector()).run(id, args)),
    ),
  );
}
