/** Activation: says what there is to begin with, and loads the rest when it is first asked for. */
import * as vscode from "vscode";
import { hostCommands, optionalViewType, prefix, textScheme, viewType } from "./editor/ids";
import type { Inspector } from "./inspector";
import { viewCommands } from "./protocol/host";

/**
 * Called by VS Code when a trace file is opened or a command is used for the first time. Each registration is a message, so what only an open file has, the commands
 * of its views and the texts of its traces, is registered with the inspector.
 */
export function activate(context: vscode.ExtensionContext): void {
  let loading: Promise<Inspector> | undefined;
  const register = (id: string): vscode.Disposable =>
    vscode.commands.registerCommand(prefix + id, async (...args: unknown[]) => (await inspector()).run(id, args));
  const load = async (): Promise<Inspector> => {
    const { startInspector } = await import("./inspector");
    const started = startInspector(context);
    context.subscriptions.push(
      vscode.workspace.registerTextDocumentContentProvider(textScheme, started.documents),
      ...viewCommands.map(register),
    );
    return started;
  };
  const inspector = (): Promise<Inspector> => {
    loading ??= load();
    return loading;
  };
  const editor: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: async (...args) => (await inspector()).editor.openCustomDocument(...args),
    resolveCustomEditor: async (...args) => (await inspector()).editor.resolveCustomEditor(...args),
  };
  context.subscriptions.push(
    ...[viewType, optionalViewType].map((id) =>
      vscode.window.registerCustomEditorProvider(id, editor, { supportsMultipleEditorsPerDocument: true }),
    ),
    ...hostCommands.map(register),
  );
}
