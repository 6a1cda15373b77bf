/** Gives a file without reasoning traces back to the text editor. */
import * as vscode from "vscode";
import type { FileInfo } from "../protocol/engine";
import { inspectorTabs } from "./tabs";

/** The text editor cannot take more, in bytes. */
export const textEditorLimit = 50 * 2 ** 20;

const textContainers: ReadonlySet<FileInfo["container"]> = new Set([
  "jsonl",
  "json-array",
  "json-object",
  "json-sequence",
  "json-single",
  "empty",
]);

/** Can the text editor show the file? Not a packed one, an archive or a folder. */
export const isTextFile = ({ container, packing }: Pick<FileInfo, "container" | "packing">): boolean =>
  packing === undefined && textContainers.has(container);

/** Shows the file in the text editor in place of the inspector's tab. */
export async function handBack(uri: vscode.Uri, panel: vscode.WebviewPanel): Promise<void> {
  if (panel.active && (await replaceActive())) return;
  const tabs = inspectorTabs(uri);
  const preview = tabs.some((tab) => tab.isPreview);
  await vscode.commands.executeCommand("vscode.openWith", uri, "default", {
    viewColumn: panel.viewColumn ?? vscode.ViewColumn.Active,
    preserveFocus: !panel.active,
    preview,
  });
  await vscode.window.tabGroups.close(inspectorTabs(uri), true);
}

/** VS Code's own command replaces the active tab in its place, without a moment of two tabs; older versions lack it. */
async function replaceActive(): Promise<boolean> {
  const command = "workbench.action.reopenTextEditor";
  if (!(await vscode.commands.getCommands()).includes(command)) return false;
  await vscode.commands.executeCommand(command);
  return true;
}
