/** Which tabs show a file, and how. */
import * as vscode from "vscode";
import { isInspector } from "./ids";
import { fileName } from "./notify";

const allTabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);

const shows = (tab: vscode.Tab, uri: vscode.Uri): boolean =>
  tab.input instanceof vscode.TabInputCustom && isInspector(tab.input.viewType) && tab.input.uri.toString() === uri.toString();

/** The inspector's tabs of a file. */
export const inspectorTabs = (uri: vscode.Uri): readonly vscode.Tab[] => allTabs().filter((tab) => shows(tab, uri));

/**
 * Is a new panel one side of a diff? VS Code gives a diff of custom editors no input that an extension can read, only a label; so the panel is one when such a tab
 * names the file and the file's own tabs have their panels already.
 */
export function isInDiff(uri: vscode.Uri, openPanels: number): boolean {
  if (inspectorTabs(uri).length > openPanels) return false;
  return allTabs().some((tab) => tab.input === undefined && tab.label.includes(fileName(uri)));
}

/** URI of the file in the active tab, whatever shows it. */
export function activeUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) return input.uri;
  return vscode.window.activeTextEditor?.document.uri;
}
