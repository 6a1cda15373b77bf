/**
 * Sides of a diff between two files that VS Code gives to the inspector. Versions before 1.120 use a custom editor for both sides when both are files;
 * they show a few words there and one button that opens the text diff. Versions of a file under source control always get the text diff (`package.json`).
 */
import * as vscode from "vscode";
import { fileName } from "./notify";

interface Side {
  readonly uri: vscode.Uri;
  readonly panel: vscode.WebviewPanel;
}

const sides = new Set<Side>();

/** Remembers a side for as long as its panel lives. */
export function addDiffSide(uri: vscode.Uri, panel: vscode.WebviewPanel): void {
  const side = { uri, panel };
  sides.add(side);
  panel.onDidDispose(() => sides.delete(side));
}

/** Opens the text diff of the two sides on screen, in place of the tab that shows them. */
export async function openTextDiff(): Promise<void> {
  const group = vscode.window.tabGroups.activeTabGroup;
  const label = group.activeTab?.label ?? "";
  const [left, right] = [...sides].filter(({ panel }) => panel.visible).sort((a, b) => at(label, a) - at(label, b));
  if (!left || !right) throw new Error("Both sides of the diff must be on screen.");
  if (group.activeTab) await vscode.window.tabGroups.close(group.activeTab, true);
  // `override` is what VS Code itself passes for "the text editor, whatever the associations say"; it is not in the typed options.
  await vscode.commands.executeCommand("vscode.diff", left.uri, right.uri, label, { override: true, preview: false });
}

const at = (label: string, side: Side): number => label.indexOf(fileName(side.uri));
