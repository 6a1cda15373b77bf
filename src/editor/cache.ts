/** What is known of files between sessions: kept in the extension's own storage by the engines. */
import * as vscode from "vscode";

/** The folder, inside the extension's storage. */
export const cacheFolder = (storage: vscode.Uri): vscode.Uri => vscode.Uri.joinPath(storage, "cache");

/** Deletes all of it. Files that are open are not read again; what is learnt of them from now on is kept anew. */
export async function clearCache(storage: vscode.Uri): Promise<void> {
  await vscode.workspace.fs.delete(cacheFolder(storage), { recursive: true }).then(undefined, () => undefined);
  vscode.window.setStatusBarMessage("Trace cache cleared", 4_000);
}
