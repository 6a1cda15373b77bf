/** A path that the engine can read. Files of a virtual file system are copied, because it can be read only whole. */
import { createHash } from "node:crypto";
import * as vscode from "vscode";
import { fileName } from "./notify";

/** Largest file of a virtual file system that is copied, in bytes. */
export const maximumCopy = 50 * 2 ** 20;

/** Gives the path of a file, copying it into `storage` first where it is not on this machine. Rejects with a message for the user. */
export async function localPath(uri: vscode.Uri, storage: vscode.Uri): Promise<string> {
  if (uri.scheme === "file" || uri.scheme === "vscode-userdata") return uri.fsPath;
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > maximumCopy)
    throw new Error(
      `${fileName(uri)} has ${Math.round(size / 2 ** 20)} MB and lies in a virtual file system, which can be read only whole. Copy it to a disk first.`,
    );
  const folder = createHash("sha256").update(uri.toString()).digest("hex").slice(0, 16);
  const copy = vscode.Uri.joinPath(storage, "copies", folder, fileName(uri));
  await vscode.workspace.fs.writeFile(copy, await vscode.workspace.fs.readFile(uri));
  return copy.fsPath;
}

/** Removes copies of earlier windows. */
export async function removeCopies(storage: vscode.Uri): Promise<void> {
  const folder = vscode.Uri.joinPath(storage, "copies");
  await vscode.workspace.fs.delete(folder, { recursive: true }).then(undefined, () => undefined);
}
