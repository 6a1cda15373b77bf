/** Traces that do not come as one file: a folder of shards, and the clipboard. */
import * as vscode from "vscode";
import { openInspector } from "./openInspector";

/** Clipboards kept, so that tabs of earlier ones can be opened again. */
const clipboardsKept = 20;

/** Opens a folder's files of records as one list; asks for the folder where none is given. */
export async function openFolder(target: unknown): Promise<void> {
  const uri = target instanceof vscode.Uri ? target : await pickFolder();
  if (uri) await openInspector(uri);
}

async function pickFolder(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: "Open Folder as Traces",
    openLabel: "Open as Traces",
    canSelectFolders: true,
    canSelectFiles: false,
    canSelectMany: false,
  });
  return picked?.[0];
}

/** Writes the clipboard's text to a file in the extension's own storage and opens that. */
export async function openClipboard(storage: vscode.Uri): Promise<void> {
  const text = await vscode.env.clipboard.readText();
  if (text.trim() === "") throw new Error("The clipboard holds no text. Copy a record, or lines of JSON, first.");
  const folder = vscode.Uri.joinPath(storage, "clipboard");
  await vscode.workspace.fs.createDirectory(folder);
  await removeOldest(folder);
  const file = vscode.Uri.joinPath(folder, clipboardName(new Date()));
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  await openInspector(file);
}

/** `clipboard 2026-01-31 12.30.05.jsonl`: names in order of time, without characters that a file name cannot have. */
export const clipboardName = (time: Date): string =>
  `clipboard ${time.toISOString().slice(0, 19).replace("T", " ").replaceAll(":", ".")}.jsonl`;

async function removeOldest(folder: vscode.Uri): Promise<void> {
  const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).sort();
  for (const name of names.slice(0, Math.max(0, names.length - clipboardsKept + 1)))
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, name));
}
