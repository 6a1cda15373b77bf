/** The sample traces that come with the extension. */
import * as vscode from "vscode";
import { viewType } from "./ids";

/** Opens a sample; asks which one where there are several. */
export async function openSamples(extensionUri: vscode.Uri): Promise<void> {
  const folder = vscode.Uri.joinPath(extensionUri, "media", "samples");
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const names = entries.map(([name]) => name).filter((name) => /\.(jsonl|ndjson)$/.test(name));
  const [first] = names;
  if (first === undefined) throw new Error(`${folder.fsPath} holds no samples. Install the extension again.`);
  const name = names.length === 1 ? first : await vscode.window.showQuickPick(names, { title: "Open Sample Traces" });
  if (name !== undefined) await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.joinPath(folder, name), viewType);
}
