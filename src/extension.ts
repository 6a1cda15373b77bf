/** Activation: says what there is to begin with, and loads the rest when it is first asked for. */
// By name: a whole namespace would be copied, which is a fifth of the time it takes to start.
import { type CustomReadonlyEditorProvider, commands, type ExtensionContext, window } from "vscode";
import { optionalViewType, prefix, startCommands, viewType } from "./editor/ids";
import type { Inspector } from "./inspector";

/**
 * Called by VS Code when a trace file is opened or a command is used for the first time. Each registration is a message, so what only an open file has, most
 * commands and the texts of its traces, is registered with the inspector.
 */
export function activate(context: ExtensionContext): void {
  let loading: Promise<Inspector> | undefined;
  const load = async (): Promise<Inspector> => (await import("./inspector")).startInspector(context);
  const inspector = (): Promise<Inspector> => {
    loading ??= load();
    return loading;
  };
  const editor: CustomReadonlyEditorProvider = {
    openCustomDocument: async (...args) => (await inspector()).editor.openCustomDocument(...args),
    resolveCustomEditor: async (...args) => (await inspector()).editor.resolveCustomEditor(...args),
  };
  for (const id of [viewType, optionalViewType])
    context.subscriptions.push(window.registerCustomEditorProvider(id, editor, { supportsMultipleEditorsPerDocument: true }));
  for (const id of startCommands)
    context.subscriptions.push(commands.registerCommand(prefix + id, async (...args: unknown[]) => (await inspector()).run(id, args)));
}
